"""At what moment? Reads "i dag 22.38", "fredag kl 9", "imorgon bitti", "om en timme"."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from dialogs.understanding.times.grammar import Grammar, load
from dialogs.understanding.times.phrases import Found
from dialogs.understanding.times.readings import Values
from dialogs.understanding.times.spans import time_in, without_time
from knowledge.times import SWEDEN

MORNING, NOON, MIDNIGHT = 8, 12, 24

SHAPES = {
    "hour": (r"[01]?\d|2[0-4]", "hour_word"),
    "minute": (r"[0-5]\d", ""),
    "n": (r"\d{1,3}", "number"),
}


@dataclass(frozen=True)
class Moment:
    """A day and a time of day in Sweden, as far as they were said: one of them may be None."""

    day: date | None
    time: time | None


def moment_in(said: str, now: datetime) -> Moment | None:
    """What day and what time of day is meant. None when neither is said.

    Whether the clock ever shows that time, and whether it is over, is for the caller to see.
    """
    local = now.astimezone(SWEDEN)
    found = _grammar().steps["clock"].find(_grammar().vocabulary.read(said))
    for hit in found:
        if hit.kind in AHEAD:
            then = (now + timedelta(minutes=AHEAD[hit.kind](hit.values))).astimezone(SWEDEN)
            return Moment(then.date(), time(then.hour, then.minute, fold=then.fold))
    day = _day_in(said, local.date())
    at = _time_of(found)
    return Moment(day, at) if day or at else None


def beside_moment(said: str, now: datetime) -> list[str]:
    """The words that tell neither the day nor the time of day."""
    today = now.astimezone(SWEDEN).date()
    items = _grammar().vocabulary.read(without_time(said, time_in(said, today), " "))
    told = {place for hit in _grammar().steps["clock"].find(items) for place in _places(hit)}
    return [item.typed for place, item in enumerate(items) if place not in told]


def _places(hit: Found) -> range:
    return range(hit.first, hit.last)


def _day_in(said: str, today: date) -> date | None:
    span = time_in(said, today)
    return span.since if span and span.reading == "day" else None


def _time_of(found: Sequence[Found]) -> time | None:
    """The hour that is told; "på eftermiddagen" moves it past noon, or stands for one itself."""
    part = next((int(hit.values["part"]) for hit in found if hit.kind == "part"), 0)
    told = next((TOLD[hit.kind](hit.values) for hit in found if hit.kind in TOLD), None)
    if told is None:
        return time(part) if part else _morning(found)
    if part > NOON and told < NOON * 60:
        told += NOON * 60
    return time(*divmod(told, 60)) if 0 <= told < MIDNIGHT * 60 else None


def _morning(found: Sequence[Found]) -> time | None:
    return time(MORNING) if any(hit.kind == "weekday_morning" for hit in found) else None


Minutes = Callable[[Values], int]

TOLD: dict[str, Minutes] = {
    "at": lambda said: said["hour"] * 60 + said.get("minute", 0),
    "half": lambda said: said["hour"] * 60 - 30,
    "past": lambda said: said["hour"] * 60 + said["n"],
    "to": lambda said: said["hour"] * 60 - said["n"],
    "quarter_past": lambda said: said["hour"] * 60 + 15,
    "quarter_to": lambda said: said["hour"] * 60 - 15,
}
"""Minutes after midnight, by the names that the patterns of clock.toml stand under."""

AHEAD: dict[str, Minutes] = {
    "ahead": lambda said: said["n"] * said["unit"],
    "half_hour_ahead": lambda said: 30,
    "quarter_ahead": lambda said: 15,
}
"""Minutes from now."""


@cache
def _grammar() -> Grammar:
    return load("clock", ("clock",), SHAPES)
