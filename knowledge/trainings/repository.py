"""Rows about trainings and sign-ups."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    Text,
    cast,
    func,
    literal,
    select,
)
from sqlalchemy import insert as insert_row

from knowledge.delivery.models import Action, Status, deliveries
from knowledge.directory.models import NATIONAL, Person, people
from knowledge.directory.repository import person_from
from knowledge.storage.database import Reading, Writing
from knowledge.trainings import history
from knowledge.trainings.history import Act
from knowledge.trainings.models import (
    NOT_PUBLISHED,
    Signup,
    SignupStatus,
    Training,
    TrainingStatus,
    Wanted,
    signups,
    trainings,
)
from knowledge.trainings.rows import any_of, owned_by_any, row_of, training_from

LIVE = signups.c.status != SignupStatus.WITHDRAWN.value
PUBLISHED = trainings.c.status.not_in([one.value for one in NOT_PUBLISHED])


async def list_trainings(
    tx: Reading | Writing, wanted: Wanted, now: datetime, limit: int
) -> list[Training]:
    """Trainings whose sign-up is open, the soonest first."""
    last = trainings.c.sign_up_until
    query = (
        select(trainings)
        .where(
            trainings.c.status == TrainingStatus.OPEN.value,
            trainings.c.starts_at > now,
            last.is_(None) | (last > now),
        )
        .order_by(trainings.c.starts_at, trainings.c.id)
        .limit(limit)
    )
    if wanted.counties:
        query = query.where(owned_by_any(wanted.counties))
    if wanted.themes:
        query = query.where(any_of(trainings.c.themes, wanted.themes))
    if wanted.free:
        query = query.where(trainings.c.taken < trainings.c.seats)
    if wanted.since:
        query = query.where(trainings.c.ends_at >= wanted.since)
    if wanted.until:
        query = query.where(trainings.c.starts_at < wanted.until)
    return [training_from(row) for row in (await tx.execute(query)).mappings()]


async def list_told_of(tx: Reading, since: datetime, limit: int) -> list[Training]:
    """Published trainings of any state that begin after `since`, the soonest first."""
    query = (
        select(trainings)
        .where(trainings.c.starts_at >= since, PUBLISHED)
        .order_by(trainings.c.starts_at, trainings.c.id)
        .limit(limit)
    )
    return [training_from(row) for row in (await tx.execute(query)).mappings()]


async def list_by_ids(tx: Reading | Writing, ids: Sequence[int]) -> list[Training]:
    """These trainings, whatever has become of them, in any order; no drafts."""
    query = select(trainings).where(trainings.c.id.in_(ids), PUBLISHED)
    return [training_from(row) for row in (await tx.execute(query)).mappings()]


async def list_held_in(
    tx: Reading | Writing, counties: Sequence[str], since: datetime, limit: int
) -> list[Training]:
    """Published trainings of these counties that end after `since`, the soonest first."""
    query = (
        select(trainings)
        .where(owned_by_any(counties), trainings.c.ends_at > since, PUBLISHED)
        .order_by(trainings.c.starts_at, trainings.c.id)
        .limit(limit)
    )
    return [training_from(row) for row in (await tx.execute(query)).mappings()]


async def list_added(
    tx: Reading | Writing, county: str, since: datetime, now: datetime
) -> list[Training]:
    """Open trainings of the county or the nation, added after `since`, that have not begun."""
    query = (
        select(trainings)
        .where(
            owned_by_any([county, NATIONAL]),
            trainings.c.added_at > since,
            trainings.c.starts_at > now,
            trainings.c.status == TrainingStatus.OPEN.value,
        )
        .order_by(trainings.c.starts_at, trainings.c.id)
    )
    return [training_from(row) for row in (await tx.execute(query)).mappings()]


async def find_training(tx: Reading | Writing, training_id: int) -> Training | None:
    """The training, unless it is a draft."""
    return await _one_training(
        tx, select(trainings).where(trainings.c.id == training_id, PUBLISHED)
    )


async def find_training_for_update(tx: Writing, training_id: int) -> Training | None:
    """The training, locked until the transaction ends: seats are counted behind this lock.

    PostgreSQL locks the row; on SQLite BEGIN IMMEDIATE has locked everything already.
    """
    its = trainings.c.id == training_id
    return await _one_training(
        tx, select(trainings).where(its, PUBLISHED).with_for_update(key_share=True)
    )


async def find_signup(tx: Reading | Writing, training: Training, person_id: int) -> Signup | None:
    """The person's live sign-up, with the place in line when waiting."""
    query = select(signups).where(
        signups.c.training_id == training.id, signups.c.person_id == person_id, LIVE
    )
    row = (await tx.execute(query)).mappings().one_or_none()
    return None if row is None else await _signup(tx, row, training)


async def find_signups(
    tx: Writing, training: Training, person_ids: Sequence[int]
) -> dict[int, Signup]:
    """The live sign-ups of these people, with their places in line. The training is locked."""
    query = select(signups).where(
        signups.c.training_id == training.id, signups.c.person_id.in_(person_ids), LIVE
    )
    rows = (await tx.execute(query)).mappings().all()
    waiting = sorted(row["id"] for row in rows if row["status"] == SignupStatus.WAITING.value)
    places = await _places(tx, training.id, waiting)
    return {row["person_id"]: signup_from(row, training, places.get(row["id"], 0)) for row in rows}


