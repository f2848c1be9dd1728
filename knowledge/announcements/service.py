"""Writing and sending announcements. Who may is decided in `access.py`.

What can be done afterwards is in `sent.py`.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from knowledge.announcements import access, audience, progress, repository
from knowledge.announcements.models import (
    Announcement,
    AnnouncementStatus,
    Draft,
    Reach,
)
from knowledge.announcements.refusals import (
    AlreadySent,
    DraftIncomplete,
    NobodyToReach,
    OutsideCounty,
)
from knowledge.directory.models import Person
from knowledge.directory.places import Places
from knowledge.directory.service import DirectoryService
from knowledge.messenger import Message
from knowledge.storage import outbox
from knowledge.storage.database import Database


class AnnouncementService:
    """What a coordinator does with announcements. `wake` tells the sender that there is work.

    Who is no coordinator of an announcement's county gets NotFound; its author NotACoordinator.
    """

    def __init__(
        self, database: Database, directory: DirectoryService, wake: Callable[[], None]
    ) -> None:
        self.database = database
        self.places = directory.places
        self._wake = wake

    async def save_draft(
        self, person: Person, draft: Draft, *, id: int | None = None
    ) -> Announcement:
        """Keep a new draft, or a changed one.

        Raises NotACoordinator, OutsideCounty, DraftIncomplete; for an `id` also NotFound and
        AlreadySent.
        """
        async with self.database.write() as tx:
            await access.must_coordinate(tx, person, draft.county)
            draft = checked(draft, self.places)
            if id is None:
                id = await repository.add(tx, person, draft, datetime.now(UTC))
            known = await access.get_for_update(tx, person, id)
            if known.status is not AnnouncementStatus.DRAFT:
                raise AlreadySent(known)
            changed = replace(known, draft=draft)
            await repository.save(tx, changed)
            return changed

    async def get(self, person: Person, announcement_id: int) -> Announcement:
        """One announcement of the person's county. Raises NotFound."""
        async with self.database.read() as tx:
            return await access.get(tx, person, announcement_id)

    async def list_mine(self, person: Person, limit: int = 5) -> list[Announcement]:
        """What the person has written for counties they still act for, the newest first."""
        async with self.database.read() as tx:
            counties = await access.counties_of(tx, person)
            return await repository.list_by_author(
                tx, person.tenant_id, person.object_id, counties, limit
            )

    async def reach(self, person: Person, announcement_id: int) -> Reach:
        """Count whom it would reach if it were sent now. Sends nothing. Raises NotFound."""
        async with self.database.read() as tx:
            announcement = await access.get(tx, person, announcement_id)
            return await audience.reach(tx, announcement.draft, self.places)

    async def send(
        self,
        person: Person,
        announcement_id: int,
        *,
        now: datetime,
        card: dict[str, Any],
        summary: str,
    ) -> Announcement:
        """Send it to everybody it reaches now; once, however often it is tapped.

        Raises AlreadySent with the announcement for every tap but the first, and NobodyToReach,
        NotACoordinator, NotFound.
        """
        async with self.database.write() as tx:
            draft = await access.get_for_update(tx, person, announcement_id)
            if draft.status is not AnnouncementStatus.DRAFT:
                raise AlreadySent(draft)
            targets = await audience.list_targets(tx, draft.draft, self.places)
            if not targets:
                raise NobodyToReach
            message_id = await outbox.enqueue(
                tx,
                self.database,
                group_key=draft.group_key,
                message=Message(card=card, summary=summary),
                targets=targets,
            )
            sent = replace(
                draft, status=AnnouncementStatus.SENT, sent_at=now, message_id=message_id
            )
            await repository.save(tx, sent)
            await progress.watch(tx, self.database, sent.id)
        self._wake()
        return sent


def checked(draft: Draft, places: Places) -> Draft:
    """The draft without loose spaces. Raises DraftIncomplete, OutsideCounty."""
    tidy = draft.tidy()
    if tidy.faults:
        raise DraftIncomplete(tidy.faults)
    inside = {place.code for place in places.municipalities_of(tidy.county)}
    outside = tuple(code for code in tidy.municipalities if code not in inside)
    if outside:
        raise OutsideCounty(outside)
    return tidy
