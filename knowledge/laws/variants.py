"""A section that changes on a day stands twice in its act: which of them is the law today?"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

DATA: dict[str, Any] = tomllib.loads(
    files("knowledge.laws").joinpath("words.toml").read_text("utf-8")
)
_SINCE, _UNTIL, _MARK = (re.compile(DATA[name]) for name in ("since", "until", "mark"))
_MONTHS: list[str] = DATA["months"]
_DAY = re.compile(r"(\d{1,2}) (\w+) (\d{4})")
_UNDECIDED = date(9998, 1, 1)
"""What the government will decide the day of is not the law yet, and what it replaces still is."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording of a section, in force from `since` until the day before `until`."""

    words: str
    since: date = date.min
    until: date = date.max


def variant(mark: str, words: str) -> Variant:
    """A section's wording. Its days are told in `mark`, or before the first of its words."""
    marks = mark
    while hit := _MARK.match(words):
        marks, words = f"{marks} {hit[0]}", words[hit.end() :]
    since, until = _SINCE.search(marks), _UNTIL.search(marks)
    first = _day(since[1] or since[2]) if since else date.min
    if until and until[2]:  # a copy names the last day, the service the day after
        return Variant(words, first, _day(until[2]) + timedelta(days=1))
    return Variant(words, first, _day(until[1]) if until else date.max)


def in_force(variants: Sequence[Variant], today: date) -> str | None:
    """The wording of that day: empty when it has ended, None when it has not begun.

    Old acts part a section ("1 § 2 mom."), and then all of its parts are its wording.
    """
    current = [one.words for one in variants if one.since <= today < one.until]
    if current:
        return "\n".join(filter(None, current))
    return "" if any(one.until <= today for one in variants) else None


def _day(said: str) -> date:
    named = _DAY.fullmatch(said)
    try:
        if named:
            return date(int(named[3]), _MONTHS.index(named[2]) + 1, int(named[1]))
        return date.fromisoformat(said)
    except ValueError:
        return _UNDECIDED
