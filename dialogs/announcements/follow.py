"""After sending: how it goes, pausing, sending again to those who were not reached.

Stopping is `StopAnnouncement`'s, correcting and withdrawing are `ChangeAnnouncement`'s, lists of
recipients `ListRecipients`'.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import ClassVar

from dialogs.announcements.cards import status as cards
from dialogs.announcements.status import StatusCards, another_waits, not_found
from dialogs.announcements.views import AnnouncementViews
from dialogs.announcements.which import (
    FOLLOW,
    OTHERS_HEAR,
    last_shown,
    none_shown,
    one_of_several,
    unsent_shown,
    which_sent,
    which_to_change,
    which_unsent,
)
from dialogs.conversation import inputs, paging
from dialogs.conversation.dialog import Answer, Dialog, Heard, Instead, hears, tapped
from dialogs.conversation.memory import LISTED
from dialogs.conversation.paging import Page
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text, texts
from dialogs.conversation.wishes import asking
from dialogs.understanding.effect import Effect
from knowledge.announcements.colleagues import Colleagues
from knowledge.announcements.models import Announcement, AnnouncementStatus
from knowledge.announcements.proposals import Proposal
from knowledge.announcements.refusals import (
    AnotherChangeWaits,
    NotACoordinator,
    NotFound,
    NotSent,
)
from knowledge.announcements.service import AnnouncementService
from knowledge.directory.models import Person
from knowledge.directory.places import fold
from knowledge.follow_up.service import FollowUpService

MOST_LISTED = 200
"""Older announcements than these are not looked through."""


class FollowAnnouncement(Dialog):
    """What a coordinator does with announcements that have been sent."""

    name: ClassVar[str] = FOLLOW

    def __init__(
        self,
        announcements: AnnouncementService,
        follow_up: FollowUpService,
        colleagues: Colleagues,
        status_cards: StatusCards,
        views: AnnouncementViews,
    ) -> None:
        self.announcements = announcements
        self.follow_up = follow_up
        self.colleagues = colleagues
        self.status_cards = status_cards
        self.views = views

    @hears("my_announcements", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    @tapped("my_announcements", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def mine(self, heard: Heard) -> Answer:
        goes_on = await paging.onward(heard, self, "announcements.follow.says_more")
        return goes_on or await self._list(heard, Page(self.name, 0))

    async def page(self, heard: Heard, page: Page) -> Answer | None:
        heard.must_be_private()
        return await self._list(heard, page)

    async def _list(self, heard: Heard, page: Page) -> Answer:
        found = await self.announcements.list_mine(heard.person, limit=MOST_LISTED)
        if not found:
            return Answer(Reply(text("announcements.follow.none_mine")))
        page = replace(page, total=len(found), ids=tuple(one.id for one in found))
        page, reply = paging.fitted(
            page if page.first < page.total else page.turned(0),
            lambda some: cards.mine(some, found[some.first : some.last]),
        )
        sent = [one.id for one in found if one.sent_at]
        about: dict[str, int | str] = {"announcement": sent[0] if sent else 0}
        if len(sent) > 1:
            about["latest"] = LISTED
        page = page.shown([one.heading for one in found[page.first : page.last]])
        return paging.answer(page, reply, then="pick", **about)

    async def pick(self, heard: Heard) -> Answer | None:
        """Hears which of them: "1", "visa 1" or "fortsätt med 1"."""
        number = inputs.number(heard.text.rpartition(" ")[2])
        page = paging.listed(heard.about)
        if page is None or page.of != self.name:  # as it was kept before there were pages
            page = Page.beginning(self.name, heard.values.get("ids", []))
        id_ = page.id_of(number) if number else None
        return await self.views.open(heard.person, id_) if id_ else None

    @hears("announcement_status", effect=Effect.NONE, personal=True)
    @tapped("announce_status", effect=Effect.NONE, personal=True)
    async def status(self, heard: Heard) -> Answer | None:
        """How it goes; of one that was shown before it left, what has become of it."""
        unsent = unsent_shown(heard)
        if not unsent and (id_ := which_sent(heard)):
            return await self.status_cards.answer(heard.person, id_)
        unsent = unsent or which_unsent(heard)
        return await self.views.look(heard.person, unsent) if unsent else none_shown(heard)

    @hears("pause_announcement", effect=Effect.OTHERS, personal=True, others_hear=OTHERS_HEAR)
    @tapped("announce_pause", effect=Effect.OTHERS, personal=True)
    async def pause(self, heard: Heard) -> Answer | Instead | None:
        if unsent_shown(heard):  # what has not left is not paused but called off
            return Instead(heard.text, "stop_announcement")
        return await self._steer(heard, self.follow_up.pause)

    async def paused(self, heard: Heard) -> Answer | None:
        """Hears "fortsätt" right after the pause; at other times it means something else."""
        words = {fold(word, strip=False) for word in texts("announcements.follow.words_resume")}
        if fold(heard.text, strip=False) not in words:
            return None
        id_ = heard.values.get("id")
        return await self._steer(heard, self.follow_up.resume, id_)

    @hears("resume_announcement", effect=Effect.OTHERS, personal=True, others_hear=OTHERS_HEAR)
    @tapped("announce_resume", effect=Effect.OTHERS, personal=True)
    async def resume(self, heard: Heard) -> Answer | None:
        return await self._steer(heard, self.follow_up.resume)

    @hears("resend_failed", effect=Effect.OTHERS, personal=True, others_hear=OTHERS_HEAR)
    @tapped("announce_resend_failed", effect=Effect.OTHERS, personal=True)
    async def resend_failed(self, heard: Heard) -> Answer | None:
        return await self._steer(heard, self.follow_up.resend_failed)

    @hears("resend_announcement", effect=Effect.OTHERS, personal=True, others_hear=OTHERS_HEAR)
    @tapped("announce_resend", effect=Effect.OTHERS, personal=True)
    async def resend(self, heard: Heard) -> Answer | None:
        """To those who may not have got it, and may thus get it twice."""
        return await self._steer(heard, self.follow_up.resend_uncertain)

    @hears("retry_changes", effect=Effect.OTHERS, personal=True)
    @tapped("announce_retry", effect=Effect.OTHERS, personal=True)
    async def retry_changes(self, heard: Heard) -> Answer | None:
        """Correct or delete once more where it did not go through."""
        return await self._steer(heard, self.follow_up.retry_changes)

    @hears("take_back_change", effect=Effect.OTHERS, personal=True, others_hear=OTHERS_HEAR)
    @tapped("announce_take_back_change", effect=Effect.OTHERS, personal=True)
    async def take_back_change(self, heard: Heard) -> Answer | Instead | None:
        """What waits for a colleague is not wanted any more."""
        if which := one_of_several(heard):
            return which
        id_ = last_shown(heard)
        if not id_:
            return none_shown(heard)
        try:
            if heard.understood:
                return await self._take_back_what(heard, id_)
            await self.colleagues.take_back(heard.person, id_)
        except (NotFound, NotACoordinator):
            return not_found()
        return Answer(Reply(text("announcements.approve.change_taken_back")))

    async def _take_back_what(self, heard: Heard, id_: int) -> Answer | Instead:
        """Where no change waits, the announcement itself may be meant."""
        followed = await self.follow_up.follow(heard.person, id_)
        if followed.waiting:
            return asking(heard, "take_back_change")
        if not followed.announcement.has_left:
            return Instead(heard.text, "stop_announcement")
        return Answer(Reply(text("announcements.approve.no_change_waits")))

    async def _steer(
        self,
        heard: Heard,
        do: Callable[[Person, int], Awaitable[Announcement | int | Proposal]],
        id_: int | None = None,
    ) -> Answer | None:
        """Do it to the announcement that is meant, and show how things are then."""
        if not id_ and (which := one_of_several(heard)):
            return which
        id_ = id_ or which_to_change(heard)
        if not id_:
            return none_shown(heard)
        try:
            done = await do(heard.person, id_)
        except (NotFound, NotACoordinator, NotSent):
            return not_found()
        except AnotherChangeWaits as refusal:
            return another_waits(refusal)
        answer = await self.status_cards.answer(heard.person, id_)
        if isinstance(done, Announcement) and done.status is AnnouncementStatus.PAUSED:
            return replace(answer, then="paused", values={"id": id_})
        return answer
