"""Writing trainings and holding them. Who may is decided in `access.py`."""

from dataclasses import dataclass, replace
from datetime import datetime

from knowledge.directory.models import Person
from knowledge.premises import Premises
from knowledge.storage.database import Writing
from knowledge.trainings import history
from knowledge.trainings.asking.repository import move_end
from knowledge.trainings.history import Act, Change
from knowledge.trainings.meetings import begun_anew, changes_held
from knowledge.trainings.models import Training, TrainingStatus
from knowledge.trainings.planning import access, repository
from knowledge.trainings.planning.models import Held, Plan, changed, moves
from knowledge.trainings.planning.notices import Notices
from knowledge.trainings.planning.refusals import (
    ChangedMeanwhile,
    NotNow,
    PlanFaulty,
    TooFewSeats,
)
from knowledge.trainings.promotion import Promotion
from knowledge.trainings.quotas.release import keep
from knowledge.trainings.repository import insert_training
from knowledge.trainings.service import TOLD_AFTERWARDS
from knowledge.trainings.wording import Wording

MOST_HELD = 200


@dataclass(frozen=True)
class Done:
    """What came of an act: the training as it is now, and how many are told or got a seat."""

    training: Training
    told: int = 0
    promoted: int = 0


class PlanningService:
    """What a coordinator does with a training: one promise and one transaction each.

    Every method raises NotACoordinator; those about a training also NotFound and, when other
    counties hold it, NotHeldBy.
    """

    def __init__(self, premises: Premises, wording: Wording) -> None:
        self.database = premises.database
        self.now = premises.now
        self._wake = premises.wake
        self._notices = Notices(premises, wording)
        self._promotion = Promotion(premises, wording)

    async def list_held(self, person: Person) -> list[Held]:
        """The trainings of the person's counties: drafts, coming ones, and over since two months
        at most."""
        async with self.database.read() as tx:
            counties = await access.counties_of(tx, person)
            since = self.now() - TOLD_AFTERWARDS
            return await repository.list_held(tx, counties, since, MOST_HELD)

    async def get(self, person: Person, training_id: int) -> Held:
        """The training as it stands; of a series of drafts the first, which all are written in."""
        async with self.database.read() as tx:
            training = await access.get(tx, person, training_id)
            series = await repository.list_series(tx, training.series)
            if series and training.status is TrainingStatus.DRAFT:
                training = series[0]
            return await repository.held_of(tx, training, series)

    async def history(self, person: Person, training_id: int) -> list[Change]:
        """What became of the training, the oldest first."""
        async with self.database.read() as tx:
            await access.get(tx, person, training_id)
            return await history.list_of_training(tx, training_id)

    async def save_draft(
        self, person: Person, plan: Plan, *, id: int | None = None, singly: bool = False
    ) -> Training:
        """Keep a new draft, or a changed one; the first of a series where people are to sign up
        `singly`, for one meeting at a time. Raises PlanFaulty; for an `id` also NotNow."""
        act = Act(person.id, self.now())
        async with self.database.write() as tx:
            await access.must_hold(tx, person, plan.owners)
            _check(plan, act.at)
            drafts = await self._drafts(tx, person, id) if id else []
            plans = plan.at_each() if singly else [plan]
            for known in drafts[len(plans) :]:
                await self._save(tx, act, known, replace(known, status=TrainingStatus.DELETED))
            ids = [one.id for one in drafts[: len(plans)]]
            for new in plans[len(drafts) :]:
                ids.append(await insert_training(tx, new.as_draft(), act))
            series = ids[0] if len(plans) > 1 else None
            for one, its in zip(plans, ids, strict=True):
                known = await access.get(tx, person, its, for_update=True)
                wanted = replace(one.applied_to(known), series=series)
                if its in [draft.id for draft in drafts] or wanted != known:
                    await self._save(tx, act, known, wanted)
            return await access.get(tx, person, ids[0])

    async def publish(self, person: Person, training_id: int, version: int) -> Done:
        """Let everybody find the draft that was shown, with all of its series.

        Raises ChangedMeanwhile, PlanFaulty and NotNow.
        """
        act = Act(person.id, self.now())
        async with self.database.write() as tx:
            drafts = await self._drafts(tx, person, training_id)
            if drafts[0].version != version:
                raise ChangedMeanwhile(drafts[0])
            for known in drafts:
                _check(Plan.of(known), act.at)
            opened = [
                await self._save(
                    tx, act, known, replace(known, status=TrainingStatus.OPEN), shown_at=act.at
                )
                for known in drafts
            ]
            return Done(opened[0])

    async def change(self, person: Person, training_id: int, version: int, plan: Plan) -> Done:
        """Change what has been published. Who takes part is told of another time or place, and
        more seats go to those who wait, in order.

        Raises ChangedMeanwhile, PlanFaulty, TooFewSeats, QuotasTooLarge and NotNow.
        """
        act = Act(person.id, self.now())
        async with self.database.write() as tx:
            known = await self._lock(tx, person, training_id, *_HELD)
            if known.version != version:
                raise ChangedMeanwhile(known)
            if known.each_meeting[-1].starts_at <= act.at:
                raise NotNow(known)
            await access.must_hold(tx, person, plan.owners)
            _check(plan, act.at, known)
            if plan.seats < known.taken:
                raise TooFewSeats(known)
            done = await self._change(tx, act, known, plan.applied_to(known))
        self._wake()
        return done

    async def close(self, person: Person, training_id: int) -> Done:
        """Take no more sign-ups. Raises NotNow."""
        return await self._turn(person, training_id, TrainingStatus.OPEN, TrainingStatus.CLOSED)

    async def reopen(self, person: Person, training_id: int) -> Done:
        """Take sign-ups again. Raises NotNow."""
        return await self._turn(person, training_id, TrainingStatus.CLOSED, TrainingStatus.OPEN)

    async def cancel(self, person: Person, training_id: int, reason: str) -> Done:
        """Call it off, and tell everybody who has a seat or stands in line. Raises NotNow."""
        act = Act(person.id, self.now())
        async with self.database.write() as tx:
            known = await self._lock(tx, person, training_id, *_HELD)
            if known.ends_at <= act.at:
                raise NotNow(known)
            off = replace(
                known,
                status=TrainingStatus.CANCELLED,
                reason=reason,
                sequence=known.sequence + 1,
            )
            off = await self._save(tx, act, known, off)
            told = await self._notices.tell_cancelled(tx, known, off, act.at)
        self._wake()
        return Done(off, told)

    async def delete_draft(self, person: Person, training_id: int) -> Training:
        """Forget a draft, with all of its series; no id is ever used again. Raises NotNow."""
        act = Act(person.id, self.now())
        async with self.database.write() as tx:
            drafts = await self._drafts(tx, person, training_id)
            for known in drafts:
                await self._save(tx, act, known, replace(known, status=TrainingStatus.DELETED))
        return drafts[0]

    async def _drafts(self, tx: Writing, person: Person, training_id: int) -> list[Training]:
        """The draft, or all drafts of its series, the first one first. Raises NotNow."""
        known = await access.get(tx, person, training_id)
        series = await repository.list_series(tx, known.series, for_update=True)
        drafts = series or [await access.get(tx, person, training_id, for_update=True)]
        for one in drafts:
            if one.status is not TrainingStatus.DRAFT:
                raise NotNow(one)
        return drafts

    async def _turn(
        self, person: Person, training_id: int, was: TrainingStatus, becomes: TrainingStatus
    ) -> Done:
        act = Act(person.id, self.now())
        async with self.database.write() as tx:
            known = await self._lock(tx, person, training_id, was)
            if known.starts_at <= act.at:
                raise NotNow(known)
            return Done(await self._save(tx, act, known, replace(known, status=becomes)))

    async def _change(self, tx: Writing, act: Act, known: Training, wanted: Training) -> Done:
        has_moved = moves(known, wanted)
        dropped = tuple(replace(one, dropped_at=one.dropped_at or act.at) for one in wanted.dropped)
        wanted = replace(wanted, sequence=known.sequence + has_moved, dropped=dropped)
        saved = await self._save(tx, act, known, wanted)
        told = await self._notices.tell_moved(tx, known, saved, act.at) if has_moved else 0
        await move_end(tx, saved)
        has_begun = saved.starts_at <= act.at
        seated = saved if has_begun else await self._promotion.seat_who_waits(tx, saved, act)
        return Done(seated, told, seated.taken - saved.taken)

    async def _lock(
        self, tx: Writing, person: Person, training_id: int, *states: TrainingStatus
    ) -> Training:
        known = await access.get(tx, person, training_id, for_update=True)
        if known.status not in states:
            raise NotNow(known)
        return known

    async def _save(
        self,
        tx: Writing,
        act: Act,
        known: Training,
        wanted: Training,
        *,
        shown_at: datetime | None = None,
    ) -> Training:
        wanted = replace(wanted, version=known.version + 1)
        wanted = await keep(tx, self.database, known, wanted, act.at)
        await repository.save(tx, wanted, shown_at=shown_at)
        note = ",".join(changed(known, wanted))
        await history.note_training(tx, act, known.id, known.status, wanted.status, note)
        return wanted


_HELD = (TrainingStatus.OPEN, TrainingStatus.CLOSED)


def _check(plan: Plan, now: datetime, known: Training | None = None) -> None:
    """`known` has been published: what of it has been is to stay as it was."""
    faults = [*plan.faults]
    if begun_anew(plan.each_meeting, now, known):
        faults.append("past")
    if known and changes_held(plan.each_meeting, now, known):
        faults.append("held")
    if faults:
        raise PlanFaulty(tuple(faults))
