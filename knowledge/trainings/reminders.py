"""A word to each participant the day before: set with the place, and looked at anew when due."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from knowledge.delivery import outbox
from knowledge.directory.models import Person
from knowledge.storage.database import Database, Writing
from knowledge.timers import timers
from knowledge.timers.timers import Timer
from knowledge.times import QuietUntil
from knowledge.trainings import repository
from knowledge.trainings.models import Signup, Training, TrainingStatus
from knowledge.trainings.wording import Wording

KIND = "training_reminder"
BEFORE = timedelta(hours=24)


async def set_reminders(
    tx: Writing, database: Database, training: Training, person_ids: Sequence[int], now: datetime
) -> None:
    """Remind participants in time. Who signs up later than that needs no reminder."""
    due = training.starts_at - BEFORE
    if due <= now:
        return
    starts_at = training.starts_at.isoformat()
    payloads = {
        _key(training.id, id_): {"training": training.id, "person": id_, "starts_at": starts_at}
        for id_ in person_ids
    }
    await timers.set_all(tx, database, kind=KIND, due=due, payloads=payloads)


async def cancel_reminder(tx: Writing, training_id: int, person_id: int) -> None:
    """The person does not come."""
    await timers.cancel(tx, _key(training_id, person_id))


async def move_reminders(
    tx: Writing, database: Database, training: Training, person_ids: Sequence[int], now: datetime
) -> None:
    """The training has another time: all of its reminders go by that."""
    await cancel_all(tx, training.id)
    await set_reminders(tx, database, training, person_ids, now)


async def cancel_all(tx: Writing, training_id: int) -> None:
    """Nobody is reminded of the training any more."""
    await timers.cancel_all(tx, f"reminder:{training_id}:")


def notice_of(training: Training, person_id: int) -> str:
    """The group in the outbox of what a reminder says: it may still wait for the morning.

    With the time: who has been reminded of a training that is then moved is reminded again.
    """
    return f"notice:{_key(training.id, person_id)}:{training.starts_at.isoformat()}"


class TrainingReminders:
    """Carries out the timers. Nobody is reminded before `quiet_until` is over."""

    def __init__(
        self,
        database: Database,
        wording: Wording,
        now: Callable[[], datetime],
        quiet_until: QuietUntil,
    ) -> None:
        self.database = database
        self.now = now
        self._wording = wording
        self._quiet_until = quiet_until

    async def remind(self, tx: Writing, timer: Timer) -> None:
        """A timer's handler."""
        found = await _find_reminded(tx, timer)
        if found is None or found[1].training.starts_at <= self.now():
            return
        person, signup = found
        wait = self._quiet_until(self.now())
        key = notice_of(signup.training, person.id).removeprefix("notice:")
        message = self._wording.reminder(signup)
        await outbox.enqueue_notice(tx, self.database, person, message, key, wait)


async def _find_reminded(tx: Writing, timer: Timer) -> tuple[Person, Signup] | None:
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
