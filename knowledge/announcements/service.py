"""Writing and following up announcements. Who may is decided in `access.py`.

How a draft gets sent is in `sending.py`.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from knowledge.announcements import access, reach, repository
from knowledge.announcements.models import Announcement, AnnouncementStatus, Draft, Report
from knowledge.announcements.reach import Reach
from knowledge.announcements.refusals import AlreadySent, DraftIncomplete, NotSent, Withdrawn
from knowledge.directory.models import Person
from knowledge.directory.service import DirectoryService
from knowledge.messenger import Message
from knowledge.storage import outbox_changes
from knowledge.storage.database import Database


class AnnouncementService:
    """What a coordinator does with announcements. `wake` tells the sender that there is work.

    Who is no coordinator of an announcement's county gets NotFound; its author NotACoordinator.
    """

    def __init__(
        self,
        database: Database,
        directory: DirectoryService,
        wake: Callable[[], None],
    ) -> None:
        self.database = database
        self.places = directory.places
        self._wake = wake

    async def save_draft(
        self, person: Person, draft: Draft, *, id: int | None = None
    ) -> Announcement:
        """Keep a new draft, or a changed one. What waited to be sent is a draft again.

        Raises NotACoordinator, OutsideCounty, DraftIncomplete; for an `id` also NotFound and
        AlreadySent.
        """
        async with self.database.write() as tx:
            await access.must_coordinate(tx, person, draft.county)
            draft = _checked(draft)
            await access.must_reach(tx, person, draft.audience, self.places)
            if id is None:
                id = await repository.add(tx, person, draft, datetime.now(UTC))
            known = await access.get_for_update(tx, person, id)
            if known.has_left:
                raise AlreadySent(known)
            changed = _as_draft(known, draft)
            await repository.save(tx, changed)
            return changed

    async def get(self, person: Person, announcement_id: int) -> Announcement:
        """One announcement of the person's county. Raises NotFound."""
        async with self.database.read() as tx:
            return await access.get(tx, person, announcement_id)

    async def list_mine(self, person: Person, limit: int = 5) -> list[Announcement]:
        """What the person has written for counties they still act for.

        What waits to be sent comes first, then the newest.
        """
        async with self.database.read() as tx:
            counties = await access.counties_of(tx, person)
            return await repository.list_by_author(
                tx, person.tenant_id, person.object_id, counties, limit
            )

    async def reach(self, person: Person, announcement_id: int) -> Reach:
        """Count whom it would reach if it were sent now. Sends nothing. Raises NotFound."""
        async with self.database.read() as tx:
            announcement = await access.get(tx, person, announcement_id)
            return await reach.measure(tx, announcement.draft.audience, self.places)

    async def delete_draft(self, person: Person, announcement_id: int) -> Announcement:
        """Forget a draft. Raises AlreadySent for anything else, NotACoordinator, NotFound."""
        async with self.database.write() as tx:
            known = await access.get_for_update(tx, person, announcement_id)
            if known.status is not AnnouncementStatus.DRAFT:
                raise AlreadySent(known)
            await repository.delete(tx, known, datetime.now(UTC))
            return known

    async def report(self, person: Person, announcement_id: int) -> Report:
        """What has become of it so far. Raises NotFound."""
        async with self.database.read() as tx:
            announcement = await access.get(tx, person, announcement_id)
            return await repository.read_report(tx, announcement, self.places)

    async def correct(
        self,
        person: Person,
        announcement_id: int,
        draft: Draft,
        *,
        card: dict[str, Any],
        summary: str,
    ) -> Announcement:
        """Replace heading, text, link and picture for everybody, also where it has arrived.

        Who gets it cannot be changed. The same words once more change nothing. Raises
        DraftIncomplete, NotSent, Withdrawn, NotACoordinator, NotFound.
        """
        async with self.database.write() as tx:
            known = await access.get_for_update(tx, person, announcement_id)
            _must_be_out(known)
            wording = _checked(known.draft.reworded(draft))
            if wording == known.draft:
                return known
            message = Message(card=card, summary=summary)
            message_id = await outbox_changes.correct(tx, self.database, known.group_key, message)
            corrected = replace(
                known,
                draft=wording,
                version=known.version + 1,
                message_id=message_id,
                corrected_at=datetime.now(UTC),
            )
            await repository.save(tx, corrected)
        self._wake()
        return corrected

    async def withdraw(self, person: Person, announcement_id: int) -> Announcement:
        """Stop what has not left and delete what has. A second time changes nothing.

        Raises NotSent, NotACoordinator, NotFound.
        """
        async with self.database.write() as tx:
            known = await access.get_for_update(tx, person, announcement_id)
            if known.status is AnnouncementStatus.WITHDRAWN:
                return known
            _must_be_out(known)
            await outbox_changes.take_back(tx, self.database, known.group_key)
            withdrawn = replace(known, status=AnnouncementStatus.WITHDRAWN, message_id=None)
            await repository.save(tx, withdrawn)
        self._wake()
        return withdrawn

    async def resend_uncertain(self, person: Person, announcement_id: int) -> int:
        """Send again to those who may not have got it, and may thus get it twice.

        Returns how many; a second tap finds none. After a withdrawal it is the deleting that is
        tried again. Raises NotSent, NotACoordinator, NotFound.
        """
        async with self.database.write() as tx:
            known = await access.get_for_update(tx, person, announcement_id)
            if not known.has_left:
                raise NotSent(known)
            number = await outbox_changes.send_again(
                tx, self.database, known.group_key, known.message_id
            )
        self._wake()
        return number


def _checked(draft: Draft) -> Draft:
    """The draft without loose spaces. Raises DraftIncomplete."""
    tidy = draft.tidy()
    if tidy.faults:
        raise DraftIncomplete(tidy.faults)
    return tidy


def _as_draft(known: Announcement, draft: Draft) -> Announcement:
    """The same with these contents. Whatever was confirmed or approved was about others."""
    if known.status is AnnouncementStatus.DRAFT and known.draft == draft:
        return known
    return replace(
        known,
        draft=draft,
        status=AnnouncementStatus.DRAFT,
        version=known.version + 1,
        approver_tenant_id="",
        approver_object_id="",
    )


def _must_be_out(announcement: Announcement) -> None:
    """Only what was sent and not taken back can be changed. Raises NotSent, Withdrawn."""
    if not announcement.has_left:
        raise NotSent(announcement)
    if announcement.status is AnnouncementStatus.WITHDRAWN:
        raise Withdrawn(announcement)
