"""Keeping what people answer when they sign up, for as long as it is needed and no longer."""

from collections.abc import Callable
from datetime import datetime

from knowledge.directory.models import Person
from knowledge.storage.database import Database
from knowledge.trainings import repository as trainings
from knowledge.trainings.asking import repository
from knowledge.trainings.asking.models import LONGEST_ANSWER, Answers, left_out
from knowledge.trainings.asking.refusals import AnswersFaulty
from knowledge.trainings.models import Training
from knowledge.trainings.refusals import SignupClosed, TrainingNotFound


class AskingService:
    """Each method is one transaction."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self.database = database
        self.now = now

    async def answers_of(self, person: Person, training_id: int) -> tuple[Training, Answers]:
        """What the person has answered; nothing yet is empty. Raises TrainingNotFound."""
        async with self.database.read() as tx:
            training = await trainings.find_training(tx, training_id)
            if training is None:
                raise TrainingNotFound(training_id)
            found = await repository.find_answers(tx, training_id, [person.id])
        return training, found.get(person.id, {})

    async def keep(self, person: Person, training_id: int, answers: Answers) -> Training:
        """Keep what is asked now, and nothing else; by itself it is no sign-up.

        Raises TrainingNotFound, AnswersFaulty, and SignupClosed for what is over.
        """
        now = self.now()
        async with self.database.write() as tx:
            training = await trainings.find_training_for_update(tx, training_id)
            if training is None:
                raise TrainingNotFound(training_id)
            if training.ends_at <= now:
                raise SignupClosed(training)
            asked = training.questions
            kept = {one.words: answers.get(one.words, "").strip() for one in asked}
            too_long = [one for one in asked if len(kept[one.words]) > LONGEST_ANSWER]
            missing = left_out(asked, kept)
            if missing or too_long:
                raise AnswersFaulty(training, missing, too_long)
            await repository.keep(tx, training, person.id, kept, now)
        return training
