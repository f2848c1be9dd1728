"""Lays the words of a question against the words of an entry, one by one.

N-gram scores ask how much of the text is alike. This asks which of the person's words found no
counterpart, which is what tells "hur ofta följs planen upp" from "hur ofta uppdateras planen".
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.answers.search.index import Index, Rows
from knowledge.answers.search.ngrams import Ints
from knowledge.answers.search.postings import Doubles
from knowledge.answers.search.query import Query, word_scores

_RAREST = 0.03  # a word that no row holds weighs no more than one that a single row holds


@dataclass(frozen=True, slots=True)
class Alignment:
    """The likeness of each of the question's words to each word of the vocabulary."""

    likeness: NDArray[np.float32]
    rarity: Doubles
    telling: Doubles

    def nearest(self, rows: Rows, chosen: Ints) -> NDArray[np.float32]:
        """The likeness of each of the question's words to the most alike word of each row."""
        items, begins = rows.take(chosen)
        likeness: NDArray[np.float32] = np.maximum.reduceat(self.likeness[:, items], begins, axis=1)
        return likeness

    def covers(self, rows: Rows, chosen: Ints, rarity: Doubles) -> Doubles:
        """The other way round: how much of each row the question holds."""
        items, begins = rows.take(chosen)
        weights = rarity[items]
        held = np.add.reduceat(self.likeness[:, items].max(axis=0) * weights, begins)
        share: Doubles = held / np.maximum(np.add.reduceat(weights, begins), 1e-9)
        return share


def covered(nearest: NDArray[np.float32], weights: Doubles) -> Doubles:
    """How much of the question each row holds; a word with more weight counts for more."""
    share: Doubles = weights @ nearest / max(float(weights.sum()), 1e-9)
    return share


def contrast(nearest: NDArray[np.float32]) -> Doubles:
    """By word of the question: how few of the rows hold it.

    A word that all the rows hold tells nothing of which of them is right.
    """
    common = np.clip(nearest.mean(axis=1), _RAREST, 1.0)
    telling: Doubles = -np.log(common.astype(np.float64))
    return telling


def align(index: Index, query: Query) -> Alignment:
    """Compare every word of the question with the whole vocabulary, once."""
    distinct = list(dict.fromkeys(query.words))
    likeness = np.zeros((len(distinct), len(index.vocabulary) + 1), dtype=np.float32)
    likeness[:, :-1] = word_scores(index, distinct)
    known = [index.vocabulary.get(word) for word in distinct]
    return Alignment(
        likeness, *(_weights(known, by, index) for by in (index.rarity, index.telling))
    )


def _weights(known: Sequence[int | None], by_word: Doubles, index: Index) -> Doubles:
    return np.array([index.unknown_rarity if one is None else by_word[one] for one in known])
