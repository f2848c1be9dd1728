"""Keeping seats for some places, and letting them go when the time is out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import update

from knowledge.storage.database import Database, Writing
from knowledge.timers import timers
from knowledge.timers.timers import Timer
from knowledge.trainings import history, repository
from knowledge.trainings.history import Act
from knowledge.trainings.models import Training, TrainingStatus, trainings
from knowledge.trainings.promotion import Promotion
from knowledge.trainings.quotas.refusals import QuotasTooLarge
from knowledge.trainings.quotas.repository import (
    count_seated_where_they_belong,
    room_of,
)

KIND = "quotas"

RELEASED = "released"
"""The note in the training's history."""


async def keep(
    tx: Writing, database: Database, known: Training, wanted: Training, now: datetime
) -> Training:
    """How many seats are kept when `known` becomes `wanted`, and until when: a timer.

    Raises QuotasTooLarge when so many are taken by others that they cannot be kept.
    """
    is_new = _kept(known) != _kept(wanted)
    if is_new:
        await count_seated_where_they_belong(tx, known.id)
    room = await room_of(tx, wanted, now)
    if not room.is_kept_within:
        raise QuotasTooLarge(wanted)
    if is_new:
        await timers.cancel(tx, _key(known.id))
        await start_keeping(tx, database, wanted, now)
    return replace(wanted, reserved=room.reserved)


async def start_keeping(tx: Writing, database: Database, training: Training, now: datetime) -> None:
    """Let go of the seats that are kept when their time is out; in a draft nothing is kept."""
    if training.keeps_seats(now) and training.status is not TrainingStatus.DRAFT:
        due, payload = training.quotas_until or training.starts_at, {"training": training.id}
        await timers.set(tx, database, key=_key(training.id), kind=KIND, due=due, payload=payload)


class Release:
    """Carries out the timer: what was kept is for those who wait, in order, and then for all. It
    is another version of the training, so that posts about it are edited."""

    def __init__(self, promotion: Promotion, now: Callable[[], datetime]) -> None:
        self.now = now
        self._promotion = promotion

    async def let_go(self, tx: Writing, timer: Timer) -> None:
        """A timer's handler."""
        training = await repository.find_training_for_update(tx, timer.payload["training"])
        act = Act(None, self.now())
        if training is None or training.keeps_seats(act.at):
            return
        await history.note_training(
            tx, act, training.id, training.status, training.status, RELEASED
        )
        its = trainings.c.id == training.id
        await tx.execute(update(trainings).where(its).values(version=trainings.c.version + 1))
        await self._promotion.seat_who_waits(tx, training, act)


def _kept(training: Training) -> tuple[object, ...]:
    """What decides who has which seat until when; nothing is kept in a draft."""
    if not training.quotas or training.status is TrainingStatus.DRAFT:
        return ()
    return training.quotas, training.quotas_until, training.starts_at


def _key(training_id: int) -> str:
    return f"quotas:{training_id}"
