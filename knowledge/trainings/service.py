"""Signing up, withdrawing, and the waiting list. Never more people than seats."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from knowledge.delivery import outbox
from knowledge.directory.models import Person
from knowledge.directory.repository import list_counties_of, person_from
from knowledge.errors import KnowledgeError
from knowledge.storage.database import Database, Writing
from knowledge.times import QuietUntil, never_quiet
from knowledge.trainings import repository
from knowledge.trainings.models import Signup, SignupStatus, Training, TrainingStatus, Wanted
from knowledge.trainings.reminders import cancel_reminder, set_reminder
from knowledge.trainings.wording import Wording

MOST_OPEN = 200
"""More upcoming trainings than this are not looked through."""

TOLD_AFTERWARDS = timedelta(days=60)
"""So long after a training may its participants still be written to."""


class TrainingNotFound(KnowledgeError):
    """There is no such training."""


class SignupClosed(KnowledgeError):
    """The training has begun, is cancelled, or takes no more sign-ups."""

    def __init__(self, training: Training) -> None:
        super().__init__(training.id)
        self.training = training


class NotSignedUp(KnowledgeError):
    """The person is not signed up for the training (any more)."""

    def __init__(self, training: Training) -> None:
        super().__init__(training.id)
        self.training = training


def _utc_now() -> datetime:
    return datetime.now(UTC)


class TrainingService:
    """One promise per method: when it has returned, it is true.

    Who gets a freed seat is told when `quiet_until` is over; `wake` stirs the sender.
    """

    def __init__(
        self,
        database: Database,
        wording: Wording,
        now: Callable[[], datetime] = _utc_now,
        *,
        wake: Callable[[], None] = lambda: None,
        quiet_until: QuietUntil = never_quiet,
    ) -> None:
        self.database = database
        self.now = now
        self._wording = wording
        self._wake = wake
        self._quiet_until = quiet_until
        self._themes: frozenset[str] = frozenset()
        self._themes_until = datetime.min.replace(tzinfo=UTC)

    async def list_open(self, wanted: Wanted, limit: int = 5) -> list[Training]:
        """Trainings that have not begun, the soonest first."""
        now = self.now()
        since = max(now, wanted.since) if wanted.since else now
        narrowed = replace(wanted, since=since)
        async with self.database.read() as tx:
            return await repository.list_trainings(tx, narrowed, limit)

    async def list_held_by(self, person: Person, limit: int = 12) -> list[Training]:
        """Trainings in the person's counties: coming, or over since at most two months."""
        async with self.database.read() as tx:
            counties = await list_counties_of(tx, person.tenant_id, person.object_id)
            since = self.now() - TOLD_AFTERWARDS
            return await repository.list_held_in(tx, counties, since, limit)

    async def count_signups_led_to(self, training_id: int, group_key: str, since: datetime) -> int:
        """How many have signed up since, of those whom the messages of this group have reached."""
        async with self.database.read() as tx:
            return await repository.count_signups_led_to(tx, training_id, group_key, since)

    async def open_themes(self) -> frozenset[str]:
        """The topics that some training has not begun on; up to a minute old."""
        now = self.now()
        if self._themes_until < now:
            upcoming = await self.list_open(Wanted(), limit=MOST_OPEN)
            self._themes = frozenset(theme for training in upcoming for theme in training.themes)
            self._themes_until = now + timedelta(minutes=1)
        return self._themes

    async def get(self, training_id: int) -> Training:
        async with self.database.read() as tx:
            training = await repository.find_training(tx, training_id)
        if training is None:
            raise TrainingNotFound(training_id)
        return training

    async def find_signup(self, person: Person, training_id: int) -> Signup | None:
        """The person's live sign-up, if any."""
        training = await self.get(training_id)
        async with self.database.read() as tx:
            return await repository.find_signup(tx, training, person.id)

    async def sign_up(self, person: Person, training_id: int) -> Signup:
        """Give the person a seat, or the last place in the waiting list.

        Signing up twice changes nothing and says so (`already`). Raises TrainingNotFound and
        SignupClosed.
        """
        async with self.database.write() as tx:
            training = await self._lock(tx, training_id)
            before = await repository.find_signup(tx, training, person.id)
            if before is not None:
                return replace(before, already=True)
            if training.status is not TrainingStatus.OPEN or training.starts_at <= self.now():
                raise SignupClosed(training)
            seated = await repository.take_seat(tx, training_id)
            await repository.insert_signup(
                tx,
                training_id=training_id,
                person_id=person.id,
                status=SignupStatus.CONFIRMED if seated else SignupStatus.WAITING,
                calendar_token=secrets.token_urlsafe(18),
                now=self.now(),
            )
            if seated:
                await set_reminder(tx, self.database, training, person.id, self.now())
            return await self._reread(tx, training_id, person)

    async def withdraw(self, person: Person, training_id: int) -> Training:
        """Give the place back; a freed seat goes to the first in line, who is told.

        Raises TrainingNotFound and NotSignedUp.
        """
        async with self.database.write() as tx:
            training = await self._lock(tx, training_id)
            signup = await repository.find_signup(tx, training, person.id)
            if signup is None:
                raise NotSignedUp(training)
            await repository.set_status(tx, signup.id, SignupStatus.WITHDRAWN)
            await cancel_reminder(tx, training_id, person.id)
            if signup.status is SignupStatus.CONFIRMED:
                await self._pass_seat_on(tx, training)
        self._wake()  # whoever got the seat is told at once
        return training

    async def mine(self, person: Person) -> list[Signup]:
        """The person's places and places in line, at trainings that are not over."""
        async with self.database.read() as tx:
            return await repository.list_signups(tx, person.id, self.now())

    async def signup_by_token(self, token: str) -> Signup | None:
        """The sign-up whose calendar link holds `token`; withdrawn when it was given back."""
        async with self.database.read() as tx:
            return await repository.find_signup_by_token(tx, token)

    async def add(self, training: Training) -> int:
        """Store a new training and return its id."""
        self._themes_until = datetime.min.replace(tzinfo=UTC)
        async with self.database.write() as tx:
            return await repository.insert_training(tx, training, self.now())

    async def _lock(self, tx: Writing, training_id: int) -> Training:
        training = await repository.find_training_for_update(tx, training_id)
        if training is None:
            raise TrainingNotFound(training_id)
        return training

    async def _reread(self, tx: Writing, training_id: int, person: Person) -> Signup:
        training = await repository.find_training(tx, training_id)
        signup = training and await repository.find_signup(tx, training, person.id)
        if not signup:
            raise TrainingNotFound(training_id)
        return signup

    async def _pass_seat_on(self, tx: Writing, training: Training) -> None:
        next_up = await repository.first_in_line(tx, training.id)
        if next_up is None or training.starts_at <= self.now():
            await repository.give_seat_back(tx, training.id)
            return
        signup_id, row = next_up
        await repository.set_status(tx, signup_id, SignupStatus.CONFIRMED)
        person = person_from(row)
        await set_reminder(tx, self.database, training, person.id, self.now())
        signup = await repository.find_signup(tx, training, person.id)
        if signup is not None:
            await self._tell_promoted(tx, person, signup)

    async def _tell_promoted(self, tx: Writing, person: Person, signup: Signup) -> None:
        """In the withdrawing transaction: the news is written if and only if the seat is."""
        message, wait = self._wording.promoted(signup), self._quiet_until(self.now())
        key = f"promoted:{signup.id}"
        await outbox.enqueue_notice(tx, self.database, person, message, key, wait)
