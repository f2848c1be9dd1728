"""A question as the index reads it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.answers.search.index import Index
from knowledge.answers.search.ngrams import Ints, joined
from knowledge.answers.search.postings import Doubles, Postings
from knowledge.answers.search.text import clean, words

_MOST_WORDS = 26  # so that even 26 misspelt words take less than 5 ms


@dataclass(frozen=True, slots=True)
class Query:
    """The words of a question after repair, and its n-grams with how often they occur."""

    words: tuple[str, ...]
    repaired: bool
    grams: Ints
    times: Doubles
    unseen: int

    @property
    def text(self) -> str:
        return " ".join(self.words)


def read(index: Index, question: str) -> Query:
    """Clean, repair and count. A question without a letter becomes a query without words."""
    typed = words(clean(question))[:_MOST_WORDS]
    mended = index.speller.repair(typed)
    grams, unseen = index.alphabet.read(mended)
    unique, times = np.unique(grams, return_counts=True)
    return Query(tuple(mended), mended != typed, unique, times.astype(np.float64), unseen)


def entry_scores(index: Index, query: Query) -> Doubles:
    """BM25 of the question against each entry as a whole, answer included."""
    return index.by_entry.score(query.grams, query.times)


def wording_scores(index: Index, query: Query) -> Doubles:
    """The cosine of the question and each known wording, 0–1."""
    weights = (1 + np.log(query.times)) * index.wording_rarity[query.grams]
    unseen = np.array([query.unseen])
    length = _length(np.array([float(weights @ weights)]), unseen, index.by_wording)
    scores: Doubles = index.by_wording.score(query.grams, weights) / length
    return scores


def word_scores(index: Index, words: Sequence[str]) -> NDArray[np.float64]:
    """How much each word looks like each word of the vocabulary, 0–1."""
    parts = [index.alphabet.read((word,)) for word in words]
    askers = np.repeat(np.arange(len(words)), [len(grams) for grams, _ in parts])
    grams = joined([grams for grams, _ in parts])
    weights = index.word_rarity[grams]
    squares = np.bincount(askers, weights=weights**2, minlength=len(words)).astype(np.float64)
    lengths = _length(squares, np.array([unseen for _, unseen in parts]), index.by_word)
    scores = index.by_word.score_each(grams, weights, askers, len(words))
    alike: NDArray[np.float64] = np.minimum(scores / lengths[:, None], 1.0)
    return alike


def _length(squares: Doubles, unseen: NDArray[np.int64], postings: Postings) -> Doubles:
    """What the base has never seen still makes the question longer, and so less alike."""
    strangeness = (np.log(1 + postings.count) + 1) ** 2
    length: Doubles = np.sqrt(np.maximum(squares + unseen * strangeness, 1e-18))
    return length
