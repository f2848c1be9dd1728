"""Thanking those who came, and sending them what was shown: an announcement with its first words
already written."""

from typing import ClassVar

from dialogs.conversation import paging
from dialogs.conversation.dialog import Answer, Dialog, Heard, Instead, hears
from dialogs.conversation.paging import Page
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings.named import named_among
from dialogs.trainings.participants import cards
from dialogs.trainings.participants.said import says_write
from dialogs.trainings.participants.views import LIST, OTHERS_HEAR, ParticipantViews
from dialogs.trainings.planning.views import SHOWN as HELD
from dialogs.understanding.effect import Effect
from knowledge.directory.models import Person
from knowledge.trainings.participants.models import Group

THANK = "thank"


class Thank(Dialog):
    """Finds out which training it is about; the form is the announcements'."""

    name: ClassVar[str] = THANK

    def __init__(self, views: ParticipantViews) -> None:
        self.views = views

    @hears("thank", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def start(self, heard: Heard) -> Answer | Instead | None:
        """Of the one that is named, or was shown last; else it is asked which."""
        if writes_to := says_write(heard.text):
            return await self._to_all(heard, Group(writes_to))
        if heard.rest:
            found = await named_among(heard, self.views)
            return self._write(heard, found) if found else None
        shown = heard.about.get(HELD)
        if isinstance(shown, int) and shown:
            return self._write(heard, shown)
        held = await self.views.held(heard.person)
        begun = [one.id for one in held.values() if one.starts_at <= self.views.trainings.now()]
        if len(begun) == 1:
            return self._write(heard, begun[0])
        return await self._choices(heard.person, begun)

    async def _to_all(self, heard: Heard, group: Group) -> Answer | Instead:
        """Not to thank, but to write to those of the one that was shown last, or is the only one;
        else it is asked which."""
        held, shown = await self.views.held(heard.person), heard.about.get(HELD)
        ids = [shown] if isinstance(shown, int) and shown in held else [*held]
        if len(ids) != 1:
            return await self.views.choices(heard.person, Page(LIST, 0))
        return Instead(heard.text, "announce", cards.audience_of(ids[0], group), sure=True)

    async def which(self, heard: Heard) -> Answer | Instead | None:
        """Hears which of those that have begun."""
        found = await named_among(heard, self.views, of=THANK)
        return self._write(heard, found) if found else None

    async def page(self, heard: Heard, page: Page) -> Answer | None:
        heard.must_be_private()
        held = await self.views.held(heard.person) if heard.is_coordinator else {}
        begun = [one.id for one in held.values() if one.starts_at <= self.views.trainings.now()]
        return await self._choices(heard.person, begun, page.first)

    async def _choices(self, person: Person, begun: list[int], first: int = 0) -> Answer:
        if not begun:
            said = text("trainings_participants.thank_none")
            return Answer(Reply(said), about=paging.NOTHING, by=THANK)
        held = await self.views.held(person)
        ids = tuple(reversed(begun))  # the latest first
        page = Page(THANK, len(ids), first if first < len(ids) else 0, ids=ids)
        page, reply = paging.fitted(page, lambda some: cards.which_to_thank(some, held))
        page = page.shown([held[id_].title for id_ in page.here])
        return paging.answer(page, reply, then="which")

    def _write(self, heard: Heard, id_: int) -> Instead:
        return Instead(heard.text, "announce", cards.those_who_came(id_), sure=True)
