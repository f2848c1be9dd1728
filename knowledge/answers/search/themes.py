"""What entries are about, beyond the letters: latent semantic analysis of the base itself.

Entries that share n-grams share themes, so "rektor" and "skolan" come near each other when the
base uses them together. Twenty themes are enough; more gave nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from knowledge.answers.search.ngrams import Ints
from knowledge.answers.search.postings import Counts, Doubles

THEMES = 20
_LANDMARKS = 400
"""Themes are found in at most this many entries: the work grows with the square."""
_BLOCK = 4096

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Themes:
    """The part each n-gram has in each theme, and each entry's place among the themes."""

    parts: Matrix
    places: Matrix

    @classmethod
    def of(cls, counts: Counts) -> Self:
        """Find the themes of a base from the n-grams of its entries."""
        weighed = _weighed(counts)
        step = max(1, -(-counts.count // _LANDMARKS))
        parts = _parts(weighed, slice(None, None, step))
        return cls(parts, _unit(_places(weighed, parts)))

    def likeness(self, grams: Ints, times: Doubles) -> Doubles:
        """How near a question is to each entry, -1 to 1."""
        place = np.log1p(times).astype(np.float32) @ self.parts[grams]
        near: Doubles = (self.places @ _unit(place[None, :])[0]).astype(np.float64)
        return near


def _weighed(counts: Counts) -> Counts:
    """The counts as TF-IDF of unit length, without n-grams that only one entry has."""
    frequency = counts.frequencies()
    rarity = np.log((1 + counts.count) / (1 + frequency)) + 1
    kept = counts.only(frequency > 1)
    weights = np.log1p(kept.times) * rarity[kept.numbers]
    squares = np.bincount(kept.documents, weights=weights**2, minlength=counts.count)
    lengths = np.sqrt(np.maximum(squares, 1e-12))[kept.documents]
    return kept.holding(weights / lengths)


def _parts(weighed: Counts, landmarks: slice) -> Matrix:
    """The strongest common directions of the landmarks, told in n-grams."""
    size = len(range(weighed.count)[landmarks])
    alike = np.zeros((size, size))
    for _, block in _blocks(weighed):
        alike += block[:, landmarks].T @ block[:, landmarks]
    strengths, directions = np.linalg.eigh(alike)
    strongest = np.argsort(-strengths)[:THEMES]
    scaled = directions[:, strongest] / np.sqrt(np.maximum(strengths[strongest], 1e-9))
    parts = np.zeros((weighed.kinds, THEMES), dtype=np.float32)
    for first, block in _blocks(weighed):
        parts[first : first + len(block), : len(strongest)] = block[:, landmarks] @ scaled
    return parts


def _places(weighed: Counts, parts: Matrix) -> Matrix:
    places = np.zeros((weighed.count, THEMES), dtype=np.float32)
    for first, block in _blocks(weighed):
        places += block.T @ parts[first : first + len(block)]
    return places


def _blocks(weighed: Counts) -> Iterator[tuple[int, Matrix]]:
    """The table of n-grams and entries, a slice at a time: whole it would fill the memory."""
    for first in range(0, weighed.kinds, _BLOCK):
        ends = np.searchsorted(weighed.numbers, (first, first + _BLOCK))
        part = slice(int(ends[0]), int(ends[1]))
        block = np.zeros((min(_BLOCK, weighed.kinds - first), weighed.count), dtype=np.float32)
        block[weighed.numbers[part] - first, weighed.documents[part]] = weighed.times[part]
        yield first, block


def _unit(rows: Matrix) -> Matrix:
    lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    unit: Matrix = (rows / lengths).astype(np.float32)
    return unit
