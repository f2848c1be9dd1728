"""What the words for a time mean: a pattern's words made into days, seen from any day.

"Mars" means another March from next year on than from today, so a reading is a function of the
day it is seen from. It is None where there is no such time, such as 31 April.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from dialogs.understanding.times.days import Days
from dialogs.understanding.times.holidays import coming

Values = Mapping[str, Any]
"""What stood in the places of a pattern."""

At = Callable[[date], Days | None]


@dataclass(frozen=True)
class Read:
    """A time that was read.

    `weekday` is a wish within the days, or when it is `alone` all that was said. `festive` times
    are stopped before ("till jul"), the others run out ("till mars"). A `weak` one is a time only
    beside another word ("senast den 15"). One that is `dated` names its year. What is before the
    `end` of a time is before it is over. What is `never` is in no calendar, as 30 February.
    """

    at: At
    weekday: int = 0
    alone: bool = False
    festive: bool = False
    weak: bool = False
    dated: bool = False
    end: bool = False
    never: bool = False

    def __post_init__(self) -> None:
        # Times are made of times, and one may ask another several times for the same day.
        object.__setattr__(self, "at", cache(self.at))


def always(found: Days) -> At:
    return lambda today: found


def yearly(each_year: Callable[[int], Days | None], values: Values, **more: bool) -> Read:
    """What comes once a year: in the year that is named, else the next that is not over."""
    if year := year_of(values):
        return Read(lambda today: each_year(year), dated=True, **more)
    return Read(lambda today: coming(today, each_year), **more)


def year_of(values: Values) -> int | None:
    short = values.get("short_year")
    return values.get("year") or (2000 + short if short else None)


def _half_gone(found: Days, today: date) -> bool:
    return bool(found.since and found.until and today - found.since > found.until - today)


def next_of(each_year: Callable[[int], Days], values: Values) -> Read:
    """Of a long stretch that recurs: the one that is going on, unless more than half is gone."""
    if year_of(values):
        return yearly(each_year, values)

    def fresh(today: date) -> Days | None:
        return coming(
            today, lambda year: None if _half_gone(found := each_year(year), today) else found
        )

    return Read(fresh)


def changed(values: Values, change: Callable[[Days], Days | None]) -> Read:
    """The days of the time in the pattern, changed."""
    time: Read = values["time"]

    def at(today: date) -> Days | None:
        found = time.at(today)
        return change(found) if found else None

    return replace(time, at=at, weekday=0, alone=False, weak=False)


Kinds = dict[str, Callable[[Values], Read | None]]
