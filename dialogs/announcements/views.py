"""What a coordinator sees of an announcement: the same wherever it is opened from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from dialogs.announcements import form as forms
from dialogs.announcements.cards import audience, form, preview
from dialogs.announcements.cards import waiting as waiting_cards
from dialogs.announcements.facts import Facts
from dialogs.announcements.offered import Offers
from dialogs.announcements.status import StatusCards
from dialogs.announcements.wording import AnnouncementWording
from dialogs.conversation.dialog import Answer
from dialogs.conversation.sizes import excess
from dialogs.conversation.talk import Reply, Shows
from dialogs.conversation.texts import text
from knowledge.announcements.approval import ApprovalService
from knowledge.announcements.models import Announcement, AnnouncementStatus, Draft
from knowledge.announcements.refusals import NotFound
from knowledge.announcements.sending import SendingService
from knowledge.announcements.service import AnnouncementService
from knowledge.directory.models import Person
from knowledge.follow_up.shown import told_by

WRITE = "publish_announcement"
"""The dialog that hears what is said after a form, a preview or a waiting announcement."""


class AnnouncementViews:
    """Shows an announcement in the state it is in."""

    def __init__(
        self,
        announcements: AnnouncementService,
        status_cards: StatusCards,
        sending: SendingService,
        approvals: ApprovalService,
        offers: Offers,
        wording: AnnouncementWording,
    ) -> None:
        self.announcements = announcements
        self.status_cards = status_cards
        self.sending = sending
        self.approvals = approvals
        self.offers = offers
        self.wording = wording
        self.places = offers.places

    async def open(self, person: Person, id_: int) -> Answer:
        """A draft in the form; what waits with ways to stop it; what was sent with how it goes."""
        try:
            announcement = await self.announcements.get(person, id_)
        except NotFound:
            return gone(person)
        if announcement.status is AnnouncementStatus.DRAFT:
            return await self.form(person, announcement.draft, id_=id_)
        return await self.as_it_is(person, announcement)

    async def change(self, person: Person, id_: int) -> Answer:
        """The form, also for what waits: it waits on until the changed one is kept."""
        try:
            announcement = await self.announcements.get(person, id_)
        except NotFound:
            return gone(person)
        if announcement.has_left:
            return await self.as_it_is(person, announcement, already=True)
        answer = await self.form(person, announcement.draft, id_=id_)
        return replace(answer, values={**answer.values, "stands": announcement.waits})

    async def look(self, person: Person, id_: int) -> Answer:
        """It as it is: a draft in its preview."""
        try:
            return await self.as_it_is(person, await self.announcements.get(person, id_))
        except NotFound:
            return gone(person)

    async def as_it_is(
        self, person: Person, announcement: Announcement, *, already: bool = False, note: str = ""
    ) -> Answer:
        """A draft in its preview, and the other states as `open` shows them.

        `note` is what came of the last tap, for what has not left.
        """
        if announcement.status is AnnouncementStatus.DRAFT:
            return await self.preview(person, announcement, note=note)
        if not announcement.has_left:
            return await self._waiting(person, announcement, note)
        return await self.status_cards.answer(person, announcement.id, already=already)

    async def form(
        self,
        person: Person,
        draft: Draft | None,
        *,
        faults: Sequence[str] = (),
        too_long: int = 0,
        id_: int | None = None,
        token: str = "",
    ) -> Answer:
        """The form. What is saved nowhere is kept for the next line that is typed."""
        reply = form.form(
            draft,
            await self.offers.to(person, draft.audience.training if draft else 0),
            faults=faults,
            too_long=too_long,
            announcement_id=id_ or 0,
            token=token,
        )
        values: dict[str, Any] = {"id": id_, "token": token}
        if draft and (faults or not id_):
            values["draft"] = forms.kept(draft)
        return Answer(reply, then="compose", values=values, by=WRITE)

    async def preview(
        self,
        person: Person,
        saved: Announcement,
        *,
        token: str = "",
        note: str = "",
        recipients: int = 0,
    ) -> Answer:
        """How it will look. `recipients` is their number, where it is known better than here."""
        reach = await self.announcements.reach(person, saved.id)
        total = recipients or reach.total
        confirm = self._number(total)
        reply = preview.preview(
            saved,
            reach,
            await self.facts(saved.draft),
            confirm=confirm,
            needs_approval=self.sending.wants_approval(total),
            note=note,
        )
        return _decided_on(reply, saved, confirm, token, total=total)

    async def whom(self, person: Person, known: Announcement) -> Answer:
        """Whom it goes to, and how many of them it reaches."""
        if known.has_left:
            return await self.status_cards.answer(person, known.id)
        reach, facts = (
            await self.announcements.reach(person, known.id),
            await self.facts(known.draft),
        )
        return Answer(audience.whom(known.id, known.draft, reach, facts), by=WRITE)

    async def left_out(self, person: Person, id_: int) -> Answer:
        """Everybody that it would not reach, and why."""
        try:
            announcement = await self.announcements.get(person, id_)
        except NotFound:
            return gone(person)
        reach = await self.announcements.reach(person, id_)
        reply = audience.left_out(reach, self.places)
        if announcement.status is AnnouncementStatus.DRAFT:
            number = self._number(reach.total)
            return _decided_on(reply, announcement, number, total=reach.total)
        return Answer(reply)

    async def excess(self, draft: Draft, *, id_: int, corrected_at: datetime | None = None) -> int:
        """By how much it would be too long for Teams, as channels and people get it."""
        about = await self.announcements.about(draft)
        post = self.wording.post(draft, about, announcement_id=id_, corrected_at=corrected_at)
        return excess(post)

    async def facts(self, draft: Draft) -> Facts:
        """What is true at this moment of what the draft is about."""
        return self.wording.facts(await self.announcements.about(draft))

    def outside(self, person: Person) -> Answer:
        """It goes to places that are not the person's to reach."""
        names = [self.places.name_of(code) for code in person.counties]
        said = text("announcements.write.outside_county", county=", ".join(names))
        return Answer(Reply(said))

    def _number(self, recipients: int) -> int:
        """The number that must be written before it is sent, 0 for none."""
        return recipients if self.sending.wants_number(recipients) else 0

    async def _waiting(self, person: Person, announcement: Announcement, note: str) -> Answer:
        facts = await self.facts(announcement.draft)
        reply = waiting_cards.waiting(
            announcement,
            await self.announcements.reach(person, announcement.id),
            facts,
            approvers=await self.approvals.count_approvers(person, announcement.id),
            note=note,
        )
        says = told_by(announcement, training=facts.attached)
        reply = replace(reply, shows=Shows(announcement.id, says))
        values, about = {"id": announcement.id, "waits": True}, {"draft": announcement.id}
        return Answer(reply, then="wait", values=values, about=about, by=WRITE)


def _decided_on(
    reply: Reply, draft: Announcement, confirm: int, token: str = "", *, total: int
) -> Answer:
    """Heard after it: whether the draft is sent, changed or deleted."""
    values = {
        "id": draft.id,
        "version": draft.version,
        "token": token,
        "preview": True,
        "confirm": confirm,
        "reaches": total,
    }
    about = {"draft": draft.id}
    return Answer(reply, then="decide", values=values, about=about, by=WRITE)


def gone(person: Person) -> Answer:
    """It is not there for this person; who has lost the role is told so."""
    key = "not_found" if person.is_coordinator else "not_a_coordinator"
    return Answer(Reply(text(f"announcements.write.{key}")))
