"""Lays the words of a question against the words of an entry, one by one.

N-gram scores ask how much of the text is alike; this asks which of the person's words found no
counterpart, which is what tells "hur ofta följs planen upp" from "hur ofta uppdateras planen".
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.answers.index import Index, Rows
from knowledge.answers.ngrams import Ints
from knowledge.answers.postings import Doubles
from knowledge.answers.query import Query, word_scores

_ALIKE = 0.5  # words less alike than this are different words
_EQUAL = 0.999


@dataclass(frozen=True, slots=True)
class Cover:
    """How much of a question has a counterpart, weighted by how rare its words are.

    `soft` counts likeness as it is, `firm` only what is clearly the same word in another form,
    `exact` only the same word.
    """

    soft: Doubles
    firm: Doubles
    exact: Doubles


@dataclass(frozen=True, slots=True)
class Alignment:
    """The likeness of each of the question's words to each word of the vocabulary."""

    likeness: NDArray[np.float64]
    rarity: Doubles

    def cover(self, rows: Rows, chosen: Ints) -> Cover:
        """How much of the question each chosen row covers."""
        return self._measured(self._nearest(rows, chosen))

    def cover_either(self, first: Rows, second: Rows, chosen: Ints) -> Cover:
        """The same, where a word may find its counterpart in either."""
        return self._measured(
            np.maximum(self._nearest(first, chosen), self._nearest(second, chosen))
        )

    def covered(self, rows: Rows, chosen: Ints, rarity: Doubles) -> Doubles:
        """The other way round: how much of each row the question covers."""
        items, begins = rows.take(chosen)
        weights = rarity[items]
        found = np.add.reduceat(self.likeness[:, items].max(axis=0) * weights, begins)
        return found / np.maximum(np.add.reduceat(weights, begins), 1e-9)

    def _nearest(self, rows: Rows, chosen: Ints) -> NDArray[np.float64]:
        items, begins = rows.take(chosen)
        nearest: NDArray[np.float64] = np.maximum.reduceat(self.likeness[:, items], begins, axis=1)
        return nearest

    def _measured(self, nearest: NDArray[np.float64]) -> Cover:
        share = self.rarity / max(float(self.rarity.sum()), 1e-9)
        firm = np.where(nearest > _ALIKE, nearest, 0.0) ** 2
        return Cover(share @ nearest, share @ firm, share @ (nearest > _EQUAL).astype(float))


def align(index: Index, query: Query) -> Alignment:
    """Compare every word of the question with the whole vocabulary, once."""
    distinct = list(dict.fromkeys(query.words))
    likeness = np.zeros((len(distinct), len(index.vocabulary) + 1))
    for row, word in enumerate(distinct):
        likeness[row, :-1] = word_scores(index, word)
    known = [index.vocabulary.get(word) for word in distinct]
    rarity = [index.unknown_rarity if one is None else index.rarity[one] for one in known]
    return Alignment(likeness, np.array(rarity))
