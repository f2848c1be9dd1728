"""An announcement is sent off, or it is told why not: the same however it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from dialogs.announcements.drafts import AnnouncementDrafts
from dialogs.announcements.status import StatusCards
from dialogs.announcements.views import AnnouncementViews, gone
from dialogs.conversation.dialog import Answer
from dialogs.conversation.texts import text
from knowledge.announcements.models import AnnouncementStatus
from knowledge.announcements.refusals import (
    AlreadySent,
    ChangedSince,
    DraftIncomplete,
    MomentPassed,
    NobodyToReach,
    NotACoordinator,
    NotConfirmed,
    NotFound,
    OutsideCounty,
)
from knowledge.announcements.sending import SendingService
from knowledge.announcements.service import AnnouncementService
from knowledge.directory.models import Person


@dataclass(frozen=True)
class SendOff:
    """Sends a draft, at once or for its time."""

    announcements: AnnouncementService
    sending: SendingService
    status_cards: StatusCards
    views: AnnouncementViews
    drafts: AnnouncementDrafts
    now: Callable[[], datetime]

    async def send(self, person: Person, id_: int, version: int | None, recipients: int) -> Answer:
        now = self.now()
        try:
            sent = await self.sending.send(
                person, id_, now=now, confirmed=recipients, version=version
            )
        except (NotFound, NotACoordinator):
            return gone(person)
        except OutsideCounty:
            return self.views.outside(person)
        except (NobodyToReach, ChangedSince, NotConfirmed) as refusal:
            return await self._show_why_not(person, id_, refusal, wrote_number=bool(recipients))
        except DraftIncomplete as refusal:
            return await self._put_right(person, id_, refusal.fields)
        except MomentPassed:
            return await self._put_right(person, id_, ("moment_past",))
        except AlreadySent as refusal:
            return await self.views.as_it_is(person, refusal.announcement, already=True)
        if sent.has_left:
            return await self.status_cards.after_a_moment(person, sent.id)
        return await self.views.as_it_is(person, sent)

    async def _show_why_not(
        self,
        person: Person,
        id_: int,
        refusal: NobodyToReach | ChangedSince | NotConfirmed,
        *,
        wrote_number: bool,
    ) -> Answer:
        """The preview once more, with what kept it from being sent."""
        if isinstance(refusal, NotConfirmed):
            number = refusal.recipients
            key = "number_wrong" if wrote_number else "number_missing"
            note = text(f"announcements.write.{key}", count=number)
            return await self.show(person, id_, note=note, recipients=number)
        changed = isinstance(refusal, ChangedSince)
        note = text("announcements.write.changed_since") if changed else ""
        return await self.show(person, id_, note=note)

    async def _put_right(self, person: Person, id_: int, faults: tuple[str, ...]) -> Answer:
        """The form with what must be changed before it can be sent."""
        try:
            known = await self.announcements.get(person, id_)
        except NotFound:
            return gone(person)
        return await self.drafts.form_again(person, known.draft, faults, id_=id_)

    async def show(
        self, person: Person, id_: int, *, note: str = "", recipients: int = 0
    ) -> Answer:
        """The preview once more, or what has become of it meanwhile."""
        try:
            known = await self.announcements.get(person, id_)
        except NotFound:
            return gone(person)
        if known.status is AnnouncementStatus.DRAFT:
            return await self.views.preview(person, known, note=note, recipients=recipients)
        return await self.views.as_it_is(person, known)
