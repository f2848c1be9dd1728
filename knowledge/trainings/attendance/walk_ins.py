"""Somebody who came without a seat: noted by who holds the training, and taken back by oneself.

No seat is taken and nobody is enrolled: it is only about a meeting that has begun.
"""

from datetime import timedelta

from knowledge.audit.models import Kind
from knowledge.directory.models import Person
from knowledge.premises import Premises
from knowledge.storage.database import Reading, Writing
from knowledge.trainings import noting
from knowledge.trainings import repository as trainings
from knowledge.trainings.attendance import repository
from knowledge.trainings.attendance.models import Mark, takes_walk_ins
from knowledge.trainings.attendance.refusals import HasDenied, HasSeat, NoWalkInsNow
from knowledge.trainings.attendance.wording import Wording
from knowledge.trainings.history import Act
from knowledge.trainings.models import SignupStatus, Training, TrainingStatus
from knowledge.trainings.participants import access
from knowledge.trainings.participants import repository as participants
from knowledge.trainings.participants.refusals import NoSuchPerson
from knowledge.trainings.participants.telling import Telling, called, words_of
from knowledge.trainings.planning.access import counties_of

DENIED_WITHIN = timedelta(days=90)
"""So long one can say that one was not there; a certificate is long fetched by then."""


class WalkInService:
    """What is the organiser's raises NotACoordinator, NotFound, NotHeldBy and NoWalkInsNow."""

    def __init__(self, premises: Premises, wording: Wording) -> None:
        self.database = premises.database
        self.now = premises.now
        self._wording = wording
        self._wake = premises.wake
        self._telling = Telling(premises)

    async def find(
        self, person: Person, training_id: int, meeting: int, name: str
    ) -> tuple[Training, list[Person]]:
        """People in the coordinator's municipalities whose names have all of these words."""
        words = words_of(name)
        async with self.database.read() as tx:
            training = await access.get(tx, person, training_id)
            self._must_be_on(training, meeting)
            counties = await counties_of(tx, person)
            found = await participants.list_working_in(tx, counties, words) if words else []
        return training, called(name, found)

    async def look(
        self, person: Person, training_id: int, meeting: int, other_id: int
    ) -> tuple[Training, Person]:
        """Somebody who may be noted. Raises NoSuchPerson, HasSeat and HasDenied."""
        async with self.database.read() as tx:
            training = await access.get(tx, person, training_id)
            return training, await self._notable(tx, person, training, meeting, other_id)

    async def note(
        self, person: Person, training_id: int, meeting: int, other_id: int
    ) -> tuple[Training, Person]:
        """Note that somebody came without a seat, and tell them. Raises the same as `look`."""
        async with self.database.write() as tx:
            training = await access.get(tx, person, training_id, for_update=True)
            other = await self._notable(tx, person, training, meeting, other_id)
            act = Act(person.id, self.now())
            was = {other.id: Mark.UNKNOWN}
            asked = (tx, self.database, act, training.id, meeting, was)
            if not await repository.is_walk_in(tx, training.id, meeting, other.id):
                await repository.set_marks(*asked, Mark.PRESENT, walk_in=True)
                await noting.note(tx, Kind.TRAINING_MARK, person, training, count=1)
                told = self._wording.noted(training, meeting, person)
                key = f"walk_in:{training.id}:{meeting}:{other.id}"
                await self._telling.tell(tx, other, told, key)
        self._wake()
        return training, other

    async def list_present(self, person: Person) -> list[tuple[Training, int]]:
        """The meetings that the person is marked as present at, the latest first."""
        async with self.database.read() as tx:
            found = []
            since = self.now() - DENIED_WITHIN
            for training_id, meeting in await repository.list_present(tx, person.id, since):
                training = await trainings.find_training(tx, training_id)
                found += [(training, meeting)] if training else []
        return found

    async def deny(self, person: Person, training_id: int, meeting: int) -> Training | None:
        """The person was not there. None when nobody has said that they were."""
        async with self.database.write() as tx:
            training = await trainings.find_training_for_update(tx, training_id)
            since = self.now() - DENIED_WITHIN
            marked = await repository.list_present(tx, person.id, since)
            if training is None or (training_id, meeting) not in marked:
                return None
            is_walk_in = await repository.is_walk_in(tx, training_id, meeting, person.id)
            mark = Mark.UNKNOWN if is_walk_in else Mark.ABSENT
            asked = (tx, self.database, Act(person.id, self.now()), training_id, meeting)
            await repository.set_marks(*asked, {person.id: Mark.PRESENT}, mark)
        return training

    async def _notable(
        self, tx: Reading | Writing, person: Person, training: Training, meeting: int, id_: int
    ) -> Person:
        self._must_be_on(training, meeting)
        known = await participants.find_known(tx, await counties_of(tx, person), id_)
        if known is None:
            raise NoSuchPerson
        signup = await trainings.find_signup(tx, training, id_)
        if signup and signup.status is SignupStatus.CONFIRMED:
            raise HasSeat(known[0].name)
        if await repository.has_denied(tx, training.id, meeting, id_):
            raise HasDenied(known[0].name)
        return known[0]

    def _must_be_on(self, training: Training, meeting: int) -> None:
        every = training.each_meeting
        is_on = training.status is not TrainingStatus.CANCELLED and 0 <= meeting < len(every)
        if not is_on or not takes_walk_ins(every[meeting], self.now()):
            raise NoWalkInsNow(training)
