"""Rows about trainings and sign-ups."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import RowMapping, Select, Text, cast, func, literal, select, update
from sqlalchemy import insert as insert_row

from knowledge.delivery.models import Action, Status, deliveries
from knowledge.directory.models import Person, people
from knowledge.directory.repository import person_from
from knowledge.storage.database import Reading, Writing
from knowledge.trainings.entries import next_entry
from knowledge.trainings.models import (
    Signup,
    SignupStatus,
    Training,
    TrainingStatus,
    Wanted,
    signups,
    trainings,
)

LIVE = signups.c.status != SignupStatus.WITHDRAWN.value


async def list_trainings(tx: Reading | Writing, wanted: Wanted, limit: int) -> list[Training]:
    """Open trainings, the soonest first."""
    query = (
        select(trainings)
        .where(trainings.c.status == TrainingStatus.OPEN.value)
        .order_by(trainings.c.starts_at, trainings.c.id)
        .limit(limit)
    )
    if wanted.counties:
        query = query.where(trainings.c.county.in_(wanted.counties))
    if wanted.theme:
        query = query.where(trainings.c.themes.contains(f",{wanted.theme},", autoescape=True))
    if wanted.since:
        query = query.where(trainings.c.starts_at >= wanted.since)
    if wanted.until:
        query = query.where(trainings.c.starts_at < wanted.until)
    return [_training(row) for row in (await tx.execute(query)).mappings()]


async def list_held_in(
    tx: Reading | Writing, counties: Sequence[str], since: datetime, limit: int
) -> list[Training]:
    """Trainings of any state in these counties that end after `since`, the soonest first."""
    query = (
        select(trainings)
        .where(trainings.c.county.in_(counties), trainings.c.ends_at > since)
        .order_by(trainings.c.starts_at, trainings.c.id)
        .limit(limit)
    )
    return [_training(row) for row in (await tx.execute(query)).mappings()]


async def list_added(
    tx: Reading | Writing, county: str, since: datetime, now: datetime
) -> list[Training]:
    """Open trainings in the county that were added after `since` and have not begun."""
    query = (
        select(trainings)
        .where(
            trainings.c.county == county,
            trainings.c.added_at > since,
            trainings.c.starts_at > now,
            trainings.c.status == TrainingStatus.OPEN.value,
        )
        .order_by(trainings.c.starts_at, trainings.c.id)
    )
    return [_training(row) for row in (await tx.execute(query)).mappings()]


async def find_training(tx: Reading | Writing, training_id: int) -> Training | None:
    return await _one_training(tx, select(trainings).where(trainings.c.id == training_id))


async def find_training_for_update(tx: Writing, training_id: int) -> Training | None:
    """The training, locked until the transaction ends: seats are counted behind this lock.

    PostgreSQL locks the row; on SQLite BEGIN IMMEDIATE has locked everything already.
    """
    query = select(trainings).where(trainings.c.id == training_id).with_for_update()
    return await _one_training(tx, query)


async def find_signup(tx: Reading | Writing, training: Training, person_id: int) -> Signup | None:
    """The person's live sign-up, with the place in line when waiting."""
    query = select(signups).where(
        signups.c.training_id == training.id, signups.c.person_id == person_id, LIVE
    )
    row = (await tx.execute(query)).mappings().one_or_none()
    return None if row is None else await _signup(tx, row, training)


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


async def take_seat(tx: Writing, training_id: int) -> bool:
    """Take a seat if one is left and nobody waits for it."""
    waiting = (
        select(signups.c.id)
        .where(
            signups.c.training_id == training_id,
            signups.c.status == SignupStatus.WAITING.value,
        )
        .exists()
    )
    taken = await tx.execute(
        update(trainings)
        .where(trainings.c.id == training_id, trainings.c.taken < trainings.c.seats, ~waiting)
        .values(taken=trainings.c.taken + 1)
    )
    return bool(taken.rowcount)


async def give_seat_back(tx: Writing, training_id: int) -> None:
    await tx.execute(
        update(trainings).where(trainings.c.id == training_id).values(taken=trainings.c.taken - 1)
    )


