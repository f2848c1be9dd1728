"""A word to each participant a week and a day before: set with the place, and looked at anew when
due."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Column, ForeignKey, Table, delete, select

from knowledge.delivery import outbox
from knowledge.directory.models import Person
from knowledge.premises import Premises
from knowledge.storage.database import Database, Reading, Writing, metadata
from knowledge.timers import timers
from knowledge.timers.timers import Timer
from knowledge.trainings import repository
from knowledge.trainings.models import Signup, Training, TrainingStatus
from knowledge.trainings.wording import Wording

KIND = "training_reminder"

BEFORE = {"7d": timedelta(days=7), "24h": timedelta(hours=24)}
"""How long before a training people are reminded, and what the timers call it."""

FRESH = timedelta(days=1)
"""So shortly before a reminder nobody who has just signed up needs it, other than the last one."""

reminders_off = Table(
    "training_reminders_off",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
)
"""Who wants no reminders."""


async def set_reminders(
    tx: Writing, database: Database, training: Training, person_ids: Sequence[int], now: datetime
) -> None:
    """Remind participants in time. Who signs up later than that needs no reminder."""
    starts_at = training.starts_at.isoformat()
    for name, before in BEFORE.items():
        due = training.starts_at - before
        if due <= now + (FRESH if before > FRESH else timedelta()):
            continue
        about = {"training": training.id, "starts_at": starts_at, "before": name}
        payloads = {_key(training.id, id_, name): {**about, "person": id_} for id_ in person_ids}
        await timers.set_all(tx, database, kind=KIND, due=due, payloads=payloads)


async def cancel_reminders(tx: Writing, training: Training, person_id: int) -> None:
    """The person does not come."""
    for name in BEFORE:
        await timers.cancel(tx, _key(training.id, person_id, name))


async def move_reminders(
    tx: Writing, database: Database, training: Training, person_ids: Sequence[int], now: datetime
) -> None:
    """The training has another time: all of its reminders go by that."""
    await cancel_all(tx, training.id)
    await set_reminders(tx, database, training, person_ids, now)


async def cancel_all(tx: Writing, training_id: int) -> None:
    """Nobody is reminded of the training any more."""
    await timers.cancel_all(tx, f"reminder:{training_id}:")


async def switch(tx: Writing, database: Database, person_id: int, *, on: bool) -> None:
    """Whether the person wants to be reminded of trainings at all."""
    if on:
        await tx.execute(delete(reminders_off).where(reminders_off.c.person_id == person_id))
        return
    row = database.insert(reminders_off).values(person_id=person_id)
    await tx.execute(row.on_conflict_do_nothing())


async def are_wanted(tx: Reading | Writing, person_id: int) -> bool:
    its = select(reminders_off.c.person_id).where(reminders_off.c.person_id == person_id)
    return (await tx.execute(its)).first() is None


def notices_of(training: Training, person_id: int) -> list[str]:
    """The groups in the outbox of what reminders say: they may still wait for the morning.

    With the time: who has been reminded of a training that is then moved is reminded again.
    """
    return [_notice(training, person_id, name) for name in BEFORE]


class TrainingReminders:
    """Carries out the timers. Nobody is reminded before `quiet_until` is over."""

    def __init__(self, premises: Premises, wording: Wording) -> None:
        self.database = premises.database
        self.now = premises.now
        self._wording = wording
        self._quiet_until = premises.quiet_until

    async def switch(self, person: Person, *, on: bool) -> None:
        """Whether the person wants to be reminded of trainings at all."""
        async with self.database.write() as tx:
            await switch(tx, self.database, person.id, on=on)

    async def remind(self, tx: Writing, timer: Timer) -> None:
        """A timer's handler."""
        found = await _find_reminded(tx, timer)
        if found is None or found[1].training.starts_at <= self.now():
            return
        person, signup = found
        wait = self._quiet_until(self.now())
        if wait and wait >= signup.training.starts_at:
            return
        name = timer.payload.get("before", "24h")  # as it was set before there were two
        key = _notice(signup.training, person.id, name).removeprefix("notice:")
        message = self._wording.reminder(signup)
        await outbox.enqueue_notice(tx, self.database, person, message, key, wait)


async def _find_reminded(tx: Writing, timer: Timer) -> tuple[Person, Signup] | None:
    """Who is to be reminded of what.

    None when the training was cancelled or moved, or when the person no longer has a place or
    wants no reminders.
    """
    training = await repository.find_training_for_update(tx, timer.payload["training"])
    if training is None or training.status is TrainingStatus.CANCELLED:
        return None
    if not await are_wanted(tx, timer.payload["person"]):
        return None
    if training.starts_at.isoformat() != timer.payload["starts_at"]:
        return None
    return await repository.find_participant(tx, training, timer.payload["person"])


def _notice(training: Training, person_id: int, name: str) -> str:
    return f"notice:{_key(training.id, person_id, name)}:{training.starts_at.isoformat()}"


def _key(training_id: int, person_id: int, name: str) -> str:
    return f"reminder:{training_id}:{person_id}:{name}"
