"""Lays the words of a question against the words of an entry, one by one.

N-gram scores ask how much of the text is alike. This asks which of the person's words found no
counterpart, which is what tells "hur ofta följs planen upp" from "hur ofta uppdateras planen".
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.answers.index import Index, Rows
from knowledge.answers.ngrams import Ints
from knowledge.answers.postings import Doubles
from knowledge.answers.query import Query, word_scores


@dataclass(frozen=True, slots=True)
class Alignment:
    """The likeness of each of the question's words to each word of the vocabulary."""

    likeness: NDArray[np.float32]
    rarity: Doubles

    def covered_by(self, rows: Rows, chosen: Ints) -> Doubles:
        """How much of the question each row holds; a rare word counts for more."""
        items, begins = rows.take(chosen)
        nearest = np.maximum.reduceat(self.likeness[:, items], begins, axis=1)
        covered: Doubles = self.rarity @ nearest / max(float(self.rarity.sum()), 1e-9)
        return covered

    def covers(self, rows: Rows, chosen: Ints, rarity: Doubles) -> Doubles:
        """The other way round: how much of each row the question holds."""
        items, begins = rows.take(chosen)
        weights = rarity[items]
        held = np.add.reduceat(self.likeness[:, items].max(axis=0) * weights, begins)
        share: Doubles = held / np.maximum(np.add.reduceat(weights, begins), 1e-9)
        return share


def align(index: Index, query: Query) -> Alignment:
    """Compare every word of the question with the whole vocabulary, once."""
    distinct = list(dict.fromkeys(query.words))
    likeness = np.zeros((len(distinct), len(index.vocabulary) + 1), dtype=np.float32)
    likeness[:, :-1] = word_scores(index, distinct)
    known = [index.vocabulary.get(word) for word in distinct]
    rarity = [index.unknown_rarity if one is None else index.rarity[one] for one in known]
    return Alignment(likeness, np.array(rarity))
