"""Who got an announcement and who did not, who has acknowledged it, and all of them in a file."""

from collections.abc import Awaitable, Callable
from typing import ClassVar

from dialogs.announcements.cards import recipients as cards
from dialogs.announcements.status import StatusCards, another_waits, not_found
from dialogs.announcements.views import AnnouncementViews
from dialogs.announcements.which import (
    OTHERS_HEAR,
    none_shown,
    one_of_several,
    unsent_shown,
    which_sent,
    which_to_change,
)
from dialogs.conversation import inputs, paging
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text, texts
from dialogs.understanding.effect import Effect
from dialogs.understanding.slots import recipients_in
from knowledge.announcements.proposals import Proposal
from knowledge.announcements.refusals import (
    AlreadyReminded,
    AnotherChangeWaits,
    NotACoordinator,
    NotFound,
    NotSent,
    Withdrawn,
)
from knowledge.announcements.service import AnnouncementService
from knowledge.answers.search.text import fold as plain
from knowledge.directory.models import Person
from knowledge.directory.places import fold
from knowledge.follow_up.models import ACKNOWLEDGED, ON_PAGE, Group
from knowledge.follow_up.service import FollowUpService

FileLink = Callable[[Person, int], Awaitable[tuple[str, int]]]
"""Where this person can fetch the recipients of an announcement, and for how many minutes."""

SHOWN = (*(group.value for group in Group), ACKNOWLEDGED)


class ListRecipients(Dialog):
    """The names behind the figures."""

    name: ClassVar[str] = cards.LIST

    def __init__(
        self,
        announcements: AnnouncementService,
        follow_up: FollowUpService,
        status_cards: StatusCards,
        file_link: FileLink,
        views: AnnouncementViews,
    ) -> None:
        self.announcements = announcements
        self.follow_up = follow_up
        self.status_cards = status_cards
        self.file_link = file_link
        self.views = views

    @tapped("announce_list", effect=Effect.NONE, personal=True)
    async def tapped_list(self, heard: Heard) -> Answer | None:
        """A tapped figure, or a tapped page."""
        id_, shown = heard.number("id"), heard.word("group")
        if not id_ or shown not in SHOWN:
            return None
        return await self._list(heard.person, id_, shown, heard.number("page") or 1)

    @hears("list_recipients", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def list_by_name(self, heard: Heard) -> Answer | None:
        """The same in words: "visa misslyckade"."""
        which = _named(heard.text) or _meant(heard.text)
        if unsent := unsent_shown(heard):  # nobody has got it, and no other is meant
            return await self.views.look(heard.person, unsent)
        id_ = which_sent(heard)
        if not id_:
            return Answer(Reply(text("announcements.follow.none_shown")))
        if which is None:  # the figures are there, each with its list
            return await self.status_cards.answer(heard.person, id_)
        return await self._list(heard.person, id_, which, 1)

    async def page(self, heard: Heard, page: paging.Page) -> Answer | None:
        heard.must_be_private()
        id_, shown = page.asked.get("id", ""), page.asked.get("group", "")
        if not (id_.isascii() and id_.isdigit() and len(id_) < 10) or shown not in SHOWN:
            return None
        return await self._list(heard.person, int(id_), shown, page.first // ON_PAGE + 1)

    @hears("remind", effect=Effect.OTHERS, personal=True, others_hear=OTHERS_HEAR)
    @tapped("announce_remind", effect=Effect.OTHERS, personal=True)
    async def remind(self, heard: Heard) -> Answer | None:
        """Remind once those who were asked to acknowledge and have not."""
        if which := one_of_several(heard):
            return which
        id_ = which_to_change(heard)
        if not id_:
            return none_shown(heard)
        try:
            done = await self.follow_up.remind(heard.person, id_)
        except AlreadyReminded:
            return Answer(Reply(text("announcements.follow.already_reminded")))
        except AnotherChangeWaits as refusal:
            return another_waits(refusal)
        except Withdrawn:
            done = 0
        except (NotFound, NotACoordinator, NotSent):
            return not_found()
        if isinstance(done, Proposal):
            return await self.status_cards.answer(heard.person, id_)
        if not done:
            return Answer(Reply(text("announcements.follow.nobody_to_remind")))
        return await self._list(heard.person, id_, ACKNOWLEDGED, 1)

    @hears("announcement_file", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    @tapped("announce_file", effect=Effect.NONE, personal=True)
    async def file(self, heard: Heard) -> Answer | None:
        """The way to a file with every recipient; the link is made when it is asked for."""
        id_ = which_sent(heard)
        if not id_:
            return none_shown(heard)
        try:
            announcement = await self.announcements.get(heard.person, id_)
        except NotFound:
            return not_found()
        url, minutes = await self.file_link(heard.person, id_)
        return Answer(cards.file(announcement, url, minutes), about={"announcement": id_})

    async def _list(self, person: Person, id_: int, shown: str, page: int) -> Answer:
        try:
            announcement = await self.announcements.get(person, id_)
            if shown == ACKNOWLEDGED:
                found = await self.follow_up.acknowledgements(person, id_, max(page, 1))
                some, reply = found.missing, cards.acknowledgements(announcement, found)
            else:
                group = Group(shown)
                some = await self.follow_up.recipients(person, id_, group, max(page, 1))
                reply = cards.listing(announcement, group, some)
        except NotFound:
            return not_found()
        here = cards.in_list(announcement, shown, some)
        return paging.answer(here, reply, announcement=id_)


def _named(typed: str) -> str | None:
    """Which list the words ask for; what follows the command, such as the figure, is no matter."""
    phrases = {text(f"announcements.follow.show_{shown}"): shown for shown in SHOWN}
    phrases |= dict.fromkeys(texts("announcements.follow.words_acknowledged"), ACKNOWLEDGED)
    said = fold(typed, strip=False)
    for phrase, shown in phrases.items():
        if said.startswith(fold(phrase, strip=False)):
            return shown
    nearly = inputs.title_near(typed, list(phrases))
    return None if nearly is None else list(phrases.values())[nearly]


def _meant(typed: str) -> str | None:
    """The same in other words: "visa dem som har läst". Why somebody has not got it differs."""
    kind = recipients_in(plain(typed.lower()))
    if kind.endswith("acknowledged"):
        return ACKNOWLEDGED
    return Group.SENT.value if kind == "got" else None
