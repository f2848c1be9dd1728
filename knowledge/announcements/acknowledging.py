"""Receiving “Jag har läst”: once per person, for what has come to their organisation."""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Select, Text, cast, literal, select

from knowledge.announcements import repository
from knowledge.announcements.acknowledgements import acknowledgements
from knowledge.announcements.models import OUT, Announcement, announcements, gathered
from knowledge.announcements.refusals import NothingToAcknowledge
from knowledge.delivery.models import Action, Status, deliveries
from knowledge.directory.models import Person
from knowledge.storage.database import Database, Reading, Writing


class AcknowledgementService:
    """Receives acknowledgements. What a card says is not enough: it must have come to them."""

    def __init__(
        self, database: Database, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.database = database
        self.now = now

    async def acknowledge(self, person: Person, announcement_id: int) -> Announcement:
        """The person has read this announcement; a second time changes nothing.

        Raises NothingToAcknowledge when it does not ask for it, was taken back or never came to
        the person's organisation.
        """
        async with self.database.write() as tx:
            known = await repository.find(tx, announcement_id)
            if known is None or not await _has_come(tx, person, known):
                raise NothingToAcknowledge
            row = self.database.insert(acknowledgements).values(
                announcement_id=known.id,
                tenant_id=person.tenant_id,
                object_id=person.object_id,
                at=self.now(),
            )
            await tx.execute(row.on_conflict_do_nothing())
            return known

    async def acknowledge_latest(self, person: Person) -> Announcement:
        """The same for the one that came last, to the person or else to a channel near them.

        Raises NothingToAcknowledge.
        """
        async with self.database.read() as tx:
            own = _that_came(person).where(deliveries.c.target == f"person:{person.id}")
            near = _that_came(person).where(deliveries.c.is_person.is_(False))
            found: list[int] = []
            for way in (own, _that_was_gathered(person), near):
                found += (await tx.execute(way)).scalars()
        if not found:
            raise NothingToAcknowledge
        return await self.acknowledge(person, found[0])


async def _has_come(tx: Reading | Writing, person: Person, known: Announcement) -> bool:
    ways = (_that_came(person), _that_was_gathered(person))
    found = [await tx.execute(way.where(announcements.c.id == known.id)) for way in ways]
    return any(rows.first() for rows in found)


def _that_came(person: Person) -> Select[int]:
    """Ids of announcements that ask for it and came to the person's organisation, newest first."""
    group = literal("announcement:").concat(cast(announcements.c.id, Text))
    return _newest_asking().where(
        deliveries.c.group_key == group,
        deliveries.c.tenant_id == person.tenant_id,
        deliveries.c.action == Action.POST,
        deliveries.c.status.in_((Status.SENT, Status.UNCERTAIN)),
    )


def _that_was_gathered(person: Person) -> Select[int]:
    """The same of those that a weekly message has told the person of."""
    return _newest_asking().where(
        gathered.c.announcement_id == announcements.c.id,
        gathered.c.person_id == person.id,
        gathered.c.tenant_id == person.tenant_id,
        gathered.c.told_at.is_not(None),
    )


def _newest_asking() -> Select[int]:
    return (
        select(announcements.c.id)
        .where(announcements.c.acknowledge, announcements.c.status.in_(OUT))
        .order_by(announcements.c.sent_at.desc(), announcements.c.id.desc())
        .limit(1)
    )