async def find_own(tx: Reading, person_id: int, known: Mapping[int, Training]) -> dict[int, Signup]:
    """The person's live sign-ups to these trainings, by the training."""
    query = select(signups).where(
        signups.c.person_id == person_id, signups.c.training_id.in_([*known]), LIVE
    )
    rows = (await tx.execute(query)).mappings().all()
    return {row["training_id"]: await _signup(tx, row, known[row["training_id"]]) for row in rows}


async def find_signup_by_token(tx: Reading, token: str) -> Signup | None:
    """The person's live sign-up to the training whose link it is, or the withdrawn one."""
    query = select(signups).where(signups.c.calendar_token == token)
    row = (await tx.execute(query)).mappings().one_or_none()
    training = await find_training(tx, row["training_id"]) if row else None
    if row is None or training is None:
        return None
    live = await find_signup(tx, training, row["person_id"])
    return live or await _signup(tx, row, training)


async def list_signups(tx: Reading, person_id: int, since: datetime) -> list[Signup]:
    """The person's live sign-ups to trainings that end after `since`, the soonest first."""
    query = (
        select(signups, trainings.c.starts_at)
        .join(trainings)
        .where(signups.c.person_id == person_id, LIVE, trainings.c.ends_at > since)
        .order_by(trainings.c.starts_at, trainings.c.id)
    )
    found = []
    for row in (await tx.execute(query)).mappings().all():
        training = await find_training(tx, row["training_id"])
        if training is not None:
            found.append(await _signup(tx, row, training))
    return found


async def count_signups_led_to(
    tx: Reading, training_id: int, group_key: str, since: datetime
) -> int:
    """Live sign-ups since, by people whom the group reached: in their chat or their organisation's
    channels."""
    row = deliveries.c
    arrived = (row.group_key == group_key) & (row.action == Action.POST)
    arrived &= row.status == Status.SENT
    targets = select(row.target).where(arrived, row.is_person)
    tenants = select(row.tenant_id).where(arrived, ~row.is_person)
    target = literal("person:").concat(cast(people.c.id, Text))
    query = (
        select(func.count(signups.c.id))
        .join(people, people.c.id == signups.c.person_id)
        .where(
            signups.c.training_id == training_id,
            LIVE,
            signups.c.created_at >= since,
            target.in_(targets) | people.c.tenant_id.in_(tenants),
        )
    )
    return int((await tx.execute(query)).scalar_one())


async def count_in_line(tx: Reading, ids: Sequence[int]) -> dict[int, int]:
    """How many wait, by the training; those for which nobody does are left out."""
    waits = signups.c.status == SignupStatus.WAITING.value
    query = select(signups.c.training_id, func.count()).where(signups.c.training_id.in_(ids), waits)
    return {id_: n for id_, n in await tx.execute(query.group_by(signups.c.training_id))}


async def find_participant(
    tx: Writing, training: Training, person_id: int
) -> tuple[Person, Signup] | None:
    """Somebody who has a place, with the sign-up."""
    signup = await find_signup(tx, training, person_id)
    if signup is None or signup.status is not SignupStatus.CONFIRMED:
        return None
    row = await tx.execute(select(people).where(people.c.id == person_id))
    return person_from(row.mappings().one()), signup


async def insert_training(tx: Writing, training: Training, act: Act) -> int:
    """Store a new training; its `id` is ignored. Returns the id it got."""
    shown = None if training.status in NOT_PUBLISHED else act.at
    kept = {"reserved": sum(one.seats for one in training.quotas)}
    added = insert_row(trainings).values(**row_of(training) | kept, added_at=shown)
    id_ = int((await tx.execute(added.returning(trainings.c.id))).scalar_one())
    await history.note_training(tx, act, id_, None, training.status)
    return id_


async def count_trainings(tx: Reading | Writing, since: datetime) -> int:
    """How many begin after `since`."""
    query = select(func.count()).where(trainings.c.starts_at > since)
    return int((await tx.execute(query)).scalar_one())


async def _one_training(
    tx: Reading | Writing, query: Select[tuple[object, ...]]
) -> Training | None:
    row = (await tx.execute(query)).mappings().one_or_none()
    return None if row is None else training_from(row)


async def _signup(tx: Reading | Writing, row: RowMapping, training: Training) -> Signup:
    waits = row["status"] == SignupStatus.WAITING.value
    places = await _places(tx, training.id, [row["id"]] if waits else [])
    return signup_from(row, training, places.get(row["id"], 0))


async def _places(
    tx: Reading | Writing, training_id: int, waiting: Sequence[int]
) -> dict[int, int]:
    """The places in line of these sign-ups, 1 for the first."""
    if not waiting:
        return {}
    number = func.row_number().over(order_by=signups.c.id)
    line = select(signups.c.id, number.label("place")).where(*waits_for(training_id)).subquery()
    rows = await tx.execute(select(line.c.id, line.c.place).where(line.c.id.in_(waiting)))
    return {id_: place for id_, place in rows}


def waits_for(training_id: int) -> tuple[ColumnElement[bool], ...]:
    """The conditions on a sign-up that stands in line."""
    return (
        signups.c.training_id == training_id,
        signups.c.status == SignupStatus.WAITING.value,
    )


def signup_from(row: Mapping[str, Any] | RowMapping, training: Training, place: int) -> Signup:
    return Signup(
        id=row["id"],
        training=training,
        status=SignupStatus(row["status"]),
        calendar_token=row["calendar_token"],
        calendar_uid=row["calendar_uid"],
        calendar_sequence=row["calendar_sequence"],
        place_in_line=place,
        since=row["created_at"],
        held_until=row["held_until"],
    )
