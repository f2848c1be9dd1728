"""When does a person want it? Reads a time out of a sentence, and never guesses one into it.

What people say for times is in `locales/sv/understanding/times.toml`; it is read in steps, each
on what the one before made of the sentence.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, reduce
from importlib.resources import files
from typing import Any

from dialogs.understanding.days import Days
from dialogs.understanding.phrases import Found, Patterns, Slots, words_of
from dialogs.understanding.readings import PERIODS, Read, turn_widened
from dialogs.understanding.relations import RELATIONS, combined
from dialogs.understanding.words import Vocabulary, Word

NOTHING, CORRECTION = "<>", "<!>"
"""What stands for words that are no time, and for "nej, jag menade"."""

STEPS = ("no_time", "correction", "periods", "parts", "rest", "bounds", "joins", "prepositions")

SHAPES = {
    "n": (r"\d{1,3}", "number"),
    "day": (r"\d{1,2}(?: : [ea]| (?:th|st|nd|rd))?", "ordinal_day"),
    "day_number": (r"\d{1,2}(?: : [ea]| (?:th|st|nd|rd))?", ""),
    "week": (r"\d{1,2}", "number"),
    "year": (r"20[2-9]\d", ""),
    "short_year": (r"[2-4]\d", ""),
    "month_no": (r"0?[1-9]|1[0-2]", ""),
    "time": (r"<\d+>", ""),
}
"""What may stand in a pattern beside the words of a list, and the list."""


@dataclass(frozen=True)
class Span:
    """Days in Sweden, from `since` up to, not including, `until`; None is open.

    `words` are the part of the sentence that was read. `reading` names what was found: a "day",
    "week", "month", "year" or "days", "from" or "until" a day, or only a "weekday". `weekday` is
    ISO 1-7 where one is wished within the days.
    """

    since: date | None
    until: date | None
    words: str
    reading: str
    weekday: int | None = None
    places: tuple[tuple[int, int], ...] = ()


def time_in(said: str, today: date) -> Span | None:
    """The time that is asked for; what is over of it is cut off. None when none is."""
    times = [time for time in _times(said) if time.read.at(today)]
    if not times:
        return None
    read = reduce(combined, (time.read for time in times))
    found = read.at(today)
    if not found or (found.since is None and found.until is None and not read.weekday):
        return None
    if found.since and found.since < today and not found.until:
        return None
    found = _from_today(turn_widened(found), today)
    weekday = read.weekday if not found.length or found.length > 7 else 0
    places = tuple((time.start, time.end) for time in times)
    words = " … ".join(said[start:end] for start, end in places)
    return Span(found.since, found.until, words, _reading(found), weekday or None, places)


def without_time(said: str, span: Span | None, instead: str = "TID") -> str:
    """The sentence with one token where each part of the time stood."""
    for start, end in reversed(span.places if span else ()):
        said = f"{said[:start]}{instead}{said[end:]}"
    return said


@dataclass(frozen=True)
class _Time:
    read: Read
    start: int
    end: int


def _times(said: str) -> list[_Time]:
    """The times of a sentence; after a correction only those that follow it."""
    grammar = _grammar()
    words = grammar.vocabulary.read(said)
    items, reads = words, list[Read]()
    for step in STEPS:
        items = _step(grammar, step, items, reads)
    found: list[_Time] = []
    later: list[_Time] = []
    for item in [*items, Word(CORRECTION, 0, 0)]:
        if item.said == CORRECTION:
            found, later = later or found, []
        elif (read := _read_of(item, reads)) and not read.weak:
            later.append(_Time(read, item.start, item.end))
    return found


def _step(
    grammar: "_Grammar", step: str, items: list[Word], reads: list[Read]
) -> list[Word]:
    """The items with what the step's patterns find made into one item each, until none fits."""
    start = 0
    while found := _first(grammar, step, items, reads, start):
        hit, made = found
        if isinstance(made, Read):
            reads.append(made)
            made = f"<{len(reads) - 1}>"
        one = replace(items[hit.first], said=made, end=items[hit.last - 1].end, typed="")
        items = [*items[: hit.first], one, *items[hit.last :]]
        # A step may build on what it made just now, except where that would never end.
        start = 0 if step in ("parts", "bounds", "joins") else hit.first + 1
    return items


def _first(
    grammar: "_Grammar", step: str, items: list[Word], reads: Sequence[Read], start: int
) -> tuple[Found, Read | str] | None:
    for hit in grammar.steps[step].find(items, start):
        if grammar.guards.allow(hit, items):
            made = _made(hit, reads)
            if made is not None:
                return hit, made
    return None


