"""Questions with known answers, as the engine sees them: what the model is fitted on.

Labelled suites come from a file. Practice comes from the content itself: wordings are held
out in turn, and strangers' questions serve as outside questions.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from knowledge.answers.evaluation.suites import Asked
from knowledge.answers.search.features import Candidates, candidates
from knowledge.answers.search.index import Entry, Index
from knowledge.answers.search.meaning import Encoder
from knowledge.answers.search.query import Query, read

FOLDS = 5
_HELD_OUT, _ROUNDS = 2, 5  # wordings per article and round
CONTENT, STRANGER = "content", "stranger"
"""Practice: a wording that was held out, and a question from elsewhere."""


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
    suite: str

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
        return cls(index, query, found, right, inside, fold, asked.suite)


def labelled(
    entries: Sequence[Entry], asked: Sequence[Asked], encoder: Encoder | None = None, seed: int = 0
) -> list[Sample]:
    """The samples of labelled suites."""
    draw = np.random.default_rng(seed)
    folds = {entry.id: int(draw.integers(FOLDS)) for entry in entries}
    index = Index(entries, encoder)
    return _samples(
        (index, one, folds[one.expected] if one.expected else int(draw.integers(FOLDS)))
        for one in asked
    )


def practice(
    entries: Sequence[Entry],
    strangers: Sequence[str],
    encoder: Encoder | None = None,
    seed: int = 0,
) -> list[Sample]:
    """Samples made of our own content: wordings that it lacks, and what is no concern of it."""
    draw = np.random.default_rng(seed)
    folds = {entry.id: int(draw.integers(FOLDS)) for entry in entries}
    index = Index(entries, encoder)
    outside = (
        (index, Asked(STRANGER, question, None), len(question) % FOLDS) for question in strangers
    )
    rounds = (_round(entries, folds, draw, encoder) for _ in range(_ROUNDS))
    return _samples(outside) + [one for each in rounds for one in _samples(each)]


def _round(
    entries: Sequence[Entry],
    folds: dict[str, int],
    draw: np.random.Generator,
    encoder: Encoder | None,
) -> Iterator[tuple[Index, Asked, int]]:
    """One round: every article lacks two of its wordings, and they are asked for."""
    left: list[Entry] = []
    asked: list[Asked] = []
    for entry in entries:
        wordings = [str(one) for one in draw.permutation(entry.wordings)]
        asked += [Asked(CONTENT, one, entry.id) for one in wordings[:_HELD_OUT]]
        left.append(replace(entry, wordings=tuple(wordings[_HELD_OUT:])))
    index = Index(left, encoder)
    return ((index, one, folds[one.expected]) for one in asked if one.expected)


def _samples(asked: Iterable[tuple[Index, Asked, int]]) -> list[Sample]:
    samples = (Sample.of(index, one, fold) for index, one, fold in asked)
    return [one for one in samples if one is not None]
