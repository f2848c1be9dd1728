"""From measures to a decision: answer, offer choices, or admit that we do not know.

The coefficients are fitted offline by `evaluation/fit.py` and lie in `decision.toml`, those that
also know the meaning of texts in `decision_meaning.toml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import exp
from typing import Self

import numpy as np

from knowledge.answers.data import read
from knowledge.answers.models import Outcome
from knowledge.answers.search.features import MEASURES, Candidates
from knowledge.answers.search.index import Index
from knowledge.answers.search.postings import Doubles
from knowledge.answers.search.query import Query

_OF_THE_FIRST = ("second", "question", "asked", "letters", "theme", "meaning")
_ROWS = [MEASURES.index(name) for name in _OF_THE_FIRST]
SIGNS = (
    "chance",  # the first candidate's share among the candidates, 0-1
    "ahead",  # see `Candidates`
    *_OF_THE_FIRST,  # the measures of the first candidate
    "known",  # how much of the question, by rarity, the base has words for at all
    "unknown",  # the share of words that it has not
)


@dataclass(frozen=True, slots=True)
class Model:
    """Weights per measure and sign, and the two thresholds."""

    rank: Doubles
    right: Doubles
    inside: Doubles
    answer_from: float
    choices_from: float

    @classmethod
    def of(cls, data: Mapping[str, Mapping[str, float]]) -> Self:
        limits = data["thresholds"]
        return cls(
            np.array([data["rank"].get(name, 0.0) for name in MEASURES]),
            np.array([data["right"].get(name, 0.0) for name in ("constant", *SIGNS)]),
            np.array([data["inside"].get(name, 0.0) for name in ("constant", *SIGNS)]),
            limits["answer"],
            limits["choices"],
        )

    def decide(self, signs: Doubles) -> "Decision":
        """What to do about a question with these signs."""
        right, inside = probability(self.right, signs), probability(self.inside, signs)
        if right >= self.answer_from:
            return Decision(Outcome.ANSWER, right, inside)
        offered = inside >= self.choices_from
        return Decision(Outcome.CHOICES if offered else Outcome.UNKNOWN, right, inside)


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do about a question, and the two probabilities behind it."""

    outcome: Outcome
    right: float  # that the first candidate is the right one
    inside: float  # that the base answers the question at all


@cache
def shipped(*, with_meaning: bool = False) -> Model:
    """The model that comes with Tryggve, for an index with or without meanings."""
    return Model.of(read(f"search/{'decision_meaning' if with_meaning else 'decision'}"))


def chances(scores: Doubles) -> Doubles:
    """The candidates' scores as shares of one."""
    powers = np.exp(scores - scores.max())
    shares: Doubles = powers / powers.sum()
    return shares


def probability(weights: Doubles, signs: Doubles) -> float:
    """The logistic function of the weighted signs; the first weight is the constant."""
    score = float(weights[0] + weights[1:] @ signs)
    return 1 / (1 + exp(-min(max(score, -30.0), 30.0)))


def signs(index: Index, query: Query, found: Candidates, scores: Doubles) -> Doubles:
    """What tells whether the candidate with the best score is right."""
    first = int(scores.argmax())
    own = found.measures[_ROWS, first].tolist()
    chance = float(chances(scores)[first])
    return np.array([chance, found.ahead, *own, *_familiarity(index, query)])


def _familiarity(index: Index, query: Query) -> tuple[float, float]:
    """How much of the question the base has words for, by rarity, and the share it has not."""
    numbers = [index.vocabulary.get(word) for word in query.words]
    known = sum(float(index.rarity[number]) for number in numbers if number is not None)
    unknown = numbers.count(None)
    whole = known + unknown * index.unknown_rarity
    return known / max(whole, 1e-9), unknown / len(numbers)
