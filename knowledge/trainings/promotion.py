"""From the waiting list to a seat: the first in line who can be told gets it, and is told."""

from dataclasses import replace

from knowledge.delivery import outbox
from knowledge.directory.models import Person
from knowledge.storage.database import Database, Writing
from knowledge.times import QuietUntil
from knowledge.trainings import repository, seats
from knowledge.trainings.history import Act
from knowledge.trainings.models import Signup, SignupStatus, Training
from knowledge.trainings.reminders import set_reminder
from knowledge.trainings.wording import Wording


def notice_of(signup: Signup) -> str:
    """The group in the outbox of the news that a seat is theirs."""
    return f"notice:promoted:{signup.id}"


class Promotion:
    """Gives seats to those who wait, while the training is locked."""

    def __init__(self, database: Database, wording: Wording, quiet_until: QuietUntil) -> None:
        self.database = database
        self._wording = wording
        self._quiet_until = quiet_until

    async def pass_seat_on(self, tx: Writing, training: Training, act: Act) -> None:
        """A seat has been given back: it is the next one's, or free."""
        next_up = await seats.first_in_line(tx, training.id)
        if next_up is None or training.starts_at <= act.at:
            await seats.give_seat_back(tx, training.id)
            return
        await self._promote(tx, training, act, *next_up)

    async def seat_who_waits(self, tx: Writing, training: Training, act: Act) -> Training:
        """Somebody may wait although seats are free: there are more of them now, or who was passed
        over as gone is here again."""
        while training.seats_left and (next_up := await seats.first_in_line(tx, training.id)):
            await seats.take_one_seat(tx, training.id)
            training = replace(training, taken=training.taken + 1)
            await self._promote(tx, training, act, *next_up)
        return training

    async def _promote(
        self, tx: Writing, training: Training, act: Act, signup_id: int, person: Person
    ) -> None:
        waiting, confirmed = SignupStatus.WAITING, SignupStatus.CONFIRMED
        await seats.set_status(tx, act, training.id, signup_id, waiting, confirmed)
        await set_reminder(tx, self.database, training, person.id, act.at)
        signup = await repository.find_signup(tx, training, person.id)
        if signup is not None:
            await self._tell(tx, act, person, signup)

    async def _tell(self, tx: Writing, act: Act, person: Person, signup: Signup) -> None:
        """In the same transaction: the news is written if and only if the seat is."""
        message, wait = self._wording.promoted(signup), self._quiet_until(act.at)
        key = notice_of(signup).removeprefix("notice:")
        await outbox.enqueue_notice(tx, self.database, person, message, key, wait)
