"""Withdrawals that can still be undone: the history tells of them."""

from typing import Any

from sqlalchemy import Select, select

from knowledge.storage.database import Reading, Writing
from knowledge.trainings import seats
from knowledge.trainings.history import Act, training_history
from knowledge.trainings.holding import UNDO
from knowledge.trainings.models import SignupStatus, signups


async def find_latest(tx: Reading, act: Act) -> int | None:
    """Which training the person left last, within the time to undo it."""
    row = training_history.c
    training_id: int | None = (await tx.execute(_left(act, row.training_id))).scalar_one_or_none()
    return training_id


async def find_left_line(tx: Writing, training_id: int, act: Act) -> int | None:
    """The sign-up of the place in line that the person has just left; None for a seat."""
    row = training_history.c
    left = _left(act, row.signup_id, row.was).where(row.training_id == training_id)
    last = (await tx.execute(left)).one_or_none()
    return last.signup_id if last and last.was == SignupStatus.WAITING.value else None


async def stand_again(tx: Writing, act: Act, training_id: int, signup_id: int) -> None:
    """The place in line is the same as before: it goes by when the person first signed up."""
    was, waits = SignupStatus.WITHDRAWN, SignupStatus.WAITING
    await seats.set_status(tx, act, training_id, [signup_id], was, waits)


def _left(act: Act, *columns: Any) -> Select[Any]:
    """The last time that the person gave up a place of the own."""
    row = training_history.c
    return (
        select(*columns)
        .join(signups, signups.c.id == row.signup_id)
        .where(
            signups.c.person_id == act.by,
            row.by_person_id == act.by,
            row.became == SignupStatus.WITHDRAWN.value,
            row.at > act.at - UNDO,
        )
        .order_by(row.id.desc())
        .limit(1)
    )
