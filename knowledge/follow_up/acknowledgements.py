"""Who has confirmed to have read an announcement, and who was asked and has not.

Asked are the people it has reached in their own chats. Who reads it in a channel may acknowledge
it, too, but nobody knows who they all are.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    Select,
    Table,
    Text,
    cast,
    false,
    func,
    literal,
    select,
    true,
)

from knowledge.announcements import repository
from knowledge.announcements.models import OUT, Announcement, announcements, gathered
from knowledge.announcements.refusals import NothingToAcknowledge
from knowledge.delivery.models import Action, Status, deliveries
from knowledge.directory.models import Person, people
from knowledge.directory.places import Places
from knowledge.directory.repository import person_from
from knowledge.follow_up.models import InMunicipality
from knowledge.follow_up.rows import person_id, posts
from knowledge.storage.database import Database, Moment, Reading, Writing, metadata

acknowledgements = Table(
    "acknowledgements",
    metadata,
    Column("announcement_id", Integer, ForeignKey("announcements.id"), primary_key=True),
    Column("tenant_id", Text, primary_key=True),
    Column("object_id", Text, primary_key=True),
    Column("at", Moment, nullable=False),
)


async def count(tx: Reading | Writing, announcement: Announcement) -> tuple[int, int]:
    """How many people were asked, and how many of them have acknowledged."""
    query = _asked(announcement, func.count(), func.count(acknowledgements.c.at))
    asked, acknowledged = (await tx.execute(query)).one()
    return asked, acknowledged


async def count_by_municipality(
    tx: Reading | Writing, announcement: Announcement, places: Places
) -> tuple[InMunicipality, ...]:
    """The same for each municipality, in the order of the lists."""
    where = deliveries.c.municipality
    query = _asked(announcement, where, func.count(), func.count(acknowledgements.c.at))
    rows = await tx.execute(query.group_by(where).order_by(where))
    return tuple(InMunicipality(places.name_of(code), *numbers) for code, *numbers in rows)


async def count_all(tx: Reading | Writing, announcement: Announcement) -> int:
    """How many have acknowledged, asked or not."""
    mine = acknowledgements.c.announcement_id == announcement.id
    query = select(func.count()).select_from(acknowledgements).where(mine)
    return int((await tx.execute(query)).scalar_one())


async def list_names(tx: Reading | Writing, announcement: Announcement, most: int) -> list[str]:
    """Those who have acknowledged, asked or not, the latest first."""
    whose = (people.c.tenant_id == acknowledgements.c.tenant_id) & (
        people.c.object_id == acknowledgements.c.object_id
    )
    query = (
        select(people.c.name)
        .join(acknowledgements, whose)
        .where(acknowledgements.c.announcement_id == announcement.id)
        .order_by(acknowledgements.c.at.desc(), people.c.id)
    )
    return [*(await tx.execute(query.limit(most))).scalars()]


def not_acknowledged(announcement: Announcement) -> Select[Any]:
    """The people who were asked and have not."""
    return _asked(announcement, people, deliveries.c.id.label("delivery_id")).where(
        acknowledgements.c.at.is_(None)
    )


async def list_to_remind(tx: Writing, announcement: Announcement) -> list[Person]:
    """The same people, as far as they can still be reached and want to be."""
    reachable = people.c.installed & ~people.c.muted
    query = not_acknowledged(announcement).where(reachable).order_by(people.c.id)
    return [person_from(row) for row in (await tx.execute(query)).mappings()]


def _asked(announcement: Announcement, *columns: Any) -> Select[Any]:
    """What is wanted of each person that was asked, beside what the person did: nobody is where
    it asks for nothing."""
    its = (
        (acknowledgements.c.announcement_id == announcement.id)
        & (acknowledgements.c.tenant_id == people.c.tenant_id)
        & (acknowledgements.c.object_id == people.c.object_id)
    )
    return (
        select(*columns)
        .select_from(deliveries)
        .join(people, people.c.id == person_id())
        .outerjoin(acknowledgements, its)
        .where(posts(announcement), deliveries.c.status == Status.SENT, deliveries.c.is_person)
        .where(true() if announcement.draft.acknowledge else false())
    )


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
