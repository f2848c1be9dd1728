"""Inverted indexes as flat numpy arrays: 30,000 wordings cost a few megabytes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from knowledge.answers.search.ngrams import Ints, joined

Floats = NDArray[np.float32]
Places = NDArray[np.int32] | NDArray[np.uint16]
"""Numbers of documents, in two bytes where there are few enough."""

MOST_IN_TWO_BYTES = 1 << 16
Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Postings:
    """For each n-gram, the documents that hold it and how much it weighs there."""

    starts: Ints
    documents: Places
    weights: Floats
    count: int

    def score(self, grams: Ints, weights: Doubles) -> Doubles:
        """The sum over n-grams of query weight times document weight, per document."""
        scores = self.score_each(grams, weights, np.zeros(len(grams), dtype=np.int64), 1)
        return scores.reshape(-1)

    def score_each(
        self, grams: Ints, weights: Doubles, askers: NDArray[np.int64], count: int
    ) -> NDArray[np.float64]:
        """The same for several askers in one pass: the n-gram at each place is its asker's."""
        first = self.starts[grams]
        lengths = self.starts[grams + 1] - first
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        places = np.arange(total) + np.repeat(first - ends + lengths, lengths)
        products = self.weights[places] * np.repeat(weights, lengths)
        keys = self.documents[places]
        if count > 1:
            keys = keys + np.repeat(askers * self.count, lengths)
        sums = np.bincount(keys, weights=products, minlength=count * self.count)
        return sums.astype(np.float64, copy=False).reshape(count, self.count)


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each n-gram occurs in each document, sorted by n-gram."""

    numbers: Ints
    documents: Places
    times: Floats
    count: int
    kinds: int

    def only(self, kept: NDArray[np.bool_]) -> "Counts":
        """Without the n-grams that are not kept."""
        return self._at(kept[self.numbers])

    def first(self, count: int) -> "Counts":
        """Those of the first documents alone."""
        return replace(self._at(self.documents < count), count=count)

    def holding(self, weights: Doubles) -> "Counts":
        """The same places, with weights instead of counts."""
        return replace(self, times=weights.astype(np.float32))

    def _at(self, places: NDArray[np.bool_]) -> "Counts":
        return replace(
            self,
            numbers=self.numbers[places],
            documents=self.documents[places],
            times=self.times[places],
        )

    def frequencies(self) -> Doubles:
        """In how many documents each n-gram occurs."""
        return np.bincount(self.numbers, minlength=self.kinds).astype(np.float64)

    def postings(self, weights: Doubles) -> Postings:
        starts = np.searchsorted(self.numbers, np.arange(self.kinds + 1)).astype(np.int32)
        return Postings(starts, self.documents, weights.astype(np.float32), self.count)


def count(documents: Sequence[Ints], kinds: int) -> Counts:
    """Count n-grams in all documents at once: one sort instead of many dictionaries."""
    lengths = [len(document) for document in documents]
    owners = np.repeat(np.arange(len(documents), dtype=np.int64), lengths)
    keys = joined(documents).astype(np.int64) * len(documents) + owners
    unique, times = np.unique(keys, return_counts=True)
    numbers, places = np.divmod(unique, max(len(documents), 1))
    return Counts(
        numbers.astype(np.int32),
        places.astype(np.uint16 if len(documents) <= MOST_IN_TWO_BYTES else np.int32),
        times.astype(np.float32),
        len(documents),
        kinds,
    )


def best_matching(counts: Counts, faith: Doubles, k1: float, b: float) -> Postings:
    """BM25 weights: a rare and faithful n-gram counts for more, a long text for less."""
    frequency = counts.frequencies()
    rarity = np.log1p((counts.count - frequency + 0.5) / (frequency + 0.5))
    lengths = np.bincount(counts.documents, weights=counts.times, minlength=counts.count)
    longness = 1 - b + b * lengths / max(lengths.mean(), 1.0) if counts.count else lengths
    times = counts.times.astype(np.float64)
    saturated = times * (k1 + 1) / (times + k1 * longness[counts.documents])
    return counts.postings((rarity * faith)[counts.numbers] * saturated)


def cosine(counts: Counts) -> tuple[Postings, Doubles]:
    """TF-IDF weights of unit length per document, and the rarity of each n-gram."""
    rarity = np.log((1 + counts.count) / (1 + counts.frequencies())) + 1
    weights = (1 + np.log(counts.times)) * rarity[counts.numbers]
    squares = np.bincount(counts.documents, weights=weights**2, minlength=counts.count)
    lengths = np.sqrt(np.maximum(squares, 1e-12))
    return counts.postings(weights / lengths[counts.documents]), rarity
