"""Giving people their places, and taking them back: a seat or the end of the line, a reminder, and
whoever is next. The training is locked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from knowledge.storage.database import Database, Writing
from knowledge.trainings import repository, seats
from knowledge.trainings.history import Act
from knowledge.trainings.models import Signup, SignupStatus, Training
from knowledge.trainings.promotion import Promotion
from knowledge.trainings.reminders import cancel_reminder, set_reminders


async def give(
    tx: Writing,
    database: Database,
    training: Training,
    new: Sequence[int],
    now: datetime,
    note: str = "",
) -> dict[int, Signup]:
    """The seats that are left to the first of these people, the end of the line to the rest."""
    if not new:
        return {}
    seated = await seats.take_seats(tx, training, len(new))
    confirmed, waiting = SignupStatus.CONFIRMED, SignupStatus.WAITING
    await seats.insert_signups(tx, training.id, new[:seated], confirmed, now, note)
    await seats.insert_signups(tx, training.id, new[seated:], waiting, now, note)
    await set_reminders(tx, database, training, new[:seated], now)
    taken = replace(training, taken=training.taken + seated)
    return await repository.find_signups(tx, taken, new)


async def give_back(
    tx: Writing, promotion: Promotion, act: Act, signup: Signup, person_id: int, note: str = ""
) -> None:
    """The place is nobody's, and a seat the next one's. `note`: why, where others do it."""
    training, withdrawn = signup.training, SignupStatus.WITHDRAWN
    await seats.set_status(tx, act, training.id, [signup.id], signup.status, withdrawn, note)
    await cancel_reminder(tx, training.id, person_id)
    if signup.status is SignupStatus.CONFIRMED:
        await promotion.pass_seat_on(tx, training, act)
