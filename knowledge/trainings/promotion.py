"""From the waiting list to a seat: the first in line who can be told gets it, and is told.

Shortly before a training nobody can be sure that people look and can come: then they are asked,
one for each seat, which is kept while they answer.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from knowledge.delivery import outbox
from knowledge.delivery.outbox import Notice
from knowledge.directory.models import Person
from knowledge.premises import Premises
from knowledge.storage.database import Writing
from knowledge.times import after_waking
from knowledge.trainings import history, holding, repository, seats
from knowledge.trainings.history import Act
from knowledge.trainings.models import Signup, SignupStatus, Training
from knowledge.trainings.quotas import repository as quotas
from knowledge.trainings.reminders import set_reminders
from knowledge.trainings.wording import Wording

CUT_OFF = timedelta(hours=24)
"""So long before a training a seat is given no more, but offered."""

OFFER = timedelta(hours=2)
"""So long an offer stands; hours in which people are left in peace do not count."""

OFFERED, EXPIRED = "offered", "expired"
"""Notes in the history of who waits."""


def notice_of(signup: Signup) -> str:
    """The group in the outbox of the news that a seat is theirs."""
    return f"notice:promoted:{signup.id}"


class Promotion:
    """Gives seats to those who wait, while the training is locked."""

    def __init__(self, premises: Premises, wording: Wording) -> None:
        self.database = premises.database
        self._wording = wording
        self._quiet_until = premises.quiet_until

    async def pass_seat_on(self, tx: Writing, training: Training, act: Act) -> None:
        """A seat has been given back: it is the next one's, or free."""
        await seats.give_seat_back(tx, training.id)
        await self.seat_who_waits(tx, replace(training, taken=training.taken - 1), act)

    async def seat_who_waits(self, tx: Writing, training: Training, act: Act) -> Training:
        """Seats that are free go to those in line: one was given back, there are more of them now,
        or who was passed over is here again."""
        is_offered = act.at >= training.starts_at - CUT_OFF
        too_late = is_offered and (self._quiet_until(act.at) or act.at) >= training.starts_at
        room = await quotas.room_of(tx, training, act.at)
        next_up = dict[int, Person]()
        if room.left and not too_late and training.gives_seats(act.at):
            next_up = await seats.first_in_line(tx, training.id, room)
        training = await quotas.note_taken(tx, training, room)
        if next_up:
            give = self._offer if is_offered else self._promote
            await give(tx, training, act, next_up)
            those = [person.id for person in next_up.values()]
            await quotas.note_places(tx, training, those)
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

    async def _offer(
        self, tx: Writing, training: Training, act: Act, next_up: Mapping[int, Person]
    ) -> None:
        """Each is asked, and the seat is kept until the answer."""
        until = min(after_waking(act.at, OFFER, self._quiet_until), training.starts_at)
        await holding.hold(tx, self.database, training.id, [*next_up], until)
        waits = SignupStatus.WAITING
        await history.note_signups(tx, act, training.id, [*next_up], waits, waits, OFFERED)
        ids = [person.id for person in next_up.values()]
        signups = await repository.find_signups(tx, training, ids)
        offers = [
            Notice(holding.offer_of(one), person, self._wording.offered(one))
            for person in next_up.values()
            if (one := signups.get(person.id))
        ]
        await outbox.enqueue_each(tx, self.database, offers, self._quiet_until(act.at))
