"""From measures to a decision: answer, offer choices, or admit that we do not know.

The coefficients are fitted offline by `fit.py` and lie in `decision.toml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Self

import numpy as np

from knowledge.answers.data import read
from knowledge.answers.features import MEASURES, Candidates
from knowledge.answers.index import Index
from knowledge.answers.models import Outcome
from knowledge.answers.postings import Doubles
from knowledge.answers.query import Query

SIGNS = (
    "chance",  # how far ahead of the others the first candidate is, 0-1
    "gap",  # its chance less the second one's
    "wording",
    "asked_soft",
    "asked_firm",
    "worded",
    "reverse",
    "letters",
    "known",  # how much of the question the base has words for at all
    "length",  # words in the question, logarithmic
)
_OF_THE_FIRST = ("wording", "asked_soft", "asked_firm", "worded", "reverse", "letters")


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
            np.array([data["rank"][name] for name in MEASURES]),
            np.array([data["right"][name] for name in ("constant", *SIGNS)]),
            np.array([data["inside"][name] for name in ("constant", *SIGNS)]),
            limits["answer"],
            limits["choices"],
        )

    def chances(self, measures: Doubles) -> Doubles:
        """Each candidate's share of the probability that one of them is right."""
        return chances_of(self.rank, measures)

    def judge(self, signs: Doubles) -> "Verdict":
        """What to do about a question with these signs."""
        right, inside = probability(self.right, signs), probability(self.inside, signs)
        if right >= self.answer_from:
            return Verdict(Outcome.ANSWER, right, inside)
        offered = inside >= self.choices_from
        return Verdict(Outcome.CHOICES if offered else Outcome.UNKNOWN, right, inside)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision and the two probabilities behind it."""

    outcome: Outcome
    right: float  # that the first candidate is the right one
    inside: float  # that the base answers the question at all


@cache
def shipped() -> Model:
    """The model in `decision.toml`."""
    return Model.of(read("decision"))


def chances_of(rank: Doubles, measures: Doubles) -> Doubles:
    """The candidates' scores as shares of one."""
    scores = rank @ measures
    powers = np.exp(scores - scores.max())
    shares: Doubles = powers / powers.sum()
    return shares


def probability(weights: Doubles, signs: Doubles) -> float:
    """The logistic function of the weighted signs; the first weight is the constant."""
    score = float(weights[0] + weights[1:] @ signs)
    return float(1 / (1 + np.exp(-np.clip(score, -30, 30))))


def signs(index: Index, query: Query, found: Candidates, chances: Doubles) -> Doubles:
    """What tells whether the candidate with the best chance is right."""
    ranked = np.argsort(-chances, kind="stable")
    first = int(ranked[0])
    second = float(chances[ranked[1]]) if len(ranked) > 1 else 0.0
    own = [float(found.measures[MEASURES.index(name), first]) for name in _OF_THE_FIRST]
    chance = float(chances[first])
    known = _known(index, query)
    return np.array([chance, chance - second, *own, known, np.log(len(query.words))])


def _known(index: Index, query: Query) -> float:
    numbers = [index.vocabulary.get(word) for word in query.words]
    known = sum(float(index.rarity[number]) for number in numbers if number is not None)
    unknown = numbers.count(None) * index.unknown_rarity
    return known / max(known + unknown, 1e-9)
