"""Takes in a list of trainings, whole or not at all, and tells everybody what is published."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from knowledge.directory.models import Person
from knowledge.directory.places import fold
from knowledge.premises import Premises
from knowledge.storage.database import Writing
from knowledge.trainings import history
from knowledge.trainings.exchange import repository
from knowledge.trainings.exchange.models import Entry, Imported, ListOutdated
from knowledge.trainings.history import Act
from knowledge.trainings.models import Training, TrainingStatus
from knowledge.trainings.planning import access
from knowledge.trainings.planning.models import changed, moves
from knowledge.trainings.planning.notices import Notices
from knowledge.trainings.planning.repository import save
from knowledge.trainings.promotion import Promotion
from knowledge.trainings.quotas.release import keep, start_keeping
from knowledge.trainings.repository import insert_training
from knowledge.trainings.wording import Wording

TOLD_AFTERWARDS = timedelta(days=30)
"""So long after its end is a training told of to everybody."""

MOST_PUBLIC = 1_000

CHANGEABLE = (TrainingStatus.DRAFT, TrainingStatus.OPEN, TrainingStatus.CLOSED)


class ExchangeService:
    """A list is taken in by a coordinator, for the own counties; or by whoever runs the
    installation, who is nobody in particular: None."""

    def __init__(self, premises: Premises, wording: Wording) -> None:
        self.database = premises.database
        self.now = premises.now
        self._wake = premises.wake
        self._notices = Notices(premises, wording)
        self._promotion = Promotion(premises, wording)

    async def counties_of(self, person: Person) -> list[str]:
        """Those that the person may act for at this moment. Raises NotACoordinator."""
        async with self.database.read() as tx:
            return await access.counties_of(tx, person)

    async def kept(self, person: Person | None) -> list[Training]:
        """Every training of the person's counties, drafts too. Raises NotACoordinator."""
        async with self.database.read() as tx:
            counties = await access.counties_of(tx, person) if person else None
            return await repository.list_kept(tx, counties)

    async def take_in(
        self, person: Person | None, entries: Sequence[Entry], *, publish: bool
    ) -> Imported:
        """Keep all of it: what is new as drafts or published, what has changed as it is now.

        Who takes part is told of another time or place, and more seats go to those who wait.
        Raises NotACoordinator, and ListOutdated when something is no longer as it was read.
        """
        act = Act(person.id if person else None, self.now())
        async with self.database.write() as tx:
            counties = await access.counties_of(tx, person) if person else None
            await repository.lock(tx, [one.known.id for one in entries if one.known])
            kept = await repository.list_kept(tx, counties)
            _check(entries, kept, counties, act.at)
            known = {one.id: one for one in kept}
            series = defaultdict[str, list[int]](list)
            told = 0
            for entry in entries:
                if entry.known is None:
                    id_ = await self._add(tx, act, entry, publish=publish)
                else:
                    id_ = entry.known.id
                    told += await self._change(tx, act, known[id_], entry)
                series[entry.series].append(id_)
            await _join(tx, series, known)
        self._wake()
        new = sum(entry.known is None for entry in entries)
        same = sum(entry.is_same for entry in entries)
        return Imported(new, len(entries) - new - same, told)

    async def public(self, county: str = "") -> list[tuple[Training, datetime]]:
        """What everybody may know: published trainings, and when each was last changed.

        Of the county, or all; of what is over, the last month's.
        """
        async with self.database.read() as tx:
            since = self.now() - TOLD_AFTERWARDS
            return await repository.list_public(tx, county, since, MOST_PUBLIC)

    async def _add(self, tx: Writing, act: Act, entry: Entry, *, publish: bool) -> int:
        new = entry.plan.as_draft()
        new = replace(new, status=TrainingStatus.OPEN) if publish else new
        id_ = await insert_training(tx, new, act)
        await start_keeping(tx, self.database, replace(new, id=id_), act.at)
        return id_

    async def _change(self, tx: Writing, act: Act, known: Training, entry: Entry) -> int:
        if entry.is_same:
            return 0
        wanted = entry.plan.applied_to(known)
        is_draft = known.status is TrainingStatus.DRAFT
        has_moved = moves(known, wanted) and not is_draft
        wanted = replace(wanted, version=known.version + 1, sequence=known.sequence + has_moved)
        wanted = await keep(tx, self.database, known, wanted, act.at)
        await save(tx, wanted)
        note = ",".join(changed(known, wanted))
        await history.note_training(tx, act, known.id, known.status, wanted.status, note)
        told = await self._notices.tell_moved(tx, known, wanted, act.at) if has_moved else 0
        await self._promotion.seat_who_waits(tx, wanted, act)
        return told


def likeness(title: str, starts_at: datetime) -> tuple[str, datetime]:
    """What two rows about the same training have in common."""
    return fold(title, strip=False) or title, starts_at


def _check(
    entries: Sequence[Entry],
    kept: Sequence[Training],
    counties: Sequence[str] | None,
    now: datetime,
) -> None:
    """Whether all of it is still as it was read. Raises ListOutdated."""
    known = {one.id: one for one in kept}
    there = {likeness(one.title, one.starts_at) for one in kept}
    for entry in entries:
        plan = entry.plan
        is_own = counties is None or bool({*plan.owners} & {*counties})
        is_good = is_own and not plan.faults and plan.starts_at > now
        if entry.known is None:
            is_new = likeness(plan.title, plan.starts_at) not in there
            is_good = is_good and is_new
        else:
            is_good = _is_still(entry, known.get(entry.known.id), now, is_good=is_good)
        if not is_good:
            raise ListOutdated


def _is_still(entry: Entry, its: Training | None, now: datetime, *, is_good: bool) -> bool:
    """Whether what is known is still so, and may be changed as it is wanted."""
    if its is None or entry.known is None or its.version != entry.known.version:
        return False
    may_be = is_good and may_change(its, now) and entry.plan.seats >= its.taken
    return entry.is_same or may_be


def may_change(training: Training, now: datetime) -> bool:
    """Whether what is written of it can be changed: a draft, or what has not begun."""
    has_begun = training.starts_at <= now and training.status is not TrainingStatus.DRAFT
    return training.status in CHANGEABLE and not has_begun


async def _join(tx: Writing, series: dict[str, list[int]], known: dict[int, Training]) -> None:
    """The trainings of each series get its number: that of one which has it, or the first's id."""
    for called, ids in series.items():
        numbers = [known[id_].series for id_ in ids if id_ in known]
        number = next((one for one in numbers if one), ids[0])
        if called and (len(ids) > 1 or any(numbers)):
            await repository.set_series(tx, ids, number)
