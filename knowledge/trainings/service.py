"""Signing up, withdrawing, and the waiting list. Never more people than seats."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from knowledge.directory.models import Person
from knowledge.directory.repository import list_counties_of
from knowledge.errors import DatabaseBusy, KnowledgeError
from knowledge.premises import Premises
from knowledge.storage.database import Writing
from knowledge.trainings import clashes, repository, seating, undo
from knowledge.trainings.asking.refusals import AnswersNeeded
from knowledge.trainings.asking.repository import find_unasked
from knowledge.trainings.clashes import Beforehand
from knowledge.trainings.desk import Desk, Served
from knowledge.trainings.held_seats import HeldSeats
from knowledge.trainings.history import Act
from knowledge.trainings.holding import UNDO
from knowledge.trainings.models import Signup, SignupStatus, Training, Wanted
from knowledge.trainings.promotion import Promotion
from knowledge.trainings.quotas.release import Release, start_keeping
from knowledge.trainings.refusals import (
    NotOffered,
    NotSignedUp,
    SignupClosed,
    TooLateToUndo,
    TooLateToWithdraw,
    TrainingMoved,
    TrainingNotFound,
)
from knowledge.trainings.wording import Wording

MOST_OPEN = 200
"""More upcoming trainings than this are not looked through."""

TOLD_AFTERWARDS = timedelta(days=60)
"""So long after a training may its participants still be written to."""


class TrainingService:
    """One promise per method: when it has returned, it is true.

    Who gets a freed seat is told when `quiet_until` is over; `wake` stirs the sender.
    """

    def __init__(self, premises: Premises, wording: Wording, *, undo_for: timedelta = UNDO) -> None:
        self.database = premises.database
        self.now = premises.now
        self._wake = premises.wake
        self._undo_for = undo_for
        self._promotion = Promotion(premises, wording)
        self.held_seats = HeldSeats(self._promotion, self.now)
        self.quotas = Release(self._promotion, self.now)
        self._desk = Desk(self._sign_all_up)
        self._themes: frozenset[str] = frozenset()
        self._themes_until = datetime.min.replace(tzinfo=UTC)

    async def list_open(self, wanted: Wanted, limit: int = 5) -> list[Training]:
        """Trainings that take sign-ups, the soonest first."""
        now = self.now()
        since = max(now, wanted.since) if wanted.since else now
        narrowed = replace(wanted, since=since)
        async with self.database.read() as tx:
            return await repository.list_trainings(tx, narrowed, now, limit)

    async def find_all(self, ids: Sequence[int]) -> dict[int, Training]:
        """Those of these trainings that exist, as they are now, by their id."""
        async with self.database.read() as tx:
            found = await repository.list_by_ids(tx, ids)
        return {training.id: training.as_of(self.now()) for training in found}

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
        """The topics that some training has not begun on; up to a minute old.

        Older while the trainings are held by others: an answer needs them only for a hint.
        """
        now = self.now()
        if self._themes_until < now:
            self._themes_until = now + timedelta(minutes=1)
            with suppress(DatabaseBusy):
                upcoming = await self.list_open(Wanted(), limit=MOST_OPEN)
                self._themes = frozenset(theme for one in upcoming for theme in one.themes)
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

    async def standings(self, person: Person, known: Mapping[int, Training]) -> dict[int, Signup]:
        """The person's live sign-ups to these trainings, by the training."""
        async with self.database.read() as tx:
            return await repository.find_own(tx, person.id, known)

    async def beforehand(self, person: Person, ids: Sequence[int]) -> Beforehand:
        """What is to be known before the person is signed up for these."""
        async with self.database.read() as tx:
            wanted = await repository.list_by_ids(tx, ids)
            own = await clashes.list_own(tx, person.id, self.now())
        return clashes.beforehand(wanted, own)

    async def sign_up(
        self, person: Person, training_id: int, *, shown: int | None = None
    ) -> Signup:
        """Give the person a seat, or the last place in the waiting list.

        A seat that is offered, or that the person has just given back, is taken by it. Signing up
        twice changes nothing and says so (`already`). `shown` is the training's sequence when its
        time and place were told. Raises TrainingNotFound, SignupClosed, TrainingMoved, and
        AnswersNeeded where the organiser asks what has not been answered.
        """
        return await self._desk.sign_up(person, training_id, shown)

    async def _sign_all_up(
        self, training_id: int, those: Sequence[Person], shown: Sequence[int | None] = ()
    ) -> list[Served]:
        """Each in turn, in one transaction. Raises TrainingNotFound."""
        ids = list(dict.fromkeys(person.id for person in those))
        async with self.database.write() as tx:
            training = await self._lock(tx, training_id)
            closed = not training.takes_signups(self.now())
            training, back = await seating.welcome(tx, self._promotion, training, ids, self.now())
            before = await repository.find_signups(tx, training, ids)
            told = dict(zip([one.id for one in those], shown, strict=False))
            moved = {id for id in ids if told.get(id) not in (None, training.sequence)}
            new = [] if closed else [id for id in ids if id not in before and id not in moved]
            unasked = await find_unasked(tx, training, new)
            new = [id for id in new if id not in unasked]
            given = await seating.give(tx, self.database, training, new, self.now())
        given |= {id: before[id] for id in back}
        served: list[Served] = []
        for person in those:
            first = given.pop(person.id, None)
            if first:
                before[person.id] = first  # should the same person stand in line once more
            known = before.get(person.id)
            refusal = _refusal(training, closed=closed, asks=person.id in unasked)
            served.append(first or (replace(known, already=True) if known else refusal))
        return served

    async def withdraw(self, person: Person, training_id: int) -> Training:
        """Give the place back. For `undo_for` it can be undone, then a seat goes to the next.

        Raises TrainingNotFound, NotSignedUp and TooLateToWithdraw; a place in line can be left at
        any time, which declines a seat that is offered, and so can a training that was called off.
        """
        act = Act(person.id, self.now())
        async with self.database.write() as tx:
            training = await self._lock(tx, training_id)
            signup = await repository.find_signup(tx, training, person.id)
            if signup is None:
                raise NotSignedUp(training)
            has_seat = signup.status is SignupStatus.CONFIRMED
            if has_seat and not training.takes_withdrawals(act.at):
                raise TooLateToWithdraw(training)
            if has_seat and self._undo_for and training.gives_seats(act.at):
                until = act.at + self._undo_for
                await seating.leave(tx, self.database, act, signup, person.id, until)
            else:
                await seating.give_back(tx, self._promotion, act, signup, person.id)
        self._wake()  # whoever is asked is asked at once
        return training

    async def decline(self, person: Person, training_id: int) -> Training:
        """Leave the line instead of taking the seat that is offered: the next is asked.

        Raises TrainingNotFound and NotOffered.
        """
        act = Act(person.id, self.now())
        async with self.database.write() as tx:
            training = await self._lock(tx, training_id)
            signup = await repository.find_signup(tx, training, person.id)
            if signup is None or not signup.is_offered:
                raise NotOffered(training, signup)
            await seating.give_back(tx, self._promotion, act, signup, person.id)
        self._wake()
        return training

    async def undo_withdrawal(self, person: Person, training_id: int) -> Signup:
        """Give the person back the seat, or the place in line, that was just left.

        Raises TrainingNotFound and TooLateToUndo.
        """
        act = Act(person.id, self.now())
        async with self.database.write() as tx:
            training = await self._lock(tx, training_id)
            known = await repository.find_signup(tx, training, person.id)
            if known:
                return replace(known, already=True)
            left = await undo.find_left_line(tx, training_id, act)
            if left and training.gives_seats(act.at):
                await undo.stand_again(tx, act, training_id, left)
            those = [person.id]
            training, _ = await seating.welcome(tx, self._promotion, training, those, act.at)
            signup = await repository.find_signup(tx, training, person.id)
            if signup is None:
                raise TooLateToUndo(training)
        return signup

    async def latest_withdrawal(self, person: Person) -> int | None:
        """The training that the person left last, as long as that can be undone."""
        async with self.database.read() as tx:
            return await undo.find_latest(tx, Act(person.id, self.now()))

    async def count_in_line(self, ids: Sequence[int]) -> Mapping[int, int]:
        """How many wait for a seat, by the training."""
        async with self.database.read() as tx:
            return await repository.count_in_line(tx, ids)

    async def mine(self, person: Person) -> list[Signup]:
        """The person's places and places in line, at trainings that are not over."""
        async with self.database.read() as tx:
            return await repository.list_signups(tx, person.id, self.now())

    async def signup_by_token(self, token: str) -> Signup | None:
        """The sign-up whose calendar link holds `token`; withdrawn when it was given back."""
        async with self.database.read() as tx:
            return await repository.find_signup_by_token(tx, token)

    async def add(self, training: Training) -> int:
        """Store a new training, as nobody in particular, and return its id."""
        self._themes_until = datetime.min.replace(tzinfo=UTC)
        async with self.database.write() as tx:
            act = Act(None, self.now())
            id_ = await repository.insert_training(tx, training, act)
            await start_keeping(tx, self.database, replace(training, id=id_), act.at)
            return id_

    async def _lock(self, tx: Writing, training_id: int) -> Training:
        training = await repository.find_training_for_update(tx, training_id)
        if training is None:
            raise TrainingNotFound(training_id)
        return training


def _refusal(training: Training, *, closed: bool, asks: bool) -> KnowledgeError:
    if asks:
        return AnswersNeeded(training)
    return SignupClosed(training) if closed else TrainingMoved(training)
