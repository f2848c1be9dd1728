"""The second pair of eyes: a large announcement leaves when a colleague has approved it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from knowledge.announcements import access, noting, repository
from knowledge.announcements.models import Announcement, AnnouncementStatus
from knowledge.announcements.refusals import NobodyToReach, NotWaiting, OwnAnnouncement
from knowledge.announcements.release import Release, list_approvers
from knowledge.announcements.wording import Decision
from knowledge.audit.models import Kind
from knowledge.directory.models import Person
from knowledge.storage.database import Writing


class ApprovalService:
    """What a coordinator does with colleagues' announcements. `wake` stirs the sender.

    Who is no coordinator of the county gets NotFound.
    """

    def __init__(self, release: Release, wake: Callable[[], None]) -> None:
        self.database = release.database
        self._release = release
        self._wake = wake

    async def list_waiting(self, person: Person) -> list[Announcement]:
        """What the person may approve, the oldest first."""
        async with self.database.read() as tx:
            counties = await access.counties_of(tx, person)
            found = await repository.list_waiting(tx, counties)
        return [one for one in found if not one.is_asked_by(person.tenant_id, person.object_id)]

    async def count_approvers(self, person: Person, announcement_id: int) -> int:
        """How many were asked to approve it. Raises NotFound."""
        async with self.database.read() as tx:
            known = await access.get(tx, person, announcement_id)
            return len(await list_approvers(tx, known))

    async def approve(
        self, person: Person, announcement_id: int, version: int, *, now: datetime
    ) -> Announcement:
        """Let it go, now or in its time, as it reads in this version; its author is told.

        Raises NotWaiting when it was decided about or changed, OwnAnnouncement, NobodyToReach,
        NotFound.
        """
        post = await self._release.compose(announcement_id)
        async with self.database.write() as tx:
            known = await self._get_waiting(tx, person, announcement_id, version)
            recipients = await self._release.find_recipients(tx, known)
            if not recipients:
                raise NobodyToReach
            approved = replace(
                known, approver_tenant_id=person.tenant_id, approver_object_id=person.object_id
            )
            await noting.note(tx, Kind.ANNOUNCEMENT_APPROVE, person, known)
            done = await self._release.let_go(tx, approved, recipients, post, now)
            await noting.note_sending(tx, person, done, len(recipients))
            await self._release.tell_author(tx, done, Decision.APPROVED, person.name)
        self._wake()
        return done

    async def decline(
        self, person: Person, announcement_id: int, version: int, reason: str
    ) -> Announcement:
        """Make it a draft again; its author is told who said no, and why.

        Raises NotWaiting, OwnAnnouncement, NotFound.
        """
        async with self.database.write() as tx:
            known = await self._get_waiting(tx, person, announcement_id, version)
            await noting.note(tx, Kind.ANNOUNCEMENT_DECLINE, person, known)
            declined = await self._release.make_draft(tx, known)
            await self._release.tell_author(tx, declined, Decision.DECLINED, person.name, reason)
        self._wake()
        return declined

    async def _get_waiting(
        self, tx: Writing, person: Person, announcement_id: int, version: int
    ) -> Announcement:
        known = await access.get_for_update(tx, person, announcement_id)
        if known.is_asked_by(person.tenant_id, person.object_id):
            raise OwnAnnouncement(known)
        if known.status is not AnnouncementStatus.WAITING_APPROVAL or known.version != version:
            raise NotWaiting(known)
        return known
