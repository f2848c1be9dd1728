"""Seats and the line for them: what is written while the training is locked."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, select, update

from knowledge.directory.models import Person, people
from knowledge.directory.repository import is_gone, person_from
from knowledge.storage.database import Writing
from knowledge.trainings import history
from knowledge.trainings.entries import next_entries
from knowledge.trainings.history import Act
from knowledge.trainings.models import SignupStatus, Training, signups, trainings
from knowledge.trainings.repository import waits_for


async def take_seats(tx: Writing, training: Training, wanted: int) -> int:
    """Take so many seats, or those that are left; none while somebody waits who can be told.

    Returns how many were taken.
    """
    waiting = _line(training.id, signups.c.id).exists()
    seats = min(wanted, training.seats_left)
    taken = await tx.execute(
        update(trainings)
        .where(
            trainings.c.id == training.id,
            trainings.c.taken + seats <= trainings.c.seats,
            ~waiting,
        )
        .values(taken=trainings.c.taken + seats)
    )
    return seats if taken.rowcount else 0


async def take_for_waiting(tx: Writing, training_id: int, count: int) -> None:
    """So many seats for those who stand first in line."""
    its = trainings.c.id == training_id
    await tx.execute(update(trainings).where(its).values(taken=trainings.c.taken + count))


async def give_seat_back(tx: Writing, training_id: int) -> None:
    await tx.execute(
        update(trainings).where(trainings.c.id == training_id).values(taken=trainings.c.taken - 1)
    )


async def insert_signups(
    tx: Writing,
    training_id: int,
    person_ids: Sequence[int],
    status: SignupStatus,
    now: datetime,
    note: str = "",
) -> None:
    """Sign these people up, in this order: it is that of the waiting list."""
    entries = await next_entries(tx, training_id, person_ids) if person_ids else {}
    rows = [
        {
            "training_id": training_id,
            "person_id": person_id,
            "status": status.value,
            "calendar_token": secrets.token_urlsafe(18),
            "calendar_uid": entries[person_id][0],
            "calendar_sequence": entries[person_id][1],
            "created_at": now,
        }
        for person_id in person_ids
    ]
    if rows:
        await tx.execute(insert(signups), rows)
        await history.note_new_signups(tx, now, training_id, person_ids, status, note)


async def set_status(
    tx: Writing,
    act: Act,
    training_id: int,
    signup_ids: Sequence[int],
    was: SignupStatus,
    became: SignupStatus,
    note: str = "",
) -> None:
    """What calendars have of them is older from now on. No seat is held for them any more."""
    values = {
        "status": became.value,
        "calendar_sequence": signups.c.calendar_sequence + 1,
        "held_until": None,
        "passed_at": None,
    }
    await tx.execute(update(signups).where(signups.c.id.in_(signup_ids)).values(values))
    await history.note_signups(tx, act, training_id, signup_ids, was, became, note)


async def first_in_line(tx: Writing, training_id: int, count: int) -> dict[int, Person]:
    """The longest waiting sign-ups, so many, by their ids; and whose they are, in order.

    Passed over are those who are known to be gone, who let an offer go by, and who have one now;
    they keep their place in line.
    """
    query = _line(training_id, signups.c.id.label("signup_id"), people)
    rows = await tx.execute(query.order_by(signups.c.id).limit(count))
    return {row["signup_id"]: person_from(row) for row in rows.mappings()}


def _line(training_id: int, *columns: Any) -> Select[Any]:
    """Those who wait and can be told that a seat is theirs."""
    return (
        select(*columns)
        .select_from(signups)
        .join(people, people.c.id == signups.c.person_id)
        .where(
            *waits_for(training_id),
            signups.c.held_until.is_(None),
            signups.c.passed_at.is_(None),
            ~is_gone(),
        )
    )
