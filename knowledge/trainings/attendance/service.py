"""Marking who came: by who holds the training, on the day of the meeting and afterwards."""

from collections.abc import Callable, Sequence
from datetime import datetime

from knowledge.audit.models import Kind
from knowledge.directory.models import Person
from knowledge.directory.places import fold
from knowledge.storage.database import Database, Reading, Writing
from knowledge.storage.link_key import link_key
from knowledge.trainings import noting
from knowledge.trainings.attendance import repository
from knowledge.trainings.attendance.codes import code_of
from knowledge.trainings.attendance.models import (
    Attendee,
    Mark,
    MarkChange,
    Sheet,
    coming_meetings,
    held_meetings,
)
from knowledge.trainings.attendance.refusals import MeetingsOver, NotHeldYet
from knowledge.trainings.history import Act
from knowledge.trainings.models import Training, TrainingStatus
from knowledge.trainings.participants import access
from knowledge.trainings.participants.telling import words_of

LATEST = -1
"""Stands for the meeting of today, or else the latest that has been held."""


class AttendanceService:
    """The list of those with a seat, for each meeting; every method is one transaction.

    All raise NotACoordinator, NotFound, NotHeldBy and NotHeldYet. `meeting` counts from 0.
    """

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self.database = database
        self.now = now

    async def sheet(self, person: Person, training_id: int, meeting: int = LATEST) -> Sheet:
        """How many are marked."""
        async with self.database.read() as tx:
            training = await access.get(tx, person, training_id)
            return await self._sheet(tx, training, self._held(training, meeting))

    async def page(
        self,
        person: Person,
        training_id: int,
        meeting: int,
        name: str = "",
        first: int = 0,
        limit: int | None = None,
    ) -> list[Attendee]:
        """Those with a seat, by name; with a `name` those whose names have its words, or begin
        with them."""
        words = words_of(name)
        async with self.database.read() as tx:
            training = await access.get(tx, person, training_id)
            meeting = self._held(training, meeting)
            asked = (tx, training_id, meeting)
            if not words:
                return await repository.list_attendees(*asked, first=first, limit=limit)
            found = await repository.list_attendees(*asked, words)
        named = [one for one in found if _is_called(one.name, words)]
        return named[first : None if limit is None else first + limit]

    async def mark(
        self, person: Person, training_id: int, meeting: int, who: Sequence[int], mark: Mark
    ) -> Sheet:
        """Mark these people; who has no seat is passed over."""
        return await self.tick(person, training_id, meeting, {one: mark for one in who})

    async def tick(
        self, person: Person, training_id: int, meeting: int, marks: dict[int, Mark]
    ) -> Sheet:
        """Mark each of these people. What is so already is not noted again."""
        async with self.database.write() as tx:
            training = await access.get(tx, person, training_id, for_update=True)
            meeting = self._held(training, meeting)
            known = await repository.list_marked(tx, training_id, meeting, [*marks])
            await self._set(tx, person, training, meeting, known, marks)
            return await self._sheet(tx, training, meeting)

    async def mark_rest(
        self, person: Person, training_id: int, meeting: int, mark: Mark
    ) -> tuple[Sheet, int]:
        """Mark everybody who has no mark yet. Returns how many they were."""
        async with self.database.write() as tx:
            training = await access.get(tx, person, training_id, for_update=True)
            meeting = self._held(training, meeting)
            known = await repository.list_marked(tx, training_id, meeting, None)
            rest = {id_: mark for id_, was in known.items() if was is Mark.UNKNOWN}
            await self._set(tx, person, training, meeting, known, rest)
            return await self._sheet(tx, training, meeting), len(rest)

    async def changes(self, person: Person, training_id: int, person_id: int) -> list[MarkChange]:
        """What became of somebody's marks: who, when, from what."""
        async with self.database.read() as tx:
            await access.get(tx, person, training_id)
            return await repository.list_changes(tx, training_id, person_id)

    async def code(
        self, person: Person, training_id: int, meeting: int = LATEST
    ) -> tuple[Training, int, str]:
        """The code that checks people in at a meeting: the one of today, or else the next; also
        before its day, to be printed. Raises NotHeldYet when the training was called off, and
        MeetingsOver."""
        async with self.database.read() as tx:
            training = await access.get(tx, person, training_id)
        if training.status is TrainingStatus.CANCELLED:
            raise NotHeldYet(training)
        coming = coming_meetings(training, self.now())
        if meeting == LATEST and coming:
            meeting = coming[0]
        if meeting not in coming:
            raise MeetingsOver(training)
        return training, meeting, code_of(await link_key(self.database), training, meeting)

    async def _set(
        self,
        tx: Writing,
        person: Person,
        training: Training,
        meeting: int,
        known: dict[int, Mark],
        marks: dict[int, Mark],
    ) -> None:
        act, count = Act(person.id, self.now()), 0
        for mark in Mark:
            changed = {
                id_: was for id_, was in known.items() if marks.get(id_) is mark and was is not mark
            }
            asked = (tx, self.database, act, training.id, meeting)
            await repository.set_marks(*asked, changed, mark)
            count += len(changed)
        if count:
            await noting.note(tx, Kind.TRAINING_MARK, person, training, count=count)

    async def _sheet(self, tx: Reading | Writing, training: Training, meeting: int) -> Sheet:
        seated, walk_ins, marks = await repository.count_marks(tx, training.id, meeting)
        held = held_meetings(training, self.now())
        counted = marks.get(Mark.PRESENT, 0), marks.get(Mark.ABSENT, 0)
        return Sheet(training, meeting, held, seated, *counted, walk_ins)

    def _held(self, training: Training, meeting: int) -> int:
        """The meeting, if its day has come. Raises NotHeldYet."""
        held = held_meetings(training, self.now())
        if meeting == LATEST and held:
            return held[-1]
        if meeting not in held:
            raise NotHeldYet(training)
        return meeting


def _is_called(name: str, words: Sequence[str]) -> bool:
    """Whether each word is one of the name's, or the beginning of one."""
    parts = fold(name, strip=False).split()
    return all(any(part.startswith(word) for part in parts) for word in words)
