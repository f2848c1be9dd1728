"""Rows about whose week is due, and what has been gathered for them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, update

from knowledge.announcements.models import AnnouncementStatus, announcements, gathered
from knowledge.delivery.messenger import Message
from knowledge.delivery.models import from_payload, messages
from knowledge.digests.models import Gathered
from knowledge.directory.models import Person, people
from knowledge.directory.repository import person_from
from knowledge.storage.database import Reading, Writing


@dataclass(frozen=True)
class Due:
    """Somebody to be told, and up to when everything has been told before."""

    person: Person
    told_at: datetime | None


_UNTOLD = select(gathered.c.person_id).where(gathered.c.told_at.is_(None))


async def list_due(tx: Reading, monday: datetime) -> list[Due]:
    """Those who want a weekly message, or have something left in one, and got none since."""
    query = select(people).where(
        people.c.installed,
        ~people.c.muted,
        or_(people.c.weekly, people.c.id.in_(_UNTOLD)),
        or_(people.c.weekly_told_at.is_(None), people.c.weekly_told_at < monday),
    )
    rows = (await tx.execute(query.order_by(people.c.id))).mappings()
    return [Due(person_from(row), row["weekly_told_at"]) for row in rows]


async def take_week(tx: Writing, person_id: int, monday: datetime, now: datetime) -> bool:
    """Make this person's week ours; of several processes one succeeds."""
    table = people.c
    due = or_(table.weekly_told_at.is_(None), table.weekly_told_at < monday)
    taken = await tx.execute(
        update(people).where(table.id == person_id, due).values(weekly_told_at=now)
    )
    return bool(taken.rowcount)


async def take_gathered(tx: Writing, person_id: int, now: datetime) -> tuple[Gathered, ...]:
    """What is to be told, marked as told; without what has been taken back meanwhile."""
    untold = (gathered.c.person_id == person_id, gathered.c.told_at.is_(None))
    query = (
        select(announcements.c.id, announcements.c.heading, announcements.c.county)
        .join(gathered, gathered.c.announcement_id == announcements.c.id)
        .where(*untold, announcements.c.status == AnnouncementStatus.SENT)
        .order_by(announcements.c.id)
    )
    found = tuple(Gathered(*row) for row in await tx.execute(query))
    await tx.execute(update(gathered).where(*untold).values(told_at=now))
    return found


async def list_latest(tx: Reading, person: Person) -> list[int]:
    """The announcements in the person's latest weekly message, in the order they stood there."""
    own = (gathered.c.person_id == person.id) & (gathered.c.tenant_id == person.tenant_id)
    latest = select(func.max(gathered.c.told_at)).where(own).scalar_subquery()
    query = select(gathered.c.announcement_id).join(
        announcements, announcements.c.id == gathered.c.announcement_id
    )
    query = query.where(
        own,
        gathered.c.told_at == latest,
        announcements.c.status == AnnouncementStatus.SENT,
    )
    return list((await tx.execute(query.order_by(gathered.c.announcement_id))).scalars())


async def find_post(tx: Reading, person: Person, announcement_id: int) -> Message | None:
    """The announcement as it was sent, or corrected, if it was kept for this person."""
    query = (
        select(messages.c.payload)
        .join(announcements, announcements.c.message_id == messages.c.id)
        .join(gathered, gathered.c.announcement_id == announcements.c.id)
        .where(
            announcements.c.id == announcement_id,
            announcements.c.status == AnnouncementStatus.SENT,
            gathered.c.person_id == person.id,
            gathered.c.tenant_id == person.tenant_id,
            gathered.c.told_at.is_not(None),
        )
    )
    payload = (await tx.execute(query)).scalar_one_or_none()
    return None if payload is None else from_payload(payload)
