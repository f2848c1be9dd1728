"""Large announcements: a second coordinator looks before they leave."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from dialogs.announcements import form as forms
from dialogs.announcements.cards import waiting as cards
from dialogs.announcements.which import OTHERS_HEAR
from dialogs.announcements.wording import AnnouncementWording
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.intents import understand
from dialogs.conversation.sizes import refuse_long
from dialogs.conversation.swedish import plain
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.understanding.effect import Effect
from knowledge.announcements.approval import ApprovalService
from knowledge.announcements.models import Announcement
from knowledge.announcements.refusals import (
    NobodyToReach,
    NotFound,
    NotWaiting,
    OwnAnnouncement,
)
from knowledge.announcements.service import AnnouncementService
from knowledge.directory.models import Person

SHORTEST_REASON = 3


class ApproveAnnouncement(Dialog):
    """Says yes or no to what a colleague has written."""

    name: ClassVar[str] = "approve_announcement"

    def __init__(
        self,
        announcements: AnnouncementService,
        approvals: ApprovalService,
        wording: AnnouncementWording,
        now: Callable[[], datetime],
    ) -> None:
        self.announcements = announcements
        self.approvals = approvals
        self.wording = wording
        self.now = now

    @hears("approvals", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def show(self, heard: Heard) -> Answer:
        """The one that has waited longest: nobody approves what they have not seen."""
        waiting = await self.approvals.list_waiting(heard.person)
        if not waiting:
            return Answer(Reply(text("announcements.approve.none_waits")))
        first = waiting[0]
        reach = await self.announcements.reach(heard.person, first.id)
        about = await self.announcements.about(first.draft)
        reply = self.wording.approval(first, reach, about)
        values = {"id": first.id, "version": first.version}
        return Answer(reply, then="judge", values=values)

    async def judge(self, heard: Heard) -> Answer | None:
        """Hears "godkänn", or "säg nej" with or without a colon and a reason behind it."""
        id_, version = int(heard.values["id"]), int(heard.values["version"])
        said, _, why = heard.text.partition(":")
        if forms.is_said(heard.text, "announcements.approve.words_approve"):
            return await self._approve(heard.person, id_, version)
        if forms.is_said(said, "announcements.approve.words_decline"):
            return await self._decline(heard.person, id_, version, why)
        return None

    async def reason(self, heard: Heard) -> Answer | None:
        """Hears why not. A command is no reason."""
        if understand(heard.text):
            return None
        id_, version = int(heard.values["id"]), int(heard.values["version"])
        return await self._decline(heard.person, id_, version, heard.text)

    async def again(self, heard: Heard) -> Answer | None:
        if heard.values.get("asked") == "reason":
            return self._why(int(heard.values["id"]), int(heard.values["version"]))
        reply = Reply(text("announcements.approve.again"))
        return Answer(reply, then="judge", values=heard.values)

    @tapped("announce_approve", effect=Effect.OTHERS, personal=True)
    async def tapped_approve(self, heard: Heard) -> Answer | None:
        id_, version = heard.number("id"), heard.number("version")
        return await self._approve(heard.person, id_, version) if id_ and version else None

    @tapped("announce_decline", effect=Effect.OTHERS, personal=True)
    async def tapped_decline(self, heard: Heard) -> Answer | None:
        id_, version = heard.number("id"), heard.number("version")
        if not id_ or not version:
            return None
        return await self._decline(heard.person, id_, version, heard.word("reason"))

    async def _approve(self, person: Person, id_: int, version: int) -> Answer:
        try:
            done = await self.approvals.approve(person, id_, version, now=self.now())
        except NobodyToReach:
            return Answer(Reply(text("announcements.write.nobody_now")))
        except (NotFound, NotWaiting, OwnAnnouncement) as refusal:
            return _refused(refusal)
        return self._settled("approved", done)

    async def _decline(self, person: Person, id_: int, version: int, reason: str) -> Answer:
        reason = reason.strip()
        if told := refuse_long(reason, cards.LONGEST_REASON):
            values = {"id": id_, "version": version, "asked": "reason"}
            return Answer(told, then="reason", values=values)
        if len(reason) < SHORTEST_REASON:
            return self._why(id_, version)
        try:
            declined = await self.approvals.decline(person, id_, version, reason)
        except (NotFound, NotWaiting, OwnAnnouncement) as refusal:
            return _refused(refusal)
        return self._settled("declined", declined)

    def _why(self, id_: int, version: int) -> Answer:
        reply = Reply(text("announcements.approve.ask_reason"))
        values = {"id": id_, "version": version, "asked": "reason"}
        return Answer(reply, then="reason", values=values)

    def _settled(self, key: str, known: Announcement) -> Answer:
        heading, author = plain(known.heading), plain(known.author_name)
        said = text(f"announcements.approve.{key}", heading=heading, author=author)
        return Answer(Reply(said))


def _refused(refusal: NotFound | NotWaiting | OwnAnnouncement) -> Answer:
    if isinstance(refusal, NotWaiting):
        return Answer(Reply(text("announcements.approve.not_waiting")))
    key = "own" if isinstance(refusal, OwnAnnouncement) else "not_yours"
    return Answer(Reply(text(f"announcements.approve.{key}")))
