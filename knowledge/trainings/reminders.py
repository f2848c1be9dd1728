"""A word to each participant the day before: set with the place, and looked at anew when due."""

from datetime import datetime, timedelta

from knowledge.directory.models import Person
from knowledge.storage.database import Database, Writing
from knowledge.timers import timers
from knowledge.timers.timers import Timer
from knowledge.trainings import repository
from knowledge.trainings.models import Signup, Training, TrainingStatus

KIND = "training_reminder"
BEFORE = timedelta(hours=24)


async def set_reminder(
    tx: Writing, database: Database, training: Training, person_id: int, now: datetime
) -> None:
    """Remind a participant in time. Who signs up later than that needs no reminder."""
    due = training.starts_at - BEFORE
    if due <= now:
        return
    payload = {
        "training": training.id,
        "person": person_id,
        "starts_at": training.starts_at.isoformat(),
    }
    key = _key(training.id, person_id)
    await timers.set(tx, database, key=key, kind=KIND, due=due, payload=payload)


async def cancel_reminder(tx: Writing, training_id: int, person_id: int) -> None:
    """The person does not come."""
    await timers.cancel(tx, _key(training_id, person_id))


async def find_reminded(tx: Writing, timer: Timer) -> tuple[Person, Signup] | None:
    """Who is to be reminded of what.

    None when the training was cancelled or moved, or when the person no longer has a place.
    """
    training = await repository.find_training_for_update(tx, timer.payload["training"])
    if training is None or training.status is TrainingStatus.CANCELLED:
        return None
    if training.starts_at.isoformat() != timer.payload["starts_at"]:
        return None
    return await repository.find_participant(tx, training, timer.payload["person"])


def _key(training_id: int, person_id: int) -> str:
    return f"reminder:{training_id}:{person_id}:24h"
