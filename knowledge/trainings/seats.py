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
from knowledge.trainings.quotas import repository as quotas
from knowledge.trainings.quotas.models import Room
from knowledge.trainings.repository import waits_for


async def take_seats(
    tx: Writing, training: Training, person_ids: Sequence[int], now: datetime
) -> tuple[Training, list[int]]:
    """A seat for each of these people, in order, for whom one is left; for nobody while somebody
    waits who could have it.

    Returns the training with those seats taken, and who has got one.
    """
    room = await quotas.room_of(tx, training, now)
    if not room.left:
        return training, []
    waiting = _line(training.id, people.c.municipality).distinct()
    if any(room.fits(one) for one in (await tx.execute(waiting)).scalars()):
        return training, []
    belongs = await quotas.municipalities_of(tx, person_ids) if room.is_by_place else {}
    seated = [id_ for id_ in person_ids if room.take(belongs.get(id_, ""))]
    return await quotas.note_taken(tx, training, room), seated


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


async def first_in_line(tx: Writing, training_id: int, room: Room) -> dict[int, Person]:
    """The longest waiting sign-ups for whom there is a seat, by their ids; and whose they are, in
    order. The seats are taken out of `room`.

    Passed over are those who are known to be gone, who let an offer go by, and who have one now;
    they keep their place in line.
    """
    query = _line(training_id, signups.c.id.label("signup_id"), people).order_by(signups.c.id)
    query = query if room.is_by_place else query.limit(room.left)
    rows = (await tx.execute(query)).mappings()
    return {row["signup_id"]: person_from(row) for row in rows if room.take(row["municipality"])}


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
