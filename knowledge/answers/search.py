"""The engine: a question in, the best matches and a decision out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.answers.decide import Model, shipped, signs
from knowledge.answers.features import candidates
from knowledge.answers.index import Entry, Index
from knowledge.answers.models import Found, Match, Outcome
from knowledge.answers.query import read

MOST_MATCHES = 3


@dataclass(frozen=True, slots=True)
class Ranked:
    """All candidates, best first, and how sure the engine is of them.

    `inside` is the probability that the question is one the base answers at all.
    """

    outcome: Outcome
    ids: tuple[str, ...] = ()
    scores: tuple[float, ...] = ()
    wordings: tuple[str, ...] = ()
    inside: float = 0.0
    read_as: str = ""


class Engine:
    """Finds entries. Immutable: when an entry changes, a new engine is built and swapped in."""

    def __init__(self, entries: Sequence[Entry], model: Model | None = None) -> None:
        self._index = Index(entries)
        self._model = model or shipped()
        self._titles = {entry.id: entry.question for entry in entries}

    def find(self, question: str) -> Found:
        """The best matches for any text at all; text without words finds nothing."""
        ranked = self.rank(question)
        every = zip(ranked.ids, ranked.scores, ranked.wordings, strict=True)
        matches = [Match(id, self._titles[id], score, wording) for id, score, wording in every]
        return Found(ranked.outcome, tuple(matches[:MOST_MATCHES]), ranked.read_as)

    def rank(self, question: str) -> Ranked:
        """Every candidate for a question, with the decision."""
        query = read(self._index, question)
        if not query.words or not self._index.entries:
            return Ranked(Outcome.UNKNOWN)
        found = candidates(self._index, query)
        chances = self._model.chances(found.measures)
        verdict = self._model.judge(signs(self._index, query, found, chances))
        order = np.argsort(-chances, kind="stable")
        scores = verdict.right * chances[order] / chances[order[0]]
        return Ranked(
            verdict.outcome,
            tuple(self._index.entries[entry].id for entry in found.entries[order]),
            tuple(float(score) for score in scores),
            tuple(self._index.wordings[wording] for wording in found.wordings[order]),
            verdict.inside,
            query.text if query.repaired else "",
        )
