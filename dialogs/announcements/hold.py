"""Before it leaves: try it on oneself, call it off, or send it sooner."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from dialogs.announcements.status import another_waits
from dialogs.announcements.views import AnnouncementViews, gone
from dialogs.announcements.which import OTHERS_HEAR, none_shown, which_unsent
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.understanding.effect import Effect
from knowledge.announcements.models import AnnouncementStatus
from knowledge.announcements.refusals import (
    AlreadySent,
    AnotherChangeWaits,
    ChangedSince,
    DraftIncomplete,
    NobodyToReach,
    NotACoordinator,
    NotFound,
    OutsideCounty,
)
from knowledge.announcements.sending import SendingService
from knowledge.announcements.service import AnnouncementService


class HoldAnnouncement(Dialog):
    """What can be done with an announcement that has not left."""

    name: ClassVar[str] = "hold_announcement"

    def __init__(
        self,
        announcements: AnnouncementService,
        sending: SendingService,
        views: AnnouncementViews,
        now: Callable[[], datetime],
    ) -> None:
        self.announcements = announcements
        self.sending = sending
        self.views = views
        self.now = now

    @hears("send_test", effect=Effect.MINE, personal=True, others_hear=OTHERS_HEAR)
    @tapped("announce_test", effect=Effect.MINE, personal=True)
    async def test(self, heard: Heard) -> Answer | None:
        """To the coordinator's own chat, and to nobody else."""
        id_ = which_unsent(heard)
        if not id_:
            return none_shown(heard)
        try:
            known = await self.announcements.get(heard.person, id_)
            note = text("announcements.write.test_sent")
            answer = await self.views.as_it_is(heard.person, known, note=note)
            # Last, lest the test comes before the answer that announces it.
            await self.sending.send_test(heard.person, id_, f"{id_}:{heard.turn.activity_id}")
        except NotFound:
            return gone(heard.person)
        return answer

    @tapped("announce_tested", effect=Effect.NONE)
    async def tested(self, heard: Heard) -> Answer:
        """A button of a preview or a test: it shows itself, and does nothing."""
        return Answer(Reply(text("announcements.write.tested")))

    @hears("send_now", effect=Effect.OTHERS, personal=True, others_hear=OTHERS_HEAR)
    @tapped("announce_send_now", effect=Effect.OTHERS, personal=True)
    async def send_now(self, heard: Heard) -> Answer | None:
        id_ = which_unsent(heard)
        if not id_:
            return none_shown(heard)
        try:
            sent = await self.sending.send_now(heard.person, id_, now=self.now())
        except (NotFound, NotACoordinator):
            return gone(heard.person)
        except NobodyToReach:
            return Answer(Reply(text("announcements.write.nobody_now")))
        except OutsideCounty:
            return self.views.outside(heard.person)
        except DraftIncomplete:  # the training is gone: the form tells
            return await self.views.change(heard.person, id_)
        except AnotherChangeWaits as refusal:
            return another_waits(refusal)
        except (AlreadySent, ChangedSince) as refusal:
            return await self._as_it_is(heard, refusal)
        waits = sent.status is AnnouncementStatus.SCHEDULED
        note = text("announcements.approve.send_now_waits") if waits else ""
        return await self.views.as_it_is(heard.person, sent, note=note)

    @hears("take_back", effect=Effect.OTHERS, personal=True, others_hear=OTHERS_HEAR)
    @tapped("announce_take_back", effect=Effect.OTHERS, personal=True)
    async def take_back(self, heard: Heard) -> Answer | None:
        """It is a draft again, and nothing has been sent."""
        id_ = which_unsent(heard)
        if not id_:
            return none_shown(heard)
        try:
            draft = await self.sending.take_back(heard.person, id_)
        except (NotFound, NotACoordinator):
            return gone(heard.person)
        except AlreadySent as refusal:
            return await self._as_it_is(heard, refusal)
        note = text("announcements.write.taken_back")
        return await self.views.as_it_is(heard.person, draft, note=note)

    async def _as_it_is(self, heard: Heard, refusal: AlreadySent | ChangedSince) -> Answer:
        known = refusal.announcement
        return await self.views.as_it_is(heard.person, known, already=known.has_left)
