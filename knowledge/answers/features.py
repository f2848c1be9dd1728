"""What is measured about each candidate before one of them is trusted."""

from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz

from knowledge.answers.alignment import align
from knowledge.answers.index import Index
from knowledge.answers.ngrams import Ints
from knowledge.answers.postings import Doubles
from knowledge.answers.query import Query, entry_scores, wording_scores

CANDIDATES = 20
MEASURES = (
    "entry",  # BM25 of n-grams, relative to the best entry
    "wording",  # cosine with the closest wording
    "question",  # cosine with the main question
    "asked_soft",  # the person's words that the entry's questions hold, see `Cover`
    "asked_firm",
    "worded",  # the person's words that the closest wording holds
    "reverse",  # the closest wording's words that the person wrote
    "letters",  # edit similarity with the closest wording
)


@dataclass(frozen=True, slots=True)
class Candidates:
    """The entries worth a closer look, the closest wording of each, and a row per measure."""

    entries: Ints
    wordings: Ints
    measures: Doubles


def candidates(index: Index, query: Query) -> Candidates:
    """The best 20 by n-grams alone, measured in every other way as well."""
    by_entry = entry_scores(index, query)
    by_wording = wording_scores(index, query)
    best = np.maximum.reduceat(by_wording, index.starts)
    core = _relative(by_entry) + _relative(best)
    chosen = np.argsort(-core, kind="stable")[:CANDIDATES].astype(np.int32)
    closest = np.array([_closest(index, by_wording, entry) for entry in chosen], dtype=np.int32)
    measures = {
        "entry": _relative(by_entry)[chosen],
        "wording": by_wording[closest],
        "question": by_wording[index.starts[chosen]],
    }
    measures |= _aligned(index, query, chosen, closest)
    return Candidates(chosen, closest, np.array([measures[name] for name in MEASURES]))


def _relative(scores: Doubles) -> Doubles:
    return scores / max(float(scores.max(initial=0.0)), 1e-9)


def _closest(index: Index, scores: Doubles, entry: int) -> int:
    first = int(index.starts[entry])
    return first + int(np.argmax(scores[first : first + 1 + len(index.entries[entry].wordings)]))


def _aligned(index: Index, query: Query, chosen: Ints, closest: Ints) -> dict[str, Doubles]:
    alignment = align(index, query)
    asked = alignment.cover(index.asked_words, chosen)
    texts = [index.wordings[wording] for wording in closest]
    return {
        "asked_soft": asked.soft,
        "asked_firm": asked.firm,
        "worded": alignment.cover(index.wording_words, closest).soft,
        "reverse": alignment.covered(index.wording_words, closest, index.rarity),
        "letters": np.array([fuzz.ratio(query.text, text) for text in texts]) / 100,
    }
