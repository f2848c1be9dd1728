"""What a coordinator tells of a training, and a training as who holds it sees it."""

import re
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from knowledge import addresses
from knowledge.directory.models import Person
from knowledge.trainings.asking.models import LONGEST_QUESTION, MOST_QUESTIONS, Question
from knowledge.trainings.meetings import MOST_MEETINGS, faults_of, renumbered
from knowledge.trainings.models import Meeting, Signup, Training, TrainingStatus

TITLE = range(3, 101)
LONGEST = {
    "place": 120,
    "organizer": 100,
    "for_whom": 200,
    "bring": 300,
    "summary": 1000,
}
"""How many characters each text may have, beside the title."""

LONGEST_REASON = 300
ONE_LINE = ("place", "organizer", "for_whom", "bring")
SEATS = range(1, 10_001)
PRICE = range(100_001)

MOVES = ("starts_at", "ends_at", "meetings", "place", "online", "join_link")
"""What everybody who takes part must know, and calendars must show."""

_MARKUP = re.compile(r"[<>`]|\{\{|\*\*|__|\]\(")


@dataclass(frozen=True)
class Plan:
    """All that is written of a training. The names are those of `Training`."""

    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    seats: int
    owners: tuple[str, ...]
    themes: tuple[str, ...] = ()
    summary: str = ""
    organizer: str = ""
    price: int | None = None
    for_whom: str = ""
    bring: str = ""
    online: bool = False
    join_link: str = ""
    sign_up_until: datetime | None = None
    withdraw_until: datetime | None = None
    meetings: tuple[Meeting, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def each_meeting(self) -> tuple[Meeting, ...]:
        """All meetings; one where there is one."""
        return self.meetings or (Meeting(self.starts_at, self.ends_at),)

    def at_each(self) -> list["Plan"]:
        """The same for each meeting alone."""
        return [
            replace(self, meetings=(), starts_at=one.starts_at, ends_at=one.ends_at)
            for one in self.each_meeting
        ]

    @property
    def faults(self) -> tuple[str, ...]:
        """What must be changed before it can be kept, by the names of the fields.

        Of a title also "title_lines" and "title_markup", since there the reason is not seen.
        """
        good = {
            "title": len(self.title) in TITLE,
            "title_lines": _is_one_line(self.title),
            "title_markup": not _MARKUP.search(self.title),
            "ends": bool(self.meetings) or not faults_of(self.each_meeting),
            "meetings": self._meets_well(),
            "questions": self._asks_well(),
            "place": bool(self.place or self.online),
            "seats": self.seats in SEATS,
            "price": self.price is None or self.price in PRICE,
            "owners": bool(self.owners),
            "join_link": not self.join_link or bool(addresses.encoded(self.join_link)),
            "sign_up_until": self._is_before_start(self.sign_up_until),
            "withdraw_until": self._is_before_start(self.withdraw_until),
        }
        bad = [name for name, is_good in good.items() if not is_good]
        return (*bad, *(name for name in LONGEST if name not in bad and not self._is_good(name)))

    def _meets_well(self) -> bool:
        each = self.each_meeting
        spans = each[0].starts_at == self.starts_at and each[-1].ends_at == self.ends_at
        well = spans and len(each) <= MOST_MEETINGS and not faults_of(each)
        return well or not self.meetings

    def _asks_well(self) -> bool:
        own = [one.words for one in self.questions if one.words]
        fits = all(len(one) <= LONGEST_QUESTION and _is_one_line(one) for one in own)
        return fits and len(own) <= MOST_QUESTIONS and len({*own}) == len(own)

    def _is_good(self, name: str) -> bool:
        written = str(getattr(self, name))
        is_short = len(written) <= LONGEST[name]
        return is_short and (name not in ONE_LINE or _is_one_line(written))

    def _is_before_start(self, last: datetime | None) -> bool:
        return last is None or last <= self.starts_at

    @classmethod
    def of(cls, training: Training) -> "Plan":
        """What is written of it now."""
        return cls(**{**_written(cls, training), "owners": training.owned_by})

    def applied_to(self, training: Training) -> Training:
        """The training as it is to be; its county stays the first of the owners that it had, and
        each meeting the one that it was."""
        county = training.county if training.county in self.owners else self.owners[0]
        held, dropped = renumbered(self.each_meeting, training)
        meets = {"meetings": held if [one.number for one in held] != [0] else ()}
        written = {**_written(type(self), self), **meets, "dropped": dropped}
        return replace(training, county=county, **written)

    def as_draft(self) -> Training:
        """A new training, seen by nobody yet."""
        numbered = (replace(one, number=place) for place, one in enumerate(self.meetings))
        written = {**_written(type(self), self), "meetings": tuple(numbered)}
        return Training(
            id=0,
            county=self.owners[0],
            taken=0,
            status=TrainingStatus.DRAFT,
            sequence=0,
            **written,
        )


@dataclass(frozen=True)
class Held:
    """A training as those see it who hold it. `series`: all that people sign up for one by one, of
    which it is one."""

    training: Training
    waiting: int = 0
    kept: int = 0  # seats that are taken by nobody who has one: they are offered, or may be undone
    series: tuple[Training, ...] = ()

    @property
    def is_draft(self) -> bool:
        return self.training.status is TrainingStatus.DRAFT

    @property
    def told(self) -> int:
        """How many have a seat or stand in line, and so hear of what changes."""
        return self.training.taken - self.kept + self.waiting


@dataclass(frozen=True)
class Participant:
    """Somebody who has a seat or stands in line."""

    person: Person
    signup: Signup


def changed(before: Training, after: Training) -> tuple[str, ...]:
    """The names of what is told otherwise."""
    names = (one.name for one in fields(Plan))
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def moves(before: Training, after: Training) -> bool:
    """Whether who takes part must be told, and calendars change."""
    return bool({*changed(before, after)} & {*MOVES})


def _written(plan: type[Plan], of: Any) -> dict[str, Any]:
    return {one.name: getattr(of, one.name) for one in fields(plan)}


def _is_one_line(written: str) -> bool:
    return len(written.splitlines()) <= 1
