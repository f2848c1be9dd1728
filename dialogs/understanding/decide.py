"""Is it a wish, and the one that it sounds most like? Or a question, or neither?

The coefficients are fitted by `python -m bot.commands.fit_wants` and lie in `decision.toml`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, log
from typing import Self

import numpy as np

from dialogs.understanding.rank import Ranked
from knowledge.answers.models import Found, Outcome
from knowledge.answers.search.postings import Doubles

ALONE = ("score", "ahead", "near", "strange", "unknown", "length", "asks", "screen")
"""What tells without a search: see `Ranked`; the logarithm of the number of words; whether it is
put as a question; whether it is about what is on the screen."""
BESIDE = (*ALONE, "answer", "answered", "offered")
"""And with one: how sure the answer is, whether there is one, whether there are choices."""


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely it is that the first command is wanted, and that any is."""

    right: float
    wish: float


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of both chances, without and with a search, and the limits."""

    alone: tuple[Doubles, Doubles]
    beside: tuple[Doubles, Doubles]
    limits: Mapping[str, float]

    @classmethod
    def of(cls, data: Mapping[str, Mapping[str, float]]) -> Self:
        def weights(name: str, signs: tuple[str, ...]) -> Doubles:
            return np.array([data[name].get(sign, 0.0) for sign in ("constant", *signs)])

        return cls(
            (weights("alone_right", ALONE), weights("alone_wish", ALONE)),
            (weights("beside_right", BESIDE), weights("beside_wish", BESIDE)),
            data["limits"],
        )

    def chance(self, signs: Doubles) -> Chance:
        """By the signs alone or, where there are more of them, beside a search."""
        right, wish = self.alone if len(signs) == len(ALONE) else self.beside
        return Chance(_probability(right, signs), _probability(wish, signs))


def signs(
    ranked: Ranked, words: int, *, asks: bool, screen: bool, found: Found | None = None
) -> Doubles:
    """In the order of ALONE or, with a search, of BESIDE."""
    alone = [
        ranked.score, min(ranked.ahead, 20.0), ranked.near, ranked.strange, ranked.unknown,
        log(1 + words), float(asks), float(screen),
    ]  # fmt: skip
    if found is None:
        return np.array(alone)
    answer = found.matches[0].score if found.matches else 0.0
    outcomes = [found.outcome is one for one in (Outcome.ANSWER, Outcome.CHOICES)]
    return np.array([*alone, answer, *map(float, outcomes)])


@cache
def shipped() -> Model:
    """The model that comes with Tryggve."""
    file = files("dialogs") / "understanding" / "decision.toml"
    return Model.of(tomllib.loads(file.read_text("utf-8")))


def _probability(weights: Doubles, signs: Doubles) -> float:
    score = float(weights[0] + weights[1:] @ signs)
    return 1 / (1 + exp(-min(max(score, -30.0), 30.0)))
