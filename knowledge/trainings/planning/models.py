"""What a coordinator tells of a training, and a training as who holds it sees it."""

import re
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

from knowledge import addresses
from knowledge.directory.models import Person
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
LONGEST_TIME = timedelta(days=31)

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

    @property
    def faults(self) -> tuple[str, ...]:
        """What must be changed before it can be kept, by the names of the fields.

        Of a title also "title_lines" and "title_markup", since there the reason is not seen.
        """
        good = {
            "title": len(self.title) in TITLE,
            "title_lines": _is_one_line(self.title),
            "title_markup": not _MARKUP.search(self.title),
            "ends": self.starts_at < self.ends_at <= self.starts_at + LONGEST_TIME,
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
        """The training as it is to be; its county stays the first of the owners that it had."""
        county = training.county if training.county in self.owners else self.owners[0]
        return replace(training, county=county, **_written(type(self), self))

    def as_draft(self) -> Training:
        """A new training, seen by nobody yet."""
        return Training(
            id=0,
            county=self.owners[0],
            taken=0,
            status=TrainingStatus.DRAFT,
            sequence=0,
            **_written(type(self), self),
        )


@dataclass(frozen=True)
class Held:
    """A training as those see it who hold it."""

    training: Training
    waiting: int = 0
    kept: int = 0  # seats that are taken by nobody who has one: they are offered, or may be undone

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
