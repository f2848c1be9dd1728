"""How fast the engine is on bases of other sizes, beside one fuzzy score over everything."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from knowledge.answers.search.engine import SearchEngine
from knowledge.answers.search.index import Entry
from knowledge.answers.search.text import clean, fold, words

SIZES = (3_000, 30_000)
MOST_ASKED = 300
_WARM_UP = 20
_SWAPPED, _COINED = 0.5, 0.1
"""Of a copy's long words, the shares that become another word of the base, and a new compound."""
_LONG = 5


@dataclass(frozen=True, slots=True)
class Speed:
    """A base of so many wordings: seconds to build, milliseconds of CPU per question (p50, p95).

    `fuzzy` is RapidFuzz's token_set_ratio over every wording.
    """

    wordings: int
    build: float
    engine: tuple[float, float]
    fuzzy: tuple[float, float]


def measure(entries: Sequence[Entry], asked: Sequence[str], wordings: int) -> Speed:
    """Time both methods on a base of this size, question by question, in one thread."""
    base = list(sized(entries, wordings))
    ways = [fold(clean(way)) for entry in base for way in (entry.question, *entry.wordings)]
    began = time.process_time()
    engine = SearchEngine(base)
    build = time.process_time() - began
    questions = asked[:: max(1, len(asked) // MOST_ASKED)]
    return Speed(
        len(ways),
        round(build, 2),
        _timed(engine.rank, questions),
        _timed(lambda question: _over_everything(question, ways), questions),
    )


def sized(entries: Sequence[Entry], wordings: int, seed: int = 0) -> Iterator[Entry]:
    """As many of these entries as hold so many wordings, then copies that speak of other things."""
    draw = random.Random(seed)  # noqa: S311 - the same base each time
    known = sorted({word for entry in entries for word in _long_words(entry)})
    left, number = wordings, 0
    while left > 0:
        turn, place = divmod(number, len(entries))
        entry = entries[place]
        yield _copy(entry, turn, known, draw) if turn else entry
        left -= 1 + len(entry.wordings)
        number += 1


def _copy(entry: Entry, turn: int, known: Sequence[str], draw: random.Random) -> Entry:
    """The entry about something else: the same word becomes the same other word throughout."""
    others: dict[str, str] = {}
    for word in sorted(_long_words(entry)):
        chance = draw.random()
        if chance < _SWAPPED:
            others[word] = draw.choice(known)
        elif chance < _SWAPPED + _COINED:
            others[word] = draw.choice(known) + draw.choice(known)

    def told(text: str) -> str:
        return " ".join(others.get(word, word) for word in words(clean(text, len(text))))

    ways = tuple(told(way) for way in entry.wordings)
    return Entry(f"{entry.id}-{turn}", told(entry.question), ways, told(entry.answer))


def _long_words(entry: Entry) -> set[str]:
    ways = " ".join((entry.question, *entry.wordings))
    return {word for word in words(clean(ways, len(ways))) if len(word) >= _LONG}


def _over_everything(question: str, ways: Sequence[str]) -> None:
    process.cdist([fold(clean(question))], ways, scorer=fuzz.token_set_ratio, dtype=np.float32)


def _timed(ask: Callable[[str], object], questions: Sequence[str]) -> tuple[float, float]:
    for question in questions[:_WARM_UP]:
        ask(question)
    spent = []
    for question in questions:
        began = time.thread_time()
        ask(question)
        spent.append(1000 * (time.thread_time() - began))
    half, slow = np.percentile(spent, (50, 95))
    return round(float(half), 2), round(float(slow), 2)
