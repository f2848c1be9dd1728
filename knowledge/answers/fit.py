"""Fits `decision.toml`: python -m knowledge.answers.fit --corpus F --queries F

Weights are judged on entries that they were not fitted on (five folds), and the final ones are
fitted on everything. The thresholds come from the honest scores of the folds.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.answers.decide import SIGNS, Model, chances_of, probability, signs
from knowledge.answers.features import CANDIDATES, MEASURES, Candidates, candidates
from knowledge.answers.index import Index
from knowledge.answers.postings import Doubles
from knowledge.answers.query import Query, read
from knowledge.answers.regression import choice, logistic
from knowledge.answers.suites import Asked, read_corpus, read_queries

FOLDS = 5
DIRECT_PRECISION = 0.95
INSIDE_KEPT = 0.95
"""Share of the inside questions that get at least choices."""

OUTSIDE_WEIGHT_RIGHT = 5
OUTSIDE_WEIGHT_INSIDE = 25


@dataclass(frozen=True, slots=True)
class Sample:
    """One question as the engine sees it. `right` is the true candidate's place, -1 if absent."""

    query: Query
    found: Candidates
    right: int
    inside: bool
    fold: int


def sample(index: Index, asked: Sequence[Asked], seed: int = 0) -> list[Sample]:
    """Every question that has a word in it. All questions about one entry share a fold."""
    places = {entry.id: place for place, entry in enumerate(index.entries)}
    draw = np.random.default_rng(seed)
    folds = draw.integers(0, FOLDS, len(places))
    samples = []
    for one in asked:
        query = read(index, one.question)
        if not query.words:
            continue
        found = candidates(index, query)
        place = places[one.expected] if one.expected is not None else -1
        right = np.flatnonzero(found.entries == place)
        fold = int(folds[place]) if place >= 0 else int(draw.integers(0, FOLDS))
        first = int(right[0]) if len(right) else -1
        samples.append(Sample(query, found, first, place >= 0, fold))
    return samples


def fit_rank(samples: Sequence[Sample], ridge: float = 3.0) -> Doubles:
    """Weights of the measures, from the questions whose right entry is among the candidates."""
    usable = [one for one in samples if one.right >= 0]
    options = np.full((len(usable), CANDIDATES, len(MEASURES)), np.nan)
    for row, one in enumerate(usable):
        options[row, : len(one.found.entries)] = one.found.measures.T
    return choice(options, np.array([one.right for one in usable]), ridge)


@dataclass(frozen=True, slots=True)
class Judged:
    """What the signs say, against the truth, for questions the rank was not fitted on."""

    signs: NDArray[np.float64]
    right: Doubles
    inside: Doubles
    fold: NDArray[np.intp]


def judge(index: Index, samples: Sequence[Sample]) -> Judged:
    """Rank each fold with weights from the other folds, and read off the signs."""
    ranks = [fit_rank([one for one in samples if one.fold != fold]) for fold in range(FOLDS)]
    rows, right = [], []
    for one in samples:
        chances = chances_of(ranks[one.fold], one.found.measures)
        rows.append(signs(index, one.query, one.found, chances))
        right.append(float(one.right >= 0 and int(np.argmax(chances)) == one.right))
    inside = np.array([float(one.inside) for one in samples])
    return Judged(np.array(rows), np.array(right), inside, np.array([one.fold for one in samples]))


def fit(index: Index, asked: Sequence[Asked]) -> tuple[Model, dict[str, float]]:
    """The model, and what it promised on the questions it was not fitted on."""
    samples = sample(index, asked)
    judged = judge(index, samples)
    sure = held_out(judged, judged.right, OUTSIDE_WEIGHT_RIGHT)
    within = held_out(judged, judged.inside, OUTSIDE_WEIGHT_INSIDE)
    model = Model(
        fit_rank(samples),
        _weighted(judged, judged.right, OUTSIDE_WEIGHT_RIGHT),
        _weighted(judged, judged.inside, OUTSIDE_WEIGHT_INSIDE),
        answer_from=_lowest_precise(sure, judged.right),
        choices_from=float(np.quantile(within[judged.inside > 0], 1 - INSIDE_KEPT)),
    )
    direct = sure >= model.answer_from
    return model, {
        "direct_share": float(direct.mean()),
        "direct_precision": float(judged.right[direct].mean()),
        "outside_refused": float((within[judged.inside == 0] < model.choices_from).mean()),
    }


def held_out(judged: Judged, true: Doubles, outside_weight: int) -> Doubles:
    """The probability of each question by weights from the other folds."""
    result = np.zeros(len(true))
    for fold in range(FOLDS):
        weights = _weighted(judged, true, outside_weight, judged.fold != fold)
        for row in np.flatnonzero(judged.fold == fold):
            result[row] = probability(weights, judged.signs[row])
    return result


def _weighted(
    judged: Judged, true: Doubles, outside_weight: int, use: NDArray[np.bool_] | None = None
) -> Doubles:
    """A logistic fit in which each outside question counts several times: there are so few."""
    rows = np.flatnonzero(np.ones(len(true), dtype=bool) if use is None else use)
    outside = rows[judged.inside[rows] == 0]
    rows = np.concatenate([rows, np.repeat(outside, outside_weight - 1)])
    return logistic(judged.signs[rows], true[rows], 1.0)


def _lowest_precise(scores: Doubles, right: Doubles) -> float:
    """The lowest score from which upwards enough first hits are right."""
    order = np.argsort(-scores)
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(precision >= DIRECT_PRECISION)
    return float(scores[order[enough[-1]]]) if len(enough) else 1.0


def written(model: Model, promised: dict[str, float], corpus: str) -> str:
    """The model as TOML."""
    limits = {"answer": model.answer_from, "choices": model.choices_from}
    tables = {
        "rank": dict(zip(MEASURES, model.rank, strict=True)),
        "right": dict(zip(("constant", *SIGNS), model.right, strict=True)),
        "inside": dict(zip(("constant", *SIGNS), model.inside, strict=True)),
        "thresholds": limits,
        "promised": promised,
    }
    lines = [f"# Made by `python -m knowledge.answers.fit` from {corpus}. Do not edit by hand."]
    for name, table in tables.items():
        lines += ["", f"[{name}]", *(f"{key} = {value:.4f}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--to", type=Path, default=Path(__file__).with_name("decision.toml"))
    given = parser.parse_args()
    index = Index(read_corpus(given.corpus))
    model, promised = fit(index, read_queries(given.queries))
    given.to.write_text(written(model, promised, given.corpus.parent.name), "utf-8")


if __name__ == "__main__":
    main()
