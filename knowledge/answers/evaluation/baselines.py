"""What others would have used instead, measured on the same questions in the same run.

Each is given its best chance: cleaned text, every wording, and no decision to make.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from knowledge.answers.evaluation.figures import Suite, place
from knowledge.answers.evaluation.suites import Asked
from knowledge.answers.search.index import Entry
from knowledge.answers.search.ngrams import joined
from knowledge.answers.search.postings import Doubles, best_matching, count
from knowledge.answers.search.text import clean, fold, words

MOST_ASKED = 1000
"""WRatio takes a hundred times as long as the engine: of a large set, this many are enough."""

_SATURATION, _LENGTH_MATTERS = 1.2, 0.75

Order = Callable[[str], Sequence[str]]
"""A question in, the ids of entries out, best first."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One method on the questions inside the base. `ms` is CPU per question, on average."""

    method: str
    found: Suite
    ms: float


def sample(asked: Sequence[Asked]) -> list[Asked]:
    """Questions inside the base, evenly drawn."""
    inside = [one for one in asked if one.expected is not None]
    return inside[:: -(-len(inside) // MOST_ASKED) or 1]


def measured(method: str, order: Order, asked: Sequence[Asked]) -> Measured:
    began = time.process_time()
    ranks = [place(one.expected, order(one.question)) for one in asked]
    spent = 1000 * (time.process_time() - began)
    return Measured(method, Suite.of(ranks), round(spent / max(len(asked), 1), 3))


def baselines(entries: Sequence[Entry], asked: Sequence[Asked]) -> list[Measured]:
    """Every other method, in the order they are shown."""
    with _trigrams(entries) as trigrams:
        return [
            measured("wratio", _fuzzy(entries, fuzz.WRatio), asked),
            measured("token_set", _fuzzy(entries, fuzz.token_set_ratio), asked),
            measured("bm25", _best_words(entries), asked),
            measured("trigram", trigrams, asked),
        ]


def _fuzzy(entries: Sequence[Entry], scorer: Callable[..., float]) -> Order:
    """One fuzzy score over all wordings; the best wording of an entry counts."""
    ways = [[_plain(way) for way in (one.question, *one.wordings)] for one in entries]
    texts = [way for each in ways for way in each]
    starts = np.cumsum([0, *map(len, ways)])[:-1]

    def order(question: str) -> Sequence[str]:
        scores = process.cdist([_plain(question)], texts, scorer=scorer, dtype=np.float32)[0]
        return _ordered(entries, np.maximum.reduceat(scores, starts).astype(np.float64))

    return order


def _best_words(entries: Sequence[Entry]) -> Order:
    """BM25 over whole words of question, wordings and answer."""
    numbers: dict[str, int] = {}
    documents = [
        np.array([numbers.setdefault(word, len(numbers)) for word in _whole(one)], dtype=np.int32)
        for one in entries
    ]
    postings = best_matching(
        count(documents, len(numbers)), np.ones(len(numbers)), _SATURATION, _LENGTH_MATTERS
    )

    def order(question: str) -> Sequence[str]:
        known = [numbers[word] for word in words(_plain(question)) if word in numbers]
        grams = joined([np.array(known, dtype=np.int32)])
        return _ordered(entries, postings.score(grams, np.ones(len(grams))))

    return order


@contextmanager
def _trigrams(entries: Sequence[Entry]) -> Iterator[Order]:
    """SQLite's own full-text search on three letters at a time, any of them."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE VIRTUAL TABLE entry USING fts5(text, tokenize='trigram')")
        rows = [(number, " ".join(_whole(one))) for number, one in enumerate(entries)]
        database.executemany("INSERT INTO entry (rowid, text) VALUES (?, ?)", rows)

        def order(question: str) -> Sequence[str]:
            asked = " ".join(words(_plain(question)))
            parts = dict.fromkeys(asked[start : start + 3] for start in range(len(asked) - 2))
            if not parts:
                return ()
            match = " OR ".join(f'"{part}"' for part in parts)
            query = "SELECT rowid FROM entry WHERE entry MATCH ? ORDER BY rank"
            return [entries[row].id for (row,) in database.execute(query, (match,))]

        yield order


def _ordered(entries: Sequence[Entry], scores: Doubles) -> list[str]:
    return [entries[number].id for number in np.argsort(-scores, kind="stable")]


def _plain(text: str) -> str:
    return fold(clean(text))


def _whole(entry: Entry) -> list[str]:
    texts = (entry.question, *entry.wordings, entry.answer)
    return [word for text in texts for word in words(fold(clean(text, len(text))))]
