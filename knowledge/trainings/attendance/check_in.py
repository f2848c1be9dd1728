"""Checking oneself in with the code that is shown where the meeting is held."""

from collections.abc import Callable
from datetime import datetime, timedelta

from knowledge.directory.models import Person
from knowledge.storage.database import Database, Writing
from knowledge.storage.link_key import link_key
from knowledge.trainings import repository as trainings
from knowledge.trainings.attendance import repository
from knowledge.trainings.attendance.codes import meetings_with
from knowledge.trainings.attendance.models import CheckedIn, Mark
from knowledge.trainings.attendance.refusals import NoSeat, TooManyCodes, WrongCode
from knowledge.trainings.history import Act
from knowledge.trainings.models import Signup, SignupStatus, Training

MOST_WRONG = 5
WITHIN = timedelta(hours=1)
"""So many wrong codes within so long: of a million codes nobody finds the right one in a day."""


class CheckInService:
    """A code marks its reader as present: on the meeting's day, and for who has a seat."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self.database = database
        self.now = now

    async def check_in(self, person: Person, code: str) -> CheckedIn:
        """Raises TooManyCodes, WrongCode and NoSeat."""
        key = await link_key(self.database)
        async with self.database.write() as tx:
            now = self.now()
            wrong = await repository.list_wrong_codes(tx, person.id, now - WITHIN)
            if len(wrong) >= MOST_WRONG:
                raise TooManyCodes(min(wrong) + WITHIN)
            around = await repository.list_around(tx, now)
            found = [*meetings_with(key, code, around, now)]
            if found:
                return await self._come(tx, person, found)
            await repository.note_wrong_code(tx, person.id, now)
        raise WrongCode  # after the commit: it counts

    async def _come(
        self, tx: Writing, person: Person, found: list[tuple[Training, int]]
    ) -> CheckedIn:
        signup: Signup | None = None
        for training, meeting in found:
            signup = await trainings.find_signup(tx, training, person.id)
            if signup and signup.status is SignupStatus.CONFIRMED:
                return await self._mark(tx, person, training, meeting)
        raise NoSeat(found[0][0], signup)

    async def _mark(
        self, tx: Writing, person: Person, training: Training, meeting: int
    ) -> CheckedIn:
        await trainings.find_training_for_update(tx, training.id)
        known = await repository.list_marked(tx, training.id, meeting, [person.id])
        was = {id_: mark for id_, mark in known.items() if mark is not Mark.PRESENT}
        act = Act(person.id, self.now())
        asked = (tx, self.database, act, training.id, meeting)
        await repository.set_marks(*asked, was, Mark.PRESENT)
        return CheckedIn(training, meeting, already=not was)
