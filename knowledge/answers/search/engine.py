"""The engine: a question in, the best matches and a decision out."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from knowledge.answers.models import Found, Match, Outcome
from knowledge.answers.search.decide import Decision, Model, chances, shipped, signs
from knowledge.answers.search.features import Candidates, candidates
from knowledge.answers.search.gate import Gate
from knowledge.answers.search.index import Entry, Index
from knowledge.answers.search.meaning import Encoder
from knowledge.answers.search.postings import Doubles
from knowledge.answers.search.query import Query, read

MOST_MATCHES = 3
_CERTAIN = 5.0  # the lead, in scores, of a candidate that holds the question word for word


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


class SearchEngine:
    """Finds entries. Immutable: when an entry changes, a new engine is built and swapped in."""

    def __init__(
        self,
        entries: Sequence[Entry],
        model: Model | None = None,
        encoder: Encoder | None = None,
    ) -> None:
        self._index = Index(entries, encoder)
        self._gate = Gate(self._index)
        self.reads_meaning = self._index.meanings is not None
        self._model = model or shipped(with_meaning=self.reads_meaning)
        self._titles = {entry.id: entry.question for entry in entries}

    def find(self, question: str) -> Found:
        """The best matches for any text at all; text without words finds nothing."""
        ranked = self.rank(question)
        every = zip(ranked.ids, ranked.scores, ranked.wordings, strict=True)
        best = islice(every, MOST_MATCHES)
        matches = tuple(Match(id, self._titles[id], score, wording) for id, score, wording in best)
        return Found(ranked.outcome, matches, ranked.read_as)

    def repaired(self, question: str) -> str:
        """The question with its slips mended; "" when there was nothing to mend."""
        query = read(self._index, question)
        return query.text if query.repaired else ""

    def knows(self, word: str) -> bool:
        """Whether it is one of the words of the base."""
        return word in self._index.vocabulary

    def rank(self, question: str) -> Ranked:
        """Every candidate for a question, with the decision."""
        query = read(self._index, question)
        if not query.words or not self._index.entries:
            return Ranked(Outcome.UNKNOWN)
        found = candidates(self._index, query)
        scores = self._model.rank @ found.measures
        decision = self._model.decide(signs(self._index, query, found, scores))
        holder = self._gate.sole_holder(query, found)
        if holder is not None:
            scores[holder] = scores.max() + _CERTAIN
            decision = Decision(Outcome.ANSWER, right=1.0, inside=1.0)
        return self._ranked(query, found, scores, decision)

    def _ranked(
        self, query: Query, found: Candidates, scores: Doubles, decision: Decision
    ) -> Ranked:
        order = np.argsort(-scores, kind="stable")
        shares = chances(scores)[order]
        return Ranked(
            decision.outcome,
            tuple(self._index.entries[entry].id for entry in found.entries[order]),
            tuple((decision.right * shares / shares[0]).tolist()),
            tuple(self._way(found.entries[one], found.wordings[one]) for one in order),
            decision.inside,
            query.text if query.repaired else "",
        )

    def _way(self, entry: int, wording: int) -> str:
        """A wording as its author wrote it."""
        known = self._index.entries[entry]
        place = wording - int(self._index.starts[entry])
        return known.wordings[place - 1] if place else known.question
