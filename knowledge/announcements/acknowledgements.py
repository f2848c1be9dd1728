"""Who has confirmed to have read an announcement, and who was asked and has not.

Asked are the people it has reached in their own chats. Who reads it in a channel may acknowledge
it, too, but nobody knows who they all are.
"""

from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, Select, Table, Text, func, select

from knowledge.announcements.models import Announcement
from knowledge.announcements.sent_models import InMunicipality
from knowledge.announcements.sent_rows import person_id, posts
from knowledge.delivery.models import Status, deliveries
from knowledge.directory.models import Person, people
from knowledge.directory.places import Places
from knowledge.directory.repository import person_from
from knowledge.storage.database import Moment, Reading, Writing, metadata

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
    if not announcement.draft.acknowledge:
        return 0, 0
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
    """What is wanted of each person that was reached, beside what the person did."""
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
    )
