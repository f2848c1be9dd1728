"""The day before a training each participant gets a reminder in the own chat."""

from collections.abc import Callable
from datetime import datetime

from dialogs.trainings import cards
from knowledge.delivery import outbox
from knowledge.storage.database import Database, Writing
from knowledge.timers.timers import Timer
from knowledge.times import QuietUntil
from knowledge.trainings.reminders import find_reminded


class TrainingReminders:
    """`calendar_url` makes the link to a calendar file from a sign-up's token."""

    def __init__(
        self,
        database: Database,
        calendar_url: Callable[[str], str],
        quiet_until: QuietUntil,
        now: Callable[[], datetime],
    ) -> None:
        self.database = database
        self.calendar_url = calendar_url
        self.quiet_until = quiet_until
        self.now = now

    async def remind(self, tx: Writing, timer: Timer) -> None:
        """A timer's handler."""
        found = await find_reminded(tx, timer)
        if found is None or found[1].training.starts_at <= self.now():
            return
        person, signup = found
        reply = cards.reminder(signup, self.calendar_url(signup.calendar_token))
        wait = self.quiet_until(self.now())
        # With the time: who has been reminded of a training that is then moved is reminded again.
        key = f"{timer.key}:{signup.training.starts_at.isoformat()}"
        await outbox.enqueue_notice(tx, self.database, person, reply.message, key, wait)
