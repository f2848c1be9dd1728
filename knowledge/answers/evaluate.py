"""Measures the engine on questions whose answers are known."""

import argparse
import json
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from knowledge.answers.models import Outcome
from knowledge.answers.search import Engine, Ranked
from knowledge.answers.suites import Asked, read_corpus, read_queries

INSIDE_LOST = 0.05


@dataclass(frozen=True, slots=True)
class Suite:
    """How often the right entry came first, among the first three, and its mean inverse rank."""

    n: int
    top1: float
    top3: float
    mrr: float


@dataclass(frozen=True, slots=True)
class Report:
    """`outside_refused_at_5`: outside questions refused where 5 % of the inside ones are lost."""

    suites: dict[str, Suite]
    direct_share: float
    direct_precision: float
    outside_refused_at_5: float
    cpu_ms: dict[str, float]

    def as_json(self) -> str:
        return json.dumps(asdict(self), indent=2, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class _Reply:
    asked: Asked
    ranked: Ranked
    milliseconds: float

    @property
    def rank(self) -> int:
        """The right entry's place from one, 0 when it is not among the candidates."""
        ids = self.ranked.ids
        return ids.index(self.asked.expected) + 1 if self.asked.expected in ids else 0


def evaluate(corpus: Path, queries: Path) -> Report:
    """Ask every question of the suites; those with no expected answer are outside questions."""
    engine = Engine(read_corpus(corpus))
    replies = [_ask(engine, asked) for asked in read_queries(queries)]
    inside = [one for one in replies if one.asked.expected is not None]
    outside = [one for one in replies if one.asked.expected is None]
    direct = [one for one in replies if one.ranked.outcome is Outcome.ANSWER]
    return Report(
        suites=_suites(inside),
        direct_share=len(direct) / max(len(replies), 1),
        direct_precision=_mean(one.rank == 1 for one in direct),
        outside_refused_at_5=_refused(inside, outside),
        cpu_ms=_percentiles([one.milliseconds for one in replies]),
    )


def _ask(engine: Engine, asked: Asked) -> _Reply:
    began = time.process_time()
    ranked = engine.rank(asked.question)
    return _Reply(asked, ranked, 1000 * (time.process_time() - began))


def _suites(inside: Sequence[_Reply]) -> dict[str, Suite]:
    ranks: dict[str, list[int]] = {}
    for one in inside:
        ranks.setdefault(one.asked.suite, []).append(one.rank)
    return {
        name: Suite(
            n=len(each),
            top1=_mean(rank == 1 for rank in each),
            top3=_mean(1 <= rank <= 3 for rank in each),
            mrr=_mean(1 / rank if rank else 0.0 for rank in each),
        )
        for name, each in ranks.items()
    }


def _refused(inside: Sequence[_Reply], outside: Sequence[_Reply]) -> float:
    if not inside:
        return 0.0
    limit = float(np.quantile([one.ranked.inside for one in inside], INSIDE_LOST))
    return _mean(one.ranked.inside < limit for one in outside)


def _percentiles(values: Sequence[float]) -> dict[str, float]:
    if not values:
        return {"p50": 0.0, "p95": 0.0}
    return {f"p{share}": round(float(np.percentile(values, share)), 3) for share in (50, 95)}


def _mean(values: Iterable[float]) -> float:
    every = list(values)
    return round(sum(every) / len(every), 4) if every else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    given = parser.parse_args()
    sys.stdout.write(evaluate(given.corpus, given.queries).as_json() + "\n")


if __name__ == "__main__":
    main()
