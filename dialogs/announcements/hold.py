"""Before it leaves: try it on oneself, call it off, or send it sooner."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from dialogs.announcements.cards import now as cards
from dialogs.announcements.drafts import AnnouncementDrafts
from dialogs.announcements.send_off import SendOff
from dialogs.announcements.status import another_waits
from dialogs.announcements.views import WRITE, AnnouncementViews, gone
from dialogs.announcements.which import OTHERS_HEAR, none_shown, which_unsent
from dialogs.conversation import inputs
from dialogs.conversation.dialog import Answer, Dialog, Heard, Instead, hears, tapped
from dialogs.conversation.talk import Kind, Reply
from dialogs.conversation.texts import text
from dialogs.understanding.effect import Effect
from knowledge.announcements.models import Announcement, AnnouncementStatus
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
from knowledge.directory.models import Person


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
        self.drafts = AnnouncementDrafts(announcements, views.offers, views)
        self.send_off = SendOff(announcements, sending, views.status_cards, views, self.drafts, now)
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
        """What waits for its time goes now. A draft that has a time loses it, and is shown so."""
        id_ = which_unsent(heard)
        if not id_:
            return none_shown(heard)
        try:
            known = await self.announcements.get(heard.person, id_)
        except NotFound:
            return gone(heard.person)
        if heard.turn.kind is Kind.ACTION or known.has_left:
            return await self._leaves(heard.person, id_)
        if known.status is AnnouncementStatus.DRAFT and known.draft.send_at:
            after = replace(known.draft, send_at=None)
            note = text("announcements.spoken.no_time_now")
            return await self.drafts.save(heard.person, after, (), id_=id_, token="", note=note)
        if heard.understood:
            values = {"asked": "now", "id": id_, "version": _seen(heard, known) or known.version}
            reply = cards.whether(known)
            return Answer(reply, then="confirm_now", values=values, about={"draft": id_})
        return await self._now(heard.person, known, _seen(heard, known))

    async def confirm_now(self, heard: Heard) -> Answer | None:
        """Hears ja or nej to whether just this one, as it was then, is to leave now."""
        said = inputs.agreed(heard.text, cards.YES)
        return None if said is None else await self._settle(heard, leaves=said)

    @tapped("announce_yes_now", effect=Effect.OTHERS, personal=True)
    async def tapped_yes_now(self, heard: Heard) -> Answer | None:
        return await self._settle(heard, leaves=True)

    @tapped("announce_not_now", effect=Effect.NONE, personal=True)
    async def tapped_not_now(self, heard: Heard) -> Answer | None:
        return await self._settle(heard, leaves=False)

    async def again(self, heard: Heard) -> Answer | None:
        reply = Reply(text("announcements.spoken.yes_or_no"))
        return Answer(reply, then="confirm_now", values=heard.values)

    async def _settle(self, heard: Heard, *, leaves: bool) -> Answer | None:
        """Only what was just asked about leaves, and only if it is as it was then."""
        person, values = heard.person, heard.values
        id_ = heard.number("id") or values.get("id")
        if values.get("asked") != "now" or values.get("id") != id_:
            return None
        try:
            known = await self.announcements.get(person, int(values["id"]))
        except NotFound:
            return gone(person)
        if not leaves or known.has_left:
            return await self.views.as_it_is(person, known, already=leaves)
        if known.version != values["version"]:
            note = text("announcements.spoken.changed_meanwhile")
            return await self.views.as_it_is(person, known, note=note)
        return await self._now(person, known, known.version)

    async def _now(self, person: Person, known: Announcement, version: int | None) -> Answer:
        """A draft goes as with "skicka" below its preview, and not without having been seen."""
        if known.status is not AnnouncementStatus.DRAFT:
            return await self._leaves(person, known.id)
        if version is None:
            return await self.views.as_it_is(person, known)
        return replace(await self.send_off.send(person, known.id, version, 0), by=WRITE)

    async def _leaves(self, person: Person, id_: int) -> Answer:
        try:
            sent = await self.sending.send_now(person, id_, now=self.now())
        except (NotFound, NotACoordinator):
            return gone(person)
        except NobodyToReach:
            return Answer(Reply(text("announcements.write.nobody_now")))
        except OutsideCounty:
            return self.views.outside(person)
        except DraftIncomplete:  # the training is gone: the form tells
            return await self.views.change(person, id_)
        except AnotherChangeWaits as refusal:
            return another_waits(refusal)
        except (AlreadySent, ChangedSince) as refusal:
            return await self._as_it_is(person, refusal)
        waits = sent.status is AnnouncementStatus.SCHEDULED
        note = text("announcements.approve.send_now_waits") if waits else ""
        return await self.views.as_it_is(person, sent, note=note)

    @hears("take_back", effect=Effect.OTHERS, personal=True, others_hear=OTHERS_HEAR)
    @tapped("announce_take_back", effect=Effect.OTHERS, personal=True)
    async def take_back(self, heard: Heard) -> Answer | Instead | None:
        """It is a draft again, and nothing has been sent."""
        id_ = which_unsent(heard)
        if not id_:
            return none_shown(heard)
        try:
            if heard.understood:
                return await self._asks_first(heard, id_)
            draft = await self.sending.take_back(heard.person, id_)
        except (NotFound, NotACoordinator):
            return gone(heard.person)
        except AlreadySent as refusal:
            return await self._as_it_is(heard.person, refusal)
        note = text("announcements.write.taken_back")
        return await self.views.as_it_is(heard.person, draft, note=note)

    async def _asks_first(self, heard: Heard, id_: int) -> Answer | Instead:
        """What waits is named and asked about; a draft is told to be one."""
        known = await self.announcements.get(heard.person, id_)
        if known.waits:
            return Instead(heard.text, "stop_announcement")
        note = text("announcements.write.nothing_leaves")
        return await self.views.as_it_is(heard.person, known, note=note)

    async def _as_it_is(self, person: Person, refusal: AlreadySent | ChangedSince) -> Answer:
        known = refusal.announcement
        return await self.views.as_it_is(person, known, already=known.has_left)


def _seen(heard: Heard, known: Announcement) -> int | None:
    """The version that is on the screen, where that is known."""
    version = heard.values.get("version")
    return version if heard.values.get("id") == known.id and isinstance(version, int) else None
