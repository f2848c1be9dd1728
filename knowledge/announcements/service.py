"""Writing announcements. Who may is decided in `access.py`.

How a draft gets sent is in `sending.py`; what can be done afterwards is `knowledge/follow_up`'s.
"""

from dataclasses import replace
from datetime import UTC, datetime

from knowledge.announcements import access, noting, reach, repository
from knowledge.announcements.about import About, read_about
from knowledge.announcements.eyes import Act
from knowledge.announcements.models import Announcement, AnnouncementStatus, Draft
from knowledge.announcements.reach import Reach
from knowledge.announcements.refusals import AlreadySent, DraftIncomplete
from knowledge.directory.models import Person
from knowledge.directory.service import DirectoryService
from knowledge.storage.database import Database


class AnnouncementService:
    """What a coordinator does with announcements that have not been sent.

    Who is no coordinator of an announcement's county gets NotFound; its author NotACoordinator.
    """

    def __init__(self, database: Database, directory: DirectoryService) -> None:
        self.database = database
        self.places = directory.places

    async def save_draft(
        self, person: Person, draft: Draft, *, id: int | None = None
    ) -> Announcement:
        """Keep a new draft, or a changed one. What waited to be sent is a draft again.

        Raises NotACoordinator, OutsideCounty, DraftIncomplete; for an `id` also NotFound and
        AlreadySent.
        """
        noted = access.refusal_noted(self.database, person)
        async with noted, self.database.write() as tx:
            await access.must_coordinate(tx, person, draft.county)
            draft = checked(draft)
            await access.must_reach(tx, person, draft.audience, self.places)
            if id is None:
                id = await repository.add(tx, person, draft, datetime.now(UTC))
            known = await access.get_for_update(tx, person, id)
            if known.has_left:
                raise AlreadySent(known)
            if known.status is not AnnouncementStatus.DRAFT:  # what was agreed is so no more
                kind = noting.kind_of(Act.TAKE_BACK)
                await noting.note(tx, kind, person, known)
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

    async def about(self, draft: Draft) -> About:
        """The trainings that it is about, as they are at this moment."""
        async with self.database.read() as tx:
            return await read_about(tx, draft)

    async def delete_draft(self, person: Person, announcement_id: int) -> Announcement:
        """Forget a draft. Raises AlreadySent for anything else, NotACoordinator, NotFound."""
        async with self.database.write() as tx:
            known = await access.get_for_update(tx, person, announcement_id)
            if known.status is not AnnouncementStatus.DRAFT:
                raise AlreadySent(known)
            kind = noting.kind_of(Act.DELETE_DRAFT)
            await noting.note(tx, kind, person, known)
            await repository.delete(tx, known, datetime.now(UTC))
            return known


def checked(draft: Draft) -> Draft:
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