async def insert_signup(
    tx: Writing,
    *,
    training_id: int,
    person_id: int,
    status: SignupStatus,
    calendar_token: str,
    now: datetime,
) -> None:
    """A new sign-up, which in calendars takes the place of what the person had of it before."""
    uid, sequence = await next_entry(tx, training_id, person_id)
    await tx.execute(
        insert_row(signups).values(
            training_id=training_id,
            person_id=person_id,
            status=status.value,
            calendar_token=calendar_token,
            calendar_uid=uid,
            calendar_sequence=sequence,
            created_at=now,
        )
    )


async def set_status(tx: Writing, signup_id: int, status: SignupStatus) -> None:
    """What calendars have of it is older from now on."""
    values = {"status": status.value, "calendar_sequence": signups.c.calendar_sequence + 1}
    await tx.execute(update(signups).where(signups.c.id == signup_id).values(values))


async def first_in_line(tx: Writing, training_id: int) -> tuple[int, RowMapping] | None:
    """The longest waiting sign-up's id, and the person's row."""
    query = (
        select(signups.c.id.label("signup_id"), people)
        .join(people, people.c.id == signups.c.person_id)
        .where(
            signups.c.training_id == training_id,
            signups.c.status == SignupStatus.WAITING.value,
        )
        .order_by(signups.c.id)
        .limit(1)
    )
    row = (await tx.execute(query)).mappings().one_or_none()
    return None if row is None else (row["signup_id"], row)


async def find_participant(
    tx: Writing, training: Training, person_id: int
) -> tuple[Person, Signup] | None:
    """Somebody who has a place, with the sign-up."""
    signup = await find_signup(tx, training, person_id)
    if signup is None or signup.status is not SignupStatus.CONFIRMED:
        return None
    row = await tx.execute(select(people).where(people.c.id == person_id))
    return person_from(row.mappings().one()), signup


async def insert_training(tx: Writing, training: Training, now: datetime) -> int:
    """Store a new training, added `now`; its `id` is ignored. Returns the id it got."""
    result = await tx.execute(
        insert_row(trainings)
        .values(
            title=training.title,
            county=training.county,
            themes="," + ",".join(training.themes) + ",",
            place=training.place,
            starts_at=training.starts_at,
            ends_at=training.ends_at,
            seats=training.seats,
            taken=training.taken,
            summary=training.summary,
            status=training.status.value,
            added_at=now,
        )
        .returning(trainings.c.id)
    )
    return int(result.scalar_one())


async def count_trainings(tx: Reading | Writing, since: datetime) -> int:
    """How many begin after `since`."""
    query = select(func.count()).where(trainings.c.starts_at > since)
    return int((await tx.execute(query)).scalar_one())


async def _one_training(
    tx: Reading | Writing, query: Select[tuple[object, ...]]
) -> Training | None:
    row = (await tx.execute(query)).mappings().one_or_none()
    return None if row is None else _training(row)


async def _signup(tx: Reading | Writing, row: RowMapping, training: Training) -> Signup:
    status = SignupStatus(row["status"])
    place = 0
    if status is SignupStatus.WAITING:
        ahead = select(func.count()).where(
            signups.c.training_id == training.id,
            signups.c.status == SignupStatus.WAITING.value,
            signups.c.id <= row["id"],
        )
        place = int((await tx.execute(ahead)).scalar_one())
    return Signup(
        id=row["id"],
        training=training,
        status=status,
        calendar_token=row["calendar_token"],
        calendar_uid=row["calendar_uid"],
        calendar_sequence=row["calendar_sequence"],
        place_in_line=place,
    )


def _training(row: RowMapping) -> Training:
    return Training(
        id=row["id"],
        title=row["title"],
        county=row["county"],
        themes=tuple(theme for theme in row["themes"].split(",") if theme),
        place=row["place"],
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        seats=row["seats"],
        taken=row["taken"],
        summary=row["summary"],
        status=TrainingStatus(row["status"]),
        sequence=row["sequence"],
    )
