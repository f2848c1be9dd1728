"""Seeing who takes part, and taking somebody's place back."""

from knowledge.audit.models import Kind
from knowledge.delivery import outbox
from knowledge.directory.models import Person
from knowledge.premises import Premises
from knowledge.trainings import noting, seating
from knowledge.trainings import repository as trainings
from knowledge.trainings.history import Act
from knowledge.trainings.models import Training
from knowledge.trainings.participants import access, repository
from knowledge.trainings.participants.models import LONGEST_NOTE, Group, Overview, Participant
from knowledge.trainings.participants.refusals import NoSuchPerson
from knowledge.trainings.participants.telling import Telling, called, not_begun, words_of
from knowledge.trainings.participants.wording import Wording
from knowledge.trainings.promotion import Promotion, notice_of
from knowledge.trainings.wording import Wording as TrainingWording


class ParticipantService:
    """What a coordinator sees of those who take part; each method is one transaction.

    All raise NotACoordinator, NotFound and NotHeldBy.
    """

    def __init__(self, premises: Premises, wording: Wording, of_trainings: TrainingWording) -> None:
        self.database = premises.database
        self.now = premises.now
        self._wording = wording
        self._wake = premises.wake
        self._telling = Telling(premises)
        self._promotion = Promotion(premises, of_trainings)

    async def overview(self, person: Person, training_id: int) -> Overview:
        """How many take part, from where."""
        async with self.database.read() as tx:
            training = await access.get(tx, person, training_id)
            return await repository.read_overview(tx, training)

    async def page(
        self, person: Person, training_id: int, group: Group, first: int, limit: int
    ) -> list[Participant]:
        """Some of those who have a seat, or wait, in the order in which they signed up."""
        async with self.database.read() as tx:
            await access.get(tx, person, training_id)
            return await repository.list_participants(tx, training_id, group, first, limit)

    async def everybody(
        self, person: Person, training_id: int
    ) -> tuple[Training, list[Participant]]:
        """Those with a seat, and then those who wait, to take out of here."""
        async with self.database.read() as tx:
            training = await access.get(tx, person, training_id)
            found = [await repository.list_participants(tx, training_id, one) for one in Group]
        async with self.database.write() as tx:
            await noting.note(tx, Kind.TRAINING_DOWNLOAD, person, training)
        return training, [one for some in found for one in some]

    async def find(
        self, person: Person, training_id: int, name: str
    ) -> tuple[Training, list[Person]]:
        """Those who have a seat or wait, and whose names have all of these words."""
        words = words_of(name)
        async with self.database.read() as tx:
            training = not_begun(await access.get(tx, person, training_id), self.now())
            some = await repository.list_signed_up(tx, training_id, words) if words else []
        return training, called(name, some)

    async def look(
        self, person: Person, training_id: int, other_id: int
    ) -> tuple[Training, Person]:
        """Somebody who may be removed. Raises TooLate and NoSuchPerson."""
        async with self.database.read() as tx:
            training = not_begun(await access.get(tx, person, training_id), self.now())
            signup = await trainings.find_signup(tx, training, other_id)
            other = await repository.find_person(tx, other_id)
        if signup is None or other is None:
            raise NoSuchPerson
        return training, other

    async def remove(self, person: Person, training_id: int, other_id: int, note: str) -> Training:
        """Take somebody's place back; a seat goes to the first in line. Both are told.

        Raises TooLate and NoSuchPerson.
        """
        act, note = Act(person.id, self.now()), note[:LONGEST_NOTE]
        async with self.database.write() as tx:
            training = await access.get(tx, person, training_id, for_update=True)
            not_begun(training, act.at)
            signup = await trainings.find_signup(tx, training, other_id)
            other = await repository.find_person(tx, other_id)
            if signup is None or other is None:
                raise NoSuchPerson
            await seating.give_back(tx, self._promotion, act, signup, other_id, note)
            noted = (Kind.PARTICIPANT_REMOVE, person, training)
            await noting.note(tx, *noted, whom=other)
            await outbox.cancel(tx, notice_of(signup))
            message = self._wording.removed(signup, note)
            await self._telling.tell(tx, other, message, f"removed:{signup.id}")
        self._wake()
        return training
