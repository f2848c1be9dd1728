"""How often the engine is right, in figures, on questions whose answers are known."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.answers.evaluation.suites import Asked
from knowledge.answers.models import Outcome
from knowledge.answers.search.engine import Ranked

INSIDE_LOST = 0.05


@dataclass(frozen=True, slots=True)
class Suite:
    """How often the right entry came first, among the first three, and its mean inverse rank."""

    n: int
    top1: float
    top3: float
    mrr: float

    @classmethod
    def of(cls, ranks: Sequence[int]) -> "Suite":
        """From the right entries' places, counted from one; 0 is nowhere."""
        return cls(
            n=len(ranks),
            top1=mean(rank == 1 for rank in ranks),
            top3=mean(1 <= rank <= 3 for rank in ranks),
            mrr=mean(1 / rank if rank else 0.0 for rank in ranks),
        )


@dataclass(frozen=True, slots=True)
class Figures:
    """`whole` is all suites together.

    `outside_refused_at_5`: outside questions refused where 5 % of the inside ones are lost.
    """

    suites: dict[str, Suite]
    whole: Suite
    direct_share: float
    direct_precision: float
    outside_refused_at_5: float
    cpu_ms: dict[str, float]


@dataclass(frozen=True, slots=True)
class Answered:
    """What the engine said to one question of a suite."""

    asked: Asked
    ranked: Ranked
    milliseconds: float

    @property
    def rank(self) -> int:
        """The right entry's place from one, 0 when it is not among the candidates."""
        return place(self.asked.expected, self.ranked.ids)


@dataclass(frozen=True, slots=True)
class Confusion:
    """How many questions about one entry got another first."""

    expected: str
    found: str
    times: int


def ask_all(rank: Callable[[str], Ranked], questions: Iterable[Asked]) -> list[Answered]:
    """Ask, and take the time."""
    every = []
    for asked in questions:
        began = time.process_time()
        ranked = rank(asked.question)
        every.append(Answered(asked, ranked, 1000 * (time.process_time() - began)))
    return every


def figures(every: Sequence[Answered]) -> Figures:
    """Questions with no expected answer come from outside: they should be refused."""
    inside = [one for one in every if one.asked.expected is not None]
    outside = [one for one in every if one.asked.expected is None]
    direct = [one for one in every if one.ranked.outcome is Outcome.ANSWER]
    return Figures(
        suites=_suites(inside),
        whole=Suite.of([one.rank for one in inside]),
        direct_share=len(direct) / max(len(every), 1),
        direct_precision=mean(one.rank == 1 for one in direct),
        outside_refused_at_5=_refused(inside, outside),
        cpu_ms=_percentiles([one.milliseconds for one in every]),
    )


def confusions(every: Iterable[Answered], most: int) -> list[Confusion]:
    """The pairs that are most often taken for each other, in that direction."""
    pairs = Counter(
        (one.asked.expected, one.ranked.ids[0])
        for one in every
        if one.asked.expected is not None and one.rank != 1 and one.ranked.ids
    )
    ordered = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))[:most]
    return [Confusion(expected, found, times) for (expected, found), times in ordered]


def place(expected: str | None, ids: Sequence[str]) -> int:
    """From one; 0 when it is not there."""
    return ids.index(expected) + 1 if expected in ids else 0


def mean(values: Iterable[float]) -> float:
    every = list(values)
    return round(sum(every) / len(every), 4) if every else 0.0


def _suites(inside: Sequence[Answered]) -> dict[str, Suite]:
    ranks: dict[str, list[int]] = {}
    for one in inside:
        ranks.setdefault(one.asked.suite, []).append(one.rank)
    return {name: Suite.of(each) for name, each in ranks.items()}


def _refused(inside: Sequence[Answered], outside: Sequence[Answered]) -> float:
    if not inside:
        return 0.0
    limit = float(np.quantile([one.ranked.inside for one in inside], INSIDE_LOST))
    return mean(one.ranked.inside < limit for one in outside)


def _percentiles(values: Sequence[float]) -> dict[str, float]:
    if not values:
        return {"p50": 0.0, "p95": 0.0}
    return {f"p{share}": round(float(np.percentile(values, share)), 3) for share in (50, 95)}
