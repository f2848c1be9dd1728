"""Questions with known answers, as the engine sees them: what the model is fitted on.

Two kinds. Labelled suites come from a file. Practice comes from the content itself: wordings and
whole articles are held out in turn, and other people's questions serve as outside questions.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from knowledge.answers.features import Candidates, candidates
from knowledge.answers.index import Entry, Index
from knowledge.answers.query import Query, read
from knowledge.answers.suites import Asked

FOLDS = 5
_HELD_OUT = 2  # wordings per article and round
_CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Sample:
    """One question and its candidates. `right` is the true one's place, -1 if it is not there.

    All questions about one entry share a fold, so that nothing is judged by what it taught.
    """

    index: Index
    query: Query
    found: Candidates
    right: int
    inside: bool
    fold: int
    practice: bool

    @classmethod
    def of(cls, index: Index, asked: Asked, fold: int) -> Self | None:
        """None when the question has no word in it."""
        query = read(index, asked.question)
        if not query.words:
            return None
        found = candidates(index, query)
        ids = [index.entries[entry].id for entry in found.entries]
        right = ids.index(asked.expected) if asked.expected in ids else -1
        inside = asked.expected is not None
        return cls(index, query, found, right, inside, fold, asked.suite == _CONTENT)


def labelled(entries: Sequence[Entry], asked: Sequence[Asked], seed: int = 0) -> list[Sample]:
    """The samples of labelled suites."""
    draw = np.random.default_rng(seed)
    folds = {entry.id: int(draw.integers(FOLDS)) for entry in entries}
    index = Index(entries)
    return _samples(
        (index, one, folds[one.expected] if one.expected else int(draw.integers(FOLDS)))
        for one in asked
    )


def practice(entries: Sequence[Entry], strangers: Sequence[str], seed: int = 0) -> list[Sample]:
    """Samples made of our own content: known, nearly known, and of no concern to it."""
    draw = np.random.default_rng(seed)
    folds = {entry.id: int(draw.integers(FOLDS)) for entry in entries}
    index = Index(entries)
    outside = (
        (index, Asked(_CONTENT, question, None), len(question) % FOLDS) for question in strangers
    )
    return _samples(outside) + [
        one for absent in range(FOLDS) for one in _samples(_round(entries, folds, absent, draw))
    ]


def _round(
    entries: Sequence[Entry], folds: dict[str, int], absent: int, draw: np.random.Generator
) -> Iterator[tuple[Index, Asked, int]]:
    """One round: a fifth of the articles are gone, the others lack two wordings each."""
    left: list[Entry] = []
    asked: list[tuple[Asked, int]] = []
    for entry in entries:
        fold = folds[entry.id]
        wordings = [str(one) for one in draw.permutation(entry.wordings)]
        known = fold != absent
        expected = entry.id if known else None
        asked += [(Asked(_CONTENT, one, expected), fold) for one in wordings[:_HELD_OUT]]
        if known:
            left.append(replace(entry, wordings=tuple(wordings[_HELD_OUT:])))
    index = Index(left)
    return ((index, one, fold) for one, fold in asked)


def _samples(asked: Iterable[tuple[Index, Asked, int]]) -> list[Sample]:
    samples = (Sample.of(index, one, fold) for index, one, fold in asked)
    return [one for one in samples if one is not None]
