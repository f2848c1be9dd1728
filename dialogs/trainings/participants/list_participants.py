"""Who takes part? Asked by who holds the training, in the own chat only."""

from dataclasses import replace
from datetime import date
from typing import ClassVar

from dialogs.conversation import inputs, paging, swedish
from dialogs.conversation.dialog import Answer, Dialog, Heard, Instead, hears, tapped
from dialogs.conversation.paging import Page
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text, texts
from dialogs.trainings.lists import FIND, MINE, SHOWN, SIGN_UP
from dialogs.trainings.named import named_among
from dialogs.trainings.participants.cards import audience_of
from dialogs.trainings.participants.changes import ADD, REMOVE, ParticipantChanges
from dialogs.trainings.participants.said import changes_of, without_why
from dialogs.trainings.participants.views import LIST, OTHERS_HEAR, ParticipantViews
from dialogs.trainings.planning.views import HOLD
from dialogs.trainings.planning.views import SHOWN as HELD
from dialogs.trainings.which import picked
from dialogs.understanding.effect import Effect
from knowledge.directory.places import fold
from knowledge.trainings.models import Wanted
from knowledge.trainings.participants.models import Group
from knowledge.trainings.service import MOST_OPEN

OF_TRAININGS = (FIND, SIGN_UP, MINE, LIST, HOLD)
"""The lists whose numbers may be said."""


class ListParticipants(Dialog):
    """The counts, the list, the line and the file."""

    name: ClassVar[str] = LIST

    def __init__(self, views: ParticipantViews, changes: ParticipantChanges) -> None:
        self.views = views
        self.changes = changes

    @hears("participants", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def show(self, heard: Heard) -> Answer | None:
        """Of the training that is named, or was shown last; else it is asked which."""
        if not heard.is_coordinator:
            return None if heard.rest else Answer(Reply(text(OTHERS_HEAR)))
        group = _group_in(heard.text)
        if changed := await self._changed(heard):
            return changed
        if heard.rest:
            return await self._named(heard, heard.rest, group)
        if id_ := _shown_last(heard):
            return await self.views.show(heard.person, id_, group)
        held = await self.views.held(heard.person)
        if len(held) == 1:
            return await self.views.show(heard.person, next(iter(held)), group)
        return await self.views.choices(heard.person, Page(LIST, 0, asked={"group": group.value}))

    @tapped("participants", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def tapped_show(self, heard: Heard) -> Answer | None:
        id_ = heard.number("training")
        if not id_:
            return await self.show(heard)
        return await self.views.show(heard.person, id_, _group(heard.word("group")))

    @tapped("participants_file", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def tapped_file(self, heard: Heard) -> Answer | None:
        id_ = heard.number("training")
        return await self.views.file(heard.person, id_) if id_ else None

    async def page(self, heard: Heard, page: Page) -> Answer | None:
        heard.must_be_private()
        if not heard.is_coordinator:
            return Answer(Reply(text(OTHERS_HEAR)))
        id_ = _training(page)
        if not id_:
            return await self.views.choices(heard.person, page)
        group = _group(page.asked.get("group", ""))
        return await self.views.show(heard.person, id_, group, page.first)

    def claims(self, heard: Heard) -> bool:
        """ "Excel" is the list's, while it is on the screen."""
        return paging.is_said(heard.text, "trainings_participants.says_file")

    async def which(self, heard: Heard) -> Answer | None:
        """Hears which of those that are held."""
        page = paging.listed(heard.about)
        if page is None or page.of != LIST or inputs.is_reply(heard.text):
            return None
        found = await self._picked(heard, heard.text, page)
        group = _group(page.asked.get("group", ""))
        return await self.views.show(heard.person, found, group) if found else None

    async def of_list(self, heard: Heard) -> Answer | Instead | None:
        """Hears what the buttons say, and "lägg till Anna Berg"."""
        page = paging.listed(heard.about)
        id_ = _training(page) if page and page.of == LIST else 0
        if not id_:
            return None
        if self.claims(heard):
            return await self.views.file(heard.person, id_)
        for group in Group:
            if paging.is_said(heard.text, f"trainings_participants.says_write_{group.value}"):
                return Instead(heard.text, "announce", audience_of(id_, group), sure=True)
        if answer := await self._changed(heard):
            return answer
        for act in (ADD, REMOVE):
            name = _after(heard.text, texts(f"trainings_participants.says_{act}"))
            if name is not None:
                return await self.changes.begin(heard.person, id_, act, without_why(name))
        return None

    async def _changed(self, heard: Heard) -> Answer | None:
        """The question about somebody in a training that is named beside, and that is held."""
        for one in changes_of(heard.text):
            found = await named_among(replace(heard, rest=one.training), self.views, titled=True)
            if found:
                return await self.changes.begin(heard.person, found, one.act, one.name)
        return None

    async def _named(self, heard: Heard, rest: str, group: Group) -> Answer | None:
        """The one that is named on the last list, among those held, or by a whole title."""
        page = paging.listed(heard.about)
        found = None
        if page and page.of in OF_TRAININGS and page.ids:
            found = await self._picked(heard, rest, page)
        if not found:
            held = await self.views.held(heard.person)
            every = Page(LIST, len(held), 0, max(len(held), 1), tuple(held), len(held))
            found = await self._picked(heard, rest, every)
        found = found or await self._of_others(rest)
        return await self.views.show(heard.person, found, group) if found else None

    async def _picked(self, heard: Heard, typed: str, page: Page) -> int | None:
        known = await self.views.trainings.find_all(page.ids)
        return picked(typed, page, known, self._today(), loosely=True).only

    async def _of_others(self, rest: str) -> int | None:
        """One that others hold is known by its title, to be told so."""
        found = await self.views.trainings.list_open(Wanted(), limit=MOST_OPEN)
        place = inputs.title_in(rest, [one.title for one in found])
        return None if place is None else found[place].id

    def _today(self) -> date:
        return self.views.trainings.now().astimezone(swedish.SWEDEN).date()


def _training(page: Page) -> int:
    """The training whose list it is; 0 for the choice between several."""
    said = page.asked.get("training", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


def _shown_last(heard: Heard) -> int:
    shown, held = heard.about.get(SHOWN) or [], heard.about.get(HELD)
    if len(shown) == 1:
        return int(shown[0])
    return held if isinstance(held, int) else 0


def _group(said: str) -> Group:
    return Group.WAITING if said == Group.WAITING.value else Group.SEATED


def _group_in(typed: str) -> Group:
    said = {*fold(typed, strip=False).split()}
    line = {fold(word, strip=False) for word in texts("trainings.words_for_line")}
    return Group.WAITING if said & line else Group.SEATED


def _after(typed: str, beginnings: tuple[str, ...]) -> str | None:
    """The name after one of these; "" for nobody in particular, None without a beginning."""
    words = typed.strip().split()
    for says in sorted(beginnings, key=len, reverse=True):
        count = len(says.split())
        if fold(" ".join(words[:count]), strip=False) == fold(says, strip=False):
            name = " ".join(words[count:]).strip(" .!,")
            nobody = {fold(one, strip=False) for one in texts("trainings_participants.says_nobody")}
            return "" if fold(name, strip=False) in nobody else name
    return None
