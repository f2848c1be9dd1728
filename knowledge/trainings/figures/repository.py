"""What is counted of a year's trainings."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select, union

from knowledge.directory.models import people
from knowledge.storage.database import Reading
from knowledge.trainings.attendance.models import attendance
from knowledge.trainings.models import SignupStatus, Training, signups, trainings
from knowledge.trainings.repository import PUBLISHED
from knowledge.trainings.rows import owned_by_any, training_from

HAS_SEAT = signups.c.status == SignupStatus.CONFIRMED.value


async def list_between(
    tx: Reading, county: str, since: datetime, until: datetime
) -> list[Training]:
    """Published trainings that begin then, whatever became of them. `county` "": all."""
    query = (
        select(trainings)
        .where(trainings.c.starts_at >= since, trainings.c.starts_at < until, PUBLISHED)
        .order_by(trainings.c.starts_at, trainings.c.id)
    )
    if county:
        query = query.where(owned_by_any([county]))
    return [training_from(row) for row in (await tx.execute(query)).mappings()]


async def count_by_training(
    tx: Reading, ids: Sequence[int], counted: ColumnElement[bool] = HAS_SEAT
) -> dict[int, int]:
    """How many sign-ups of each training are counted."""
    query = (
        select(signups.c.training_id, func.count())
        .where(signups.c.training_id.in_(ids), counted)
        .group_by(signups.c.training_id)
    )
    found = defaultdict[int, int](int)
    for training_id, count in await tx.execute(query):
        found[training_id] = count
    return found


async def count_walk_ins(tx: Reading, ids: Sequence[int]) -> dict[int, int]:
    """How many came to each training without a seat."""
    walked = _walked(ids).subquery()
    query = select(walked.c.training_id, func.count(walked.c.person_id.distinct()))
    rows = await tx.execute(query.group_by(walked.c.training_id))
    return defaultdict(int, {training_id: count for training_id, count in rows})


async def who_took_part(tx: Reading, ids: Sequence[int]) -> tuple[int, list[str]]:
    """How many different people had a seat or came without, and the municipalities that they work
    in."""
    seated = select(signups.c.training_id, signups.c.person_id)
    seated = seated.where(signups.c.training_id.in_(ids), HAS_SEAT)
    them = union(seated, _walked(ids)).subquery()
    persons = await tx.execute(select(func.count(them.c.person_id.distinct())))
    query = (
        select(people.c.municipality)
        .join(them, people.c.id == them.c.person_id)
        .where(people.c.municipality.is_not(None))
        .distinct()
    )
    return int(persons.scalar_one()), [*(await tx.execute(query)).scalars()]


def _walked(ids: Sequence[int]) -> Select[tuple[int, int]]:
    its = signups.c.training_id == attendance.c.training_id
    has_seat = select(signups.c.id).where(
        its, signups.c.person_id == attendance.c.person_id, HAS_SEAT
    )
    return select(attendance.c.training_id, attendance.c.person_id).where(
        attendance.c.training_id.in_(ids), attendance.c.walk_in, ~has_seat.exists()
    )
