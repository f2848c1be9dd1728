"""Rows about trainings as those see them who hold them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select, update

from knowledge.directory.models import people
from knowledge.directory.repository import person_from
from knowledge.storage.database import Reading, Writing
from knowledge.trainings.models import (
    SignupStatus,
    Training,
    TrainingStatus,
    signups,
    trainings,
)
from knowledge.trainings.planning.models import Held, Participant
from knowledge.trainings.repository import LIVE, signup_from
from knowledge.trainings.rows import owned_by_any, row_of, training_from


async def save(tx: Writing, training: Training, *, shown_at: datetime | None = None) -> None:
    """Write everything but the seats taken. `shown_at`: from now on it can be found."""
    row = row_of(training)
    del row["taken"]
    added = {"added_at": shown_at} if shown_at else {}
    its = trainings.c.id == training.id
    await tx.execute(update(trainings).where(its).values(**row, **added))


async def list_held(
    tx: Reading, counties: Sequence[str], since: datetime, limit: int
) -> list[Held]:
    """The trainings of these counties that end after `since`, drafts too; the soonest first."""
    query = (
        select(trainings, _waiting(), _kept())
        .where(
            owned_by_any(counties),
            trainings.c.status != TrainingStatus.DELETED.value,
            or_(trainings.c.status != TrainingStatus.DRAFT.value, _is_written()),
            or_(trainings.c.ends_at > since, trainings.c.status == TrainingStatus.DRAFT.value),
        )
        .order_by(trainings.c.starts_at, trainings.c.id)
        .limit(limit)
    )
    rows = (await tx.execute(query)).mappings()
    return [Held(training_from(row), row["waiting"], row["kept"]) for row in rows]


async def list_series(
    tx: Reading | Writing, series: int | None, *, for_update: bool = False
) -> list[Training]:
    """All that people sign up for one by one, the soonest first; none for what stands alone."""
    if series is None:
        return []
    query = (
        select(trainings)
        .where(trainings.c.series == series, trainings.c.status != TrainingStatus.DELETED.value)
        .order_by(trainings.c.starts_at, trainings.c.id)
    )
    query = query.with_for_update(key_share=True) if for_update else query
    return [training_from(row) for row in (await tx.execute(query)).mappings()]


async def held_of(tx: Reading, training: Training, series: Sequence[Training] = ()) -> Held:
    """The training as those see it who hold it."""
    query = select(_waiting(), _kept()).where(trainings.c.id == training.id)
    row = (await tx.execute(query.select_from(trainings))).one()
    return Held(training, row.waiting, row.kept, tuple(series))


async def list_taking_part(tx: Reading | Writing, training: Training) -> list[Participant]:
    """Everybody who has a seat or stands in line, the first to sign up first."""
    columns = [one.label(f"signup_{one.name}") for one in signups.c]
    query = (
        select(people, *columns)
        .join(people, people.c.id == signups.c.person_id)
        .where(signups.c.training_id == training.id, LIVE)
        .order_by(signups.c.id)
    )
    found, place = list[Participant](), 0
    for row in (await tx.execute(query)).mappings():
        signup = {one.name: row[f"signup_{one.name}"] for one in signups.c}
        is_waiting = signup["status"] == SignupStatus.WAITING.value
        place += is_waiting
        known = signup_from(signup, training, place if is_waiting else 0)
        found.append(Participant(person_from(row), known))
    return found


def _is_written() -> ColumnElement[bool]:
    """Drafts of a series are written together, in the first of them."""
    return or_(trainings.c.series.is_(None), trainings.c.series == trainings.c.id)


def _waiting() -> ColumnElement[int]:
    query = select(func.count()).where(signups.c.training_id == trainings.c.id, _waits())
    return query.scalar_subquery().label("waiting")


def _kept() -> ColumnElement[int]:
    its = signups.c.training_id == trainings.c.id
    query = select(func.count()).where(its, signups.c.held_until.is_not(None))
    return query.scalar_subquery().label("kept")


def _waits() -> ColumnElement[bool]:
    return signups.c.status == SignupStatus.WAITING.value
