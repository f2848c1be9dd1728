"""Asking those who came, once, on the morning after; and what they answered."""

from contextlib import suppress
from datetime import datetime, time, timedelta

from knowledge.audit.models import Kind
from knowledge.delivery import outbox
from knowledge.delivery.outbox import Notice
from knowledge.directory.models import Person
from knowledge.errors import DatabaseBusy
from knowledge.premises import Premises
from knowledge.privacy import mask
from knowledge.storage.database import Writing
from knowledge.times import SWEDEN
from knowledge.trainings import noting
from knowledge.trainings import repository as trainings
from knowledge.trainings.evaluations import repository
from knowledge.trainings.evaluations.models import (
    FEWEST,
    GRADES,
    LONGEST_WORDS,
    Evaluation,
    Result,
)
from knowledge.trainings.evaluations.refusals import (
    AlreadyAnswered,
    AlreadySent,
    EvaluationClosed,
    NotAsked,
)
from knowledge.trainings.evaluations.wording import Wording
from knowledge.trainings.models import Training, TrainingStatus
from knowledge.trainings.participants import access

SENT_AT = time(8)
"""By the clock in Sweden, on the day after the last meeting."""

LATE = timedelta(days=7)
"""What ended longer ago is not asked about any more: the bot was not there."""


class EvaluationService:
    """One promise and one transaction each. What is the organiser's raises NotACoordinator,
    NotFound and NotHeldBy."""

    def __init__(self, premises: Premises, wording: Wording) -> None:
        self.database = premises.database
        self.now = premises.now
        self._wording = wording
        self._wake = premises.wake
        self._quiet_until = premises.quiet_until

    async def send_due(self) -> int:
        """Ask about what ended yesterday or earlier this week; returns how many are asked.

        Any number of processes may call it at any time.
        """
        now = self.now()
        local = now.astimezone(SWEDEN)
        asked = 0
        if local.time() >= SENT_AT and self._quiet_until(now) is None:
            today = local.replace(hour=0, minute=0, second=0, microsecond=0)
            async with self.database.read() as tx:
                due = await repository.list_due(tx, today - LATE, today)
            for training_id in due:
                with suppress(DatabaseBusy):  # the next time makes up for it; others go on
                    async with self.database.write() as tx:
                        asked += await self._send(tx, training_id, now)
        if asked:
            self._wake()
        return asked

    async def find(self, person: Person, training_id: int) -> Evaluation:
        """How the evaluation of a training stands that the person was at.

        Raises NotAsked, EvaluationClosed and AlreadyAnswered.
        """
        async with self.database.read() as tx:
            training = await trainings.find_training(tx, training_id)
            if training is None or not await repository.came_to(tx, training_id, person.id):
                raise NotAsked
            evaluation = await repository.find(tx, training)
            if await repository.has_answered(tx, training_id, person.id):
                raise AlreadyAnswered(training)
        return self._open(evaluation)

    async def list_open(self, person: Person) -> list[Training]:
        """What waits for the person's answer, the latest first."""
        async with self.database.read() as tx:
            return await repository.list_open(tx, person.id, self.now())

    async def answer(
        self, person: Person, training_id: int, useful: int, arranged: int, words: str
    ) -> Training:
        """Keep an answer, so that nobody can tell whose it is. Raises the same as `find`."""
        if useful not in GRADES or arranged not in GRADES:
            raise ValueError(useful, arranged)
        words = mask(words)[:LONGEST_WORDS]
        async with self.database.write() as tx:
            training = await trainings.find_training_for_update(tx, training_id)
            if training is None or not await repository.came_to(tx, training_id, person.id):
                raise NotAsked
            if await repository.has_answered(tx, training_id, person.id):
                raise AlreadyAnswered(training)
            self._open(await repository.find(tx, training))
            given = (useful, arranged, words)
            await repository.add_answer(tx, training_id, person.id, *given)
        return training

    async def result(self, person: Person, training_id: int) -> Result:
        """What those who came have answered; only from a few answers on."""
        async with self.database.read() as tx:
            training = await access.get(tx, person, training_id)
            evaluation = await repository.find(tx, training)
            count = await repository.count_answers(tx, training_id)
            if count < FEWEST:
                return Result(evaluation, count, {}, ())
            grades = await repository.count_grades(tx, training_id)
            return Result(evaluation, count, grades, await repository.list_words(tx, training_id))

    async def turn(self, person: Person, training_id: int, *, off: bool) -> Evaluation:
        """Ask nobody, or ask after all. Raises AlreadySent."""
        async with self.database.write() as tx:
            training = await access.get(tx, person, training_id, for_update=True)
            was = await repository.find(tx, training)
            if was.sent_at is not None:
                raise AlreadySent(training)
            await repository.set_off(tx, self.database, training_id, off=off)
            if was.off is not off:
                kind = Kind.TRAINING_ASK_NOBODY if off else Kind.TRAINING_ASK_AFTER_ALL
                await noting.note(tx, kind, person, training)
            return await repository.find(tx, training)

    async def _send(self, tx: Writing, training_id: int, now: datetime) -> int:
        training = await trainings.find_training_for_update(tx, training_id)
        if training is None or training.status is TrainingStatus.CANCELLED:
            return 0
        evaluation = await repository.find(tx, training)
        if evaluation.off or evaluation.sent_at is not None:
            return 0  # another process was first
        those = await repository.list_asked(tx, training_id)
        message = self._wording.asked(training)
        notices = [
            Notice(f"notice:evaluation:{training_id}:{one.id}", one, message) for one in those
        ]
        await outbox.enqueue_each(tx, self.database, notices, None)
        await repository.set_sent(tx, self.database, training_id, now, len(those))
        return len(those)

    def _open(self, evaluation: Evaluation) -> Evaluation:
        if not evaluation.is_open(self.now()):
            raise EvaluationClosed(evaluation.training)
        return evaluation
