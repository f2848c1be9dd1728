"""When does a person want it? Reads a time out of a sentence, and never guesses one into it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce

from dialogs.understanding.times import bounds, dates, distances, parts, seasons, together
from dialogs.understanding.times.days import Days
from dialogs.understanding.times.grammar import STEPS, grammar
from dialogs.understanding.times.phrases import Found
from dialogs.understanding.times.readings import Kinds, Read
from dialogs.understanding.times.seasons import turn_widened
from dialogs.understanding.times.words import Word

NOTHING, CORRECTION = "<>", "<!>"
"""What stands in the sentence for words that are no time, and for "nej, jag menade"."""

MARKS = {
    "how_often": NOTHING,
    "turns_of_phrase": NOTHING,
    "void": NOTHING,
    "correction": CORRECTION,
}

KINDS: Kinds = {
    **dates.KINDS, **seasons.KINDS, **distances.KINDS, **parts.KINDS, **bounds.KINDS,
    **together.KINDS,
}  # fmt: skip

MOST_WORDS, MOST_TIMES = 100, 8
"""A wish has fewer; what stands behind them is not read."""

RECURSIVE = frozenset({"parts", "bounds", "joins"})
"""Steps that may build on what they have just made."""


@dataclass(frozen=True)
class Span:
    """Days in Sweden, from `since` up to, not including, `until`; None is open.

    `words` are those that were read, `marks` where they stand. `reading` names what they were
    read as: a "day", "week", "month", "year", other "days", "from" or "until" a day, or only a
    "weekday". `weekday`, ISO 1-7, is wished within the days.
    """

    since: date | None
    until: date | None
    words: str
    reading: str
    weekday: int | None = None
    marks: tuple[tuple[int, int], ...] = ()


def time_in(said: str, today: date) -> Span | None:
    """The time that is asked for; what is over of it is cut off. None when none is."""
    times = [time for time in _times(said) if time.read.at(today)]
    if not times:
        return None
    times = times[:MOST_TIMES]
    read = reduce(together.combined, (time.read for time in times))
    found = read.at(today)
    if not found or _says_nothing(found, read, today):
        return None
    found = _from_today(turn_widened(found), today)
    weekday = read.weekday if not found.length or found.length > 7 else 0
    marks = tuple((time.start, time.end) for time in times)
    words = " … ".join(said[start:end] for start, end in marks)
    return Span(found.since, found.until, words, _reading(found), weekday or None, marks)


def no_such_day(said: str) -> str:
    """The words for a day that no calendar has, such as "30 februari"; empty for none."""
    return next((said[time.start : time.end] for time in _times(said) if time.read.never), "")


def without_time(said: str, span: Span | None, instead: str = "TID") -> str:
    """The sentence with one token where each part of the time stood."""
    for start, end in reversed(span.marks if span else ()):
        said = f"{said[:start]}{instead}{said[end:]}"
    return said


@dataclass(frozen=True)
class _Time:
    read: Read
    start: int
    end: int


def _times(said: str) -> list[_Time]:
    """The times of a sentence; after a correction only those that follow it."""
    items, reads = grammar().vocabulary.read(said)[:MOST_WORDS], list[Read]()
    for step in STEPS:
        items = _step(step, items, reads)
    found: list[_Time] = []
    later: list[_Time] = []
    for item in [*items, Word(CORRECTION, 0, 0)]:
        if item.said == CORRECTION:
            found, later = later or found, []
        elif (read := _read_of(item, reads)) and not read.weak:
            later.append(_Time(read, item.start, item.end))
    return found


def _step(step: str, items: list[Word], reads: list[Read]) -> list[Word]:
    """The items, with what the step's patterns find made into one item each."""
    while len(made := _once(step, items, reads)) < len(items) and step in RECURSIVE:
        items = made
    return made


def _once(step: str, items: list[Word], reads: list[Read]) -> list[Word]:
    done: list[Word] = []
    start = 0
    for hit in grammar().steps[step].find(items):
        if hit.first < start or not grammar().guards.allow(hit, items):
            continue
        made = _made(hit, reads)
        if made is None:
            continue
        if isinstance(made, Read):
            reads.append(made)
            made = f"<{len(reads) - 1}>"
        one = replace(items[hit.first], said=made, end=items[hit.last - 1].end, typed="")
        done += [*items[start : hit.first], one]
        start = hit.last
    return [*done, *items[start:]]


def _made(hit: Found, reads: Sequence[Read]) -> Read | str | None:
    """What the matched items become; None when they are no time after all."""
    if hit.kind in MARKS:
        return MARKS[hit.kind]
    values = {
        slot: reads[int(value.strip("<>"))] if slot.startswith("time") else value
        for slot, value in hit.values.items()
    }
    return KINDS[hit.kind](values)


def _read_of(item: Word, reads: Sequence[Read]) -> Read | None:
    number = item.said.strip("<>")
    return reads[int(number)] if item.said != number and number.isdigit() else None


def _says_nothing(found: Days, read: Read, today: date) -> bool:
    """Open at both ends, or "since" a day that is over."""
    if found.until:
        return False
    return found.since < today if found.since else not read.weekday


def _from_today(found: Days, today: date) -> Days:
    """What is over is cut off, unless all of it is."""
    if found.since and found.since < today and (not found.until or found.until > today):
        return Days(today, found.until)
    return found


def _reading(found: Days) -> str:
    first, last = found.since, found.until
    if not first or not last:
        return "from" if first else "until" if last else "weekday"
    if found.length == 1:
        return "day"
    if found.length == 7 and first.isoweekday() == 1:
        return "week"
    if first.day == last.day == 1:
        months = (last.year - first.year) * 12 + last.month - first.month
        return {1: "month", 12: "year" if first.month == 1 else "days"}.get(months, "days")
    return "days"