def _made(hit: Found, reads: Sequence[Read]) -> Read | str | None:
    """What the matched items become; None when they are no time after all."""
    values = {
        slot: reads[int(value.strip("<>"))] if slot.startswith("time") else value
        for slot, value in hit.values.items()
    }
    if hit.kind == "correction":
        return CORRECTION
    if hit.kind in ("void", "how_often", "turns_of_phrase"):
        return NOTHING
    if hit.kind == "said_of":
        return values["time"]  # type: ignore[no-any-return]
    make = PERIODS.get(hit.kind) or RELATIONS[hit.kind]
    return make(values)


def _read_of(item: Word, reads: Sequence[Read]) -> Read | None:
    number = item.said.strip("<>")
    return reads[int(number)] if item.said != number and number.isdigit() else None


def _from_today(found: Days, today: date) -> Days:
    """What is over is cut off, unless all of it is."""
    if found.since and found.since < today and (not found.until or found.until > today):
        return Days(today, found.until)
    return found


def _reading(found: Days) -> str:
    if not found.since or not found.until:
        return "from" if found.since else "until" if found.until else "weekday"
    first, last = found.since, found.until
    if found.length == 1:
        return "day"
    if found.length == 7 and first.isoweekday() == 1:
        return "week"
    if first.day == last.day == 1:
        months = (last.year - first.year) * 12 + last.month - first.month
        return {1: "month", 12: "year" if first.month == 1 else "days"}.get(months, "days")
    return "days"


class _Guards:
    """Where a pattern fits and still means something else."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        self._followed_by = {key: frozenset(x) for key, x in context["followed_by"].items()}
        self._not_followed_by = context["not_followed_by"]
        self._follows = {key: frozenset(x) for key, x in context["follows"].items()}
        self._not_before = frozenset(context["numbers"]["not_before"])
        self._not_after = frozenset(context["numbers"]["not_after"])
        self._names = frozenset(context["names"]["also"])
        self._only_names = frozenset(context["names"]["always"])

    def allow(self, hit: Found, items: Sequence[Word]) -> bool:
        before = items[hit.first - 1].said if hit.first else ""
        after = items[hit.last].said if hit.last < len(items) else ""
        alone = items[hit.first].said if hit.last - hit.first == 1 else ""
        if before not in self._follows.get(alone, {before}):
            return False
        if after in self._not_followed_by.get(hit.kind, ()):
            return False
        if hit.kind in self._followed_by and after[:1].isalpha():
            return after in self._followed_by[hit.kind]
        return not self._numbered(hit, items, before, after) and not self._named(hit, items)

    def _numbered(self, hit: Found, items: Sequence[Word], before: str, after: str) -> bool:
        """The number is one of something else: "2023:196", "6 §", "1/2 tjänst"."""
        begins, ends = items[hit.first].said.isdigit(), items[hit.last - 1].said.isdigit()
        return (begins and before in self._not_after) or (ends and after in self._not_before)

    def _named(self, hit: Found, items: Sequence[Word]) -> bool:
        """ "Maj Andersson", "Maj-Britt", "Jan"."""
        if hit.last - hit.first != 1 or items[hit.first].said not in self._names:
            return False
        name, rest = items[hit.first], items[hit.last : hit.last + 2]
        if name.capital and (name.said in self._only_names or (rest and rest[0].capital)):
            return True
        return len(rest) == 2 and rest[0].said == "-" and not rest[1].known


@dataclass(frozen=True)
class _Grammar:
    vocabulary: Vocabulary
    steps: Mapping[str, Patterns]
    guards: _Guards


@cache
def _grammar() -> _Grammar:
    source = files("dialogs") / "locales" / "sv" / "understanding" / "times.toml"
    said: Any = tomllib.loads(source.read_text("utf-8"))
    lists = {
        name: {int(key) if key.lstrip("-").isdigit() else key: words for key, words in entry.items()}
        for name, entry in said["lists"].items()
    }
    slots = Slots(lists, SHAPES, said["same"])
    return _Grammar(
        Vocabulary(
            _words(said), said["slips"]["mended"].split(), said["slips"]["not_slips"].split()
        ),
        {step: Patterns(said[step], slots) for step in STEPS},
        _Guards(said["context"]),
    )


def _words(said: Mapping[str, Any]) -> Iterator[str]:
    """Every word that stands in a list or a pattern."""
    yield from (word for words in said["same"].values() for word in words)
    for entries in said["lists"].values():
        for words in entries.values():
            yield from (word for phrase in words for word in phrase.split())
    for step in STEPS:
        for patterns in said[step].values():
            yield from words_of(patterns)
