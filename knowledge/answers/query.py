"""A question as the index reads it."""

from dataclasses import dataclass

import numpy as np

from knowledge.answers.index import Index
from knowledge.answers.ngrams import Ints
from knowledge.answers.postings import Doubles, Postings
from knowledge.answers.text import clean, words

_MOST_WORDS = 40


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
    return _cosines(index.by_wording, query.grams, weights, query.unseen)


def word_scores(index: Index, word: str) -> Doubles:
    """How much a word looks like each word of the vocabulary, 0–1."""
    grams, unseen = index.alphabet.read((word,))
    unique, times = np.unique(grams, return_counts=True)
    weights = times * index.word_rarity[unique]
    return _cosines(index.by_word, unique, weights, unseen)


def _cosines(postings: Postings, grams: Ints, weights: Doubles, unseen: int) -> Doubles:
    """What the base has never seen still makes the question longer, and so less alike."""
    strangeness = unseen * (np.log(1 + postings.count) + 1) ** 2
    length = np.sqrt(float(weights @ weights) + strangeness)
    scores: Doubles = postings.score(grams, weights) / max(float(length), 1e-9)
    return scores
