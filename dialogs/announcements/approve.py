"""Large announcements: a second coordinator looks before they leave, or reach anybody again."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import ClassVar

from dialogs.announcements import form as forms
from dialogs.announcements.cards import proposal as proposal_cards
from dialogs.announcements.cards import waiting as cards
from dialogs.announcements.which import OTHERS_HEAR
from dialogs.announcements.wording import AnnouncementWording
from dialogs.conversation import inputs
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.intents import understand
from dialogs.conversation.sizes import refuse_long
from dialogs.conversation.swedish import plain
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text, texts
from dialogs.understanding import dictated
from dialogs.understanding.dictated import Weight
from dialogs.understanding.effect import Effect
from knowledge.announcements.approval import ApprovalService
from knowledge.announcements.colleagues import Colleagues
from knowledge.announcements.refusals import (
    AlreadyReminded,
    ChangedSince,
    DraftIncomplete,
    NobodyToReach,
    NotFound,
    NotWaiting,
    OwnAnnouncement,
    OwnProposal,
    Withdrawn,
)
from knowledge.announcements.service import AnnouncementService
from knowledge.directory.models import Person
from knowledge.errors import KnowledgeError

SHORTEST_REASON = 3

REFUSALS = (
    NotFound,
    NotWaiting,
    OwnAnnouncement,
    OwnProposal,
    ChangedSince,
    DraftIncomplete,
    AlreadyReminded,
    Withdrawn,
)
"""What has become of it meanwhile, or why it is not this person's to decide."""


@dataclass(frozen=True)
class Matter:
    """What is judged: an announcement in this version, or what somebody wants done with one."""

    id: int = 0
    version: int = 0
    proposal: int = 0

    @classmethod
    def of(cls, find: Callable[[str], int | None]) -> "Matter | None":
        """None when nothing is named."""
        matter = cls(find("id") or 0, find("version") or 0, find("proposal") or 0)
        return matter if matter.proposal or (matter.id and matter.version) else None


