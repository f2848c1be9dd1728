"""What is measured about each candidate before one of them is trusted."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Self

import numpy as np
from rapidfuzz import fuzz, process

from knowledge.answers.search.alignment import align, contrast, covered
from knowledge.answers.search.index import Index
from knowledge.answers.search.ngrams import Ints
from knowledge.answers.search.postings import Doubles
from knowledge.answers.search.query import Query, entry_scores, wording_scores

CANDIDATES = 20
MEASURES = (
    "entry",  # BM25 of n-grams, relative to the best entry
    "second",  # cosine with the closest wording but one
    "question",  # cosine with the main question
    "asked",  # how much of the question the entry's ways of asking hold, word by word
    "apart",  # the same, where the words count that tell these candidates apart
    "answered",  # how much of the question the entry's answer holds
    "reverse",  # how much of the closest wording the question holds
    "letters",  # edit similarity with the wording most alike letter by letter
    "theme",  # nearness among the themes of the base
    "meaning",  # nearness by a language model, where one is installed; else 0
)


@dataclass(frozen=True, slots=True)
class Candidates:
    """The entries worth a closer look, the closest wording of each, and a row per measure.

    `ahead` is how far the best entry by n-grams is ahead of the next five, 0-1.
    """

    entries: Ints
    wordings: Ints
    measures: Doubles
    ahead: float


def candidates(index: Index, query: Query) -> Candidates:
    """The best 20 by n-grams and, where it is known, meaning; measured in every other way."""
    by_entry = _relative(entry_scores(index, query))
    by_wording = wording_scores(index, query)
    meaning = _meaning(index, query)
    core = by_entry + _relative(np.maximum.reduceat(by_wording, index.starts))
    core += _relative(np.maximum(meaning, 0.0))
    chosen = np.argsort(-core, kind="stable")[:CANDIDATES].astype(np.int32)
    ways = Ways.of(index, chosen)
    closest, second = ways.best_two(by_wording)
    alignment = align(index, query)
    asked = alignment.nearest(index.asked_words, chosen)
    answered = alignment.nearest(index.answer_words, chosen)
    measures = (
        by_entry[chosen],
        second,
        by_wording[index.starts[chosen]],
        covered(asked, alignment.rarity),
        covered(asked, alignment.telling * contrast(asked)),
        covered(answered, alignment.telling),
        alignment.covers(index.wording_words, closest, index.rarity),
        _letters(index, query, ways),
        index.themes.likeness(query.grams, query.times)[chosen],
        meaning[chosen],
    )
    return Candidates(chosen, closest, np.array(measures), _ahead(by_entry))


@dataclass(frozen=True, slots=True)
class Ways:
    """All wordings of the chosen entries, in a row, and where each entry's begin."""

    wordings: Ints
    begins: Ints
    spans: Sequence[range]

    @classmethod
    def of(cls, index: Index, chosen: Ints) -> Self:
        counts = index.counts[chosen]
        begins = np.cumsum(counts) - counts
        wordings = np.arange(counts.sum()) + np.repeat(index.starts[chosen] - begins, counts)
        spans = [*map(index.span, chosen.tolist())]
        return cls(wordings.astype(np.int32), begins.astype(np.int32), spans)

    def best_two(self, by_wording: Doubles) -> tuple[Ints, Doubles]:
        """Each entry's best wording, and the score of its second best, 0 when there is none."""
        scores = by_wording[self.wordings]
        lengths = np.diff(self.begins, append=len(scores))
        best = np.repeat(np.maximum.reduceat(scores, self.begins), lengths)
        order = np.where(scores == best, np.arange(len(scores)), len(scores))
        first = np.minimum.reduceat(order, self.begins)
        scores[first] = 0.0
        return self.wordings[first], np.maximum.reduceat(scores, self.begins)


def _relative(scores: Doubles) -> Doubles:
    return scores / max(float(scores.max(initial=0.0)), 1e-9)


def _ahead(relative: Doubles) -> float:
    """Scores relative to the best one, so the best is 1 unless all are 0."""
    best = np.sort(relative)[::-1][:6]
    return float(best[0] - best[1:].mean()) if len(best) > 1 else float(best[0])


def _meaning(index: Index, query: Query) -> Doubles:
    if index.meanings is None:
        return np.zeros(len(index.entries))
    return index.meanings.likeness(query.text)


def _letters(index: Index, query: Query, ways: Ways) -> Doubles:
    """N-grams miss the order of words; the edit distance does not."""
    texts = [*chain.from_iterable(index.wordings[one.start : one.stop] for one in ways.spans)]
    ratios = process.cdist([query.text], texts, scorer=fuzz.ratio, dtype=np.float32)[0]
    best: Doubles = np.maximum.reduceat(ratios, ways.begins).astype(np.float64) / 100
    return best
