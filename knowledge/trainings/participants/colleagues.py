"""Proposing a training to a colleague, who is asked in the own chat and answers there.

Whoever proposes hears nothing of the colleague that a colleague does not tell: not that there is a
place already, nor that the answer was no.
"""

from collections.abc import Sequence
from datetime import timedelta

from knowledge.directory.models import Person
from knowledge.errors import KnowledgeError
from knowledge.premises import Premises
from knowledge.storage.database import Reading, Writing
from knowledge.trainings import repository as trainings
from knowledge.trainings.models import Training
from knowledge.trainings.participants import repository
from knowledge.trainings.participants.models import Invitation, InvitationStatus
from knowledge.trainings.participants.refusals import NoSuchPerson, TooLate
from knowledge.trainings.participants.telling import Telling, called, words_of
from knowledge.trainings.participants.wording import Wording
from knowledge.trainings.refusals import TrainingNotFound

MOST_A_DAY = 5
"""So many colleagues may one person have asked within a day."""


class NoMunicipality(KnowledgeError):
    """It is not known where the person works, so nobody is a colleague."""


class ProposedEnough(KnowledgeError):
    """The person has asked as many as one may in a day."""


class ColleagueService:
    """Asks somebody of the same municipality and tenant; each method is one transaction.

    All raise NoMunicipality, TrainingNotFound and TooLate.
    """

    def __init__(self, premises: Premises, wording: Wording) -> None:
        self.database = premises.database
        self.now = premises.now
        self._wording = wording
        self._wake = premises.wake
        self._telling = Telling(premises)

    async def find(
        self, person: Person, training_id: int, name: str
    ) -> tuple[Training, Sequence[Person]]:
        """Colleagues whose names have all of these words."""
        words = words_of(name)
        async with self.database.read() as tx:
            known = await trainings.find_training(tx, training_id)
            training = self._open(person, known, training_id)
            found = await repository.list_colleagues(tx, person, words) if words else []
        return training, called(name, found)

    async def find_account(
        self, person: Person, training_id: int, object_id: str
    ) -> tuple[Training, Person | None]:
        """The colleague with this Entra object id; None when there is none that is reached."""
        async with self.database.read() as tx:
            known = await trainings.find_training(tx, training_id)
            training = self._open(person, known, training_id)
            found = await repository.list_colleagues(tx, person, ())
        return training, next((one for one in found if one.object_id == object_id), None)

    async def look(
        self, person: Person, training_id: int, other_id: int
    ) -> tuple[Training, Person]:
        """Somebody who may be asked. Raises NoSuchPerson."""
        async with self.database.read() as tx:
            known = await trainings.find_training(tx, training_id)
            training = self._open(person, known, training_id)
            return training, await self._colleague(tx, person, other_id)

    async def propose(
        self, person: Person, training_id: int, other_id: int
    ) -> tuple[Training, Person]:
        """Ask the colleague, unless there is a place or an answer already: nobody is told which.

        Raises NoSuchPerson and ProposedEnough.
        """
        now = self.now()
        async with self.database.write() as tx:
            known = await trainings.find_training_for_update(tx, training_id)
            training = self._open(person, known, training_id)
            other = await self._colleague(tx, person, other_id)
            since = now - timedelta(days=1)
            if await repository.count_proposed(tx, person.id, since) >= MOST_A_DAY:
                raise ProposedEnough
            asked = await repository.latest_status(tx, training.id, other.id)
            if asked is None and not await trainings.find_signup(tx, training, other.id):
                row = (training.id, other.id, person.id, "", now)
                id_ = await repository.add_invitation(tx, *row, by_colleague=True)
                new = Invitation(
                    id_, training, other, person, "", InvitationStatus.ASKED, by_colleague=True
                )
                await self._telling.tell(tx, other, self._wording.invited(new), f"invited:{id_}")
        self._wake()
        return training, other

    def _open(self, person: Person, training: Training | None, training_id: int) -> Training:
        if training is None:
            raise TrainingNotFound(training_id)
        if not person.municipality:
            raise NoMunicipality
        if not training.takes_signups(self.now()):
            raise TooLate(training)
        return training

    async def _colleague(self, tx: Reading | Writing, person: Person, other_id: int) -> Person:
        known = await repository.list_colleagues(tx, person, ())
        found = next((one for one in known if one.id == other_id), None)
        if found is None:
            raise NoSuchPerson
        return found
