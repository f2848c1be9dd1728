"""Giving people their places, and taking them back: a seat or the end of the line, a reminder, and
whoever is next. The training is locked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from knowledge.storage.database import Database, Writing
from knowledge.trainings import holding, repository, seats
from knowledge.trainings.history import Act
from knowledge.trainings.models import Signup, SignupStatus, Training
from knowledge.trainings.promotion import Promotion
from knowledge.trainings.reminders import cancel_reminders, set_reminders


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


async def welcome(
    tx: Writing, promotion: Promotion, training: Training, person_ids: Sequence[int], now: datetime
) -> tuple[Training, list[int]]:
    """These people want to come: who of them has a seat kept gets it, whether it was offered or
    has just been given back. Returns whom that was."""
    if not training.gives_seats(now):
        return training, []
    await holding.come_back(tx, training.id, person_ids)
    training = await promotion.seat_who_waits(tx, training, Act(None, now))
    kept = await holding.list_held_for(tx, training.id, person_ids)
    for one in kept:
        await holding.let_go(tx, one)
        act, seated = Act(one.person_id, now), SignupStatus.CONFIRMED
        await seats.set_status(tx, act, training.id, [one.signup_id], one.status, seated)
    those = [one.person_id for one in kept]
    await set_reminders(tx, promotion.database, training, those, now)
    return training, those


async def leave(
    tx: Writing, database: Database, act: Act, signup: Signup, person_id: int, until: datetime
) -> None:
    """The seat is given back, and kept so long: it can be undone."""
    training, its = signup.training, [signup.id]
    was, withdrawn = signup.status, SignupStatus.WITHDRAWN
    await seats.set_status(tx, act, training.id, its, was, withdrawn)
    await cancel_reminders(tx, training, person_id)
    await holding.hold(tx, database, training.id, its, until)


async def give_back(
    tx: Writing, promotion: Promotion, act: Act, signup: Signup, person_id: int, note: str = ""
) -> None:
    """The place is nobody's, and a seat the next one's. `note`: why, where others do it."""
    training, withdrawn = signup.training, SignupStatus.WITHDRAWN
    kept = await holding.find_held(tx, signup.id)
    if kept:
        await holding.let_go(tx, kept)
    await seats.set_status(tx, act, training.id, [signup.id], signup.status, withdrawn, note)
    await cancel_reminders(tx, training, person_id)
    if kept or signup.status is SignupStatus.CONFIRMED:
        await promotion.pass_seat_on(tx, training, act)