class ApproveAnnouncement(Dialog):
    """Says yes or no to what a colleague has written."""

    name: ClassVar[str] = "approve_announcement"

    def __init__(
        self,
        announcements: AnnouncementService,
        approvals: ApprovalService,
        colleagues: Colleagues,
        wording: AnnouncementWording,
        now: Callable[[], datetime],
    ) -> None:
        self.announcements = announcements
        self.approvals = approvals
        self.colleagues = colleagues
        self.wording = wording
        self.now = now

    @hears("approvals", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def show(self, heard: Heard) -> Answer:
        """The one that has waited longest: nobody approves what they have not seen."""
        waiting = await self.approvals.list_waiting(heard.person)
        if not waiting:
            return await self._show_change(heard)
        first = waiting[0]
        reach = await self.announcements.reach(heard.person, first.id)
        about = await self.announcements.about(first.draft)
        reply = self.wording.approval(first, reach, about)
        kept = asdict(Matter(first.id, first.version))
        return Answer(reply, then="judge", values={**kept, **_meant(heard)})

    async def _show_change(self, heard: Heard) -> Answer:
        waiting = await self.colleagues.list_waiting(heard.person)
        if not waiting:
            return Answer(Reply(text("announcements.approve.none_waits")))
        known, proposal = waiting[0]
        reply = self.wording.change(known, proposal, await self.announcements.about(known.draft))
        kept = asdict(Matter(proposal=proposal.id))
        return Answer(reply, then="judge", values={**kept, **_meant(heard)})

    async def judge(self, heard: Heard) -> Answer | None:
        """Hears "godkänn", or "säg nej" with or without a colon and a reason behind it."""
        matter = Matter.of(heard.values.get)
        said, _, why = heard.text.partition(":")
        if heard.values.get("declines") and inputs.yes_or_no(heard.text):
            return None  # "säg nej" and then "ja": it is asked which of them is meant
        if matter and forms.is_said(heard.text, "announcements.approve.words_approve"):
            return await self._approve(heard.person, matter)
        if matter and forms.is_said(said, "announcements.approve.words_decline"):
            return await self._decline(heard.person, matter, why)
        return None

    async def reason(self, heard: Heard) -> Answer | None:
        """Hears why not. A command is no reason, and what is not surely one is asked about."""
        matter, weight = Matter.of(heard.values.get), dictated.weigh(heard.text)
        if matter is None or understand(heard.text):
            return None
        if weight is Weight.LEAVES:
            return _left()
        if inputs.is_wavering(heard.text):
            return None
        if weight is Weight.UNSURE and len(heard.text) <= cards.LONGEST_REASON:
            return _whether(matter, heard.text)
        return await self._decline(heard.person, matter, heard.text)

    async def confirm_reason(self, heard: Heard) -> Answer | None:
        """Hears ja or nej to whether what was written is the reason; else what is."""
        matter, said = Matter.of(heard.values.get), inputs.agreed(heard.text)
        if matter is None:
            return None
        if said is False:
            return _left()
        if said:
            return await self._decline(heard.person, matter, str(heard.values["said"]))
        other = dictated.instead(heard.text)
        return _whether(matter, other) if other else await self.reason(heard)

    async def again(self, heard: Heard) -> Answer | None:
        matter = Matter.of(heard.values.get)
        if matter and heard.values.get("asked") == "reason":
            return _why(matter)
        reply = Reply(text("announcements.approve.again"))
        return Answer(reply, then="judge", values=heard.values)

    @tapped("announce_approve", effect=Effect.OTHERS, personal=True)
    async def tapped_approve(self, heard: Heard) -> Answer | None:
        matter = Matter.of(heard.number)
        return await self._approve(heard.person, matter) if matter else None

    @tapped("announce_decline", effect=Effect.OTHERS, personal=True)
    async def tapped_decline(self, heard: Heard) -> Answer | None:
        matter = Matter.of(heard.number)
        return await self._decline(heard.person, matter, heard.word("reason")) if matter else None

    async def _approve(self, person: Person, matter: Matter) -> Answer:
        try:
            if matter.proposal:
                known, proposal = await self.colleagues.approve(person, matter.proposal)
                what = proposal_cards.what(known, proposal)
                return _settled("approved_change", what=what, author=proposal.asker_name)
            done = await self.approvals.approve(person, matter.id, matter.version, now=self.now())
        except NobodyToReach:
            return Answer(Reply(text("announcements.write.nobody_now")))
        except REFUSALS as refusal:
            return _refused(refusal)
        return _settled("approved", heading=plain(done.heading), author=done.author_name)

    async def _decline(self, person: Person, matter: Matter, reason: str) -> Answer:
        reason = reason.strip()
        if told := refuse_long(reason, cards.LONGEST_REASON):
            return Answer(told, then="reason", values={**asdict(matter), "asked": "reason"})
        if len(reason) < SHORTEST_REASON:
            return _why(matter)
        try:
            if matter.proposal:
                known, proposal = await self.colleagues.decline(person, matter.proposal, reason)
                what = proposal_cards.what(known, proposal)
                return _settled("declined_change", what=what, author=proposal.asker_name)
            done = await self.approvals.decline(person, matter.id, matter.version, reason)
        except REFUSALS as refusal:
            return _refused(refusal)
        return _settled("declined", heading=plain(done.heading), author=done.author_name)


def _why(matter: Matter) -> Answer:
    reply = Reply(text("announcements.approve.ask_reason"))
    return Answer(reply, then="reason", values={**asdict(matter), "asked": "reason"})


def _whether(matter: Matter, said: str) -> Answer:
    """Whether what was `said` is the reason for the no."""
    asks = text("announcements.approve.whether_reason", reason=plain(said))
    reply = Reply(asks, suggestions=texts("conversation.wish.yes_no"))
    values = {**asdict(matter), "asked": "reason", "said": said}
    return Answer(reply, then="confirm_reason", values=values)


def _left() -> Answer:
    return Answer(Reply(text("announcements.approve.not_declined")))


def _settled(key: str, *, author: str, **about: str) -> Answer:
    said = text(f"announcements.approve.{key}", author=plain(author), **about)
    return Answer(Reply(said))


def _refused(refusal: KnowledgeError) -> Answer:
    keys = {NotFound: "not_yours", OwnAnnouncement: "own", OwnProposal: "own_change"}
    key = keys.get(type(refusal), "not_waiting")
    return Answer(Reply(text(f"announcements.approve.{key}")))


def _meant(heard: Heard) -> dict[str, bool]:
    """Whether a no was said before there was anything to say it to."""
    said = heard.text.partition(":")[0]
    return {"declines": forms.is_said(said, "announcements.approve.words_decline")}
