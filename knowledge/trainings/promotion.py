"""From the waiting list to a seat: the first in line who can be told gets it, and is told."""

from collections.abc import Mapping
from dataclasses import replace

from knowledge.delivery import outbox
from knowledge.delivery.outbox import Notice
from knowledge.directory.models import Person
from knowledge.storage.database import Database, Writing
from knowledge.times import QuietUntil
from knowledge.trainings import repository, seats
from knowledge.trainings.history import Act
from knowledge.trainings.models import Signup, SignupStatus, Training
from knowledge.trainings.reminders import set_reminders
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
        next_up = await seats.first_in_line(tx, training.id, 1)
        if not next_up or training.starts_at <= act.at:
            await seats.give_seat_back(tx, training.id)
            return
        await self._promote(tx, training, act, next_up)

    async def seat_who_waits(self, tx: Writing, training: Training, act: Act) -> Training:
        """Somebody may wait although seats are free: there are more of them now, or who was passed
        over as gone is here again."""
        if not training.seats_left:
            return training
        next_up = await seats.first_in_line(tx, training.id, training.seats_left)
        if not next_up:
            return training
        await seats.take_for_waiting(tx, training.id, len(next_up))
        training = replace(training, taken=training.taken + len(next_up))
        await self._promote(tx, training, act, next_up)
        return training

    async def _promote(
        self, tx: Writing, training: Training, act: Act, next_up: Mapping[int, Person]
    ) -> None:
        """Each is told in the same transaction: the news is written if and only if the seat is."""
        waiting, confirmed = SignupStatus.WAITING, SignupStatus.CONFIRMED
        await seats.set_status(tx, act, training.id, [*next_up], waiting, confirmed)
        ids = [person.id for person in next_up.values()]
        await set_reminders(tx, self.database, training, ids, act.at)
        signups = await repository.find_signups(tx, training, ids)
        news = [
            Notice(notice_of(one), person, self._wording.promoted(one))
            for person in next_up.values()
            if (one := signups.get(person.id))
        ]
        await outbox.enqueue_each(tx, self.database, news, self._quiet_until(act.at))
