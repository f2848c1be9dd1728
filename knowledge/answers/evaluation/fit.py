"""Fits `decision.toml`: python -m knowledge.answers.evaluation.fit --corpus F --queries F

What is right is learned from the labelled suites and from practice on our own content; what is
outside from practice alone, since every base has its own border. Weights are judged on entries
that they were not fitted on (five folds); the final ones are fitted on everything. The thresholds
come from the honest scores of the folds.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.answers.articles.loader import scan, shipped_content
from knowledge.answers.data import read
from knowledge.answers.evaluation.figures import mean
from knowledge.answers.evaluation.newton import choice, logistic
from knowledge.answers.evaluation.samples import (
    CONTENT,
    FOLDS,
    STRANGER,
    Sample,
    labelled,
    practice,
)
from knowledge.answers.evaluation.suites import read_corpus, read_queries
from knowledge.answers.library import entry_of
from knowledge.answers.search import decide
from knowledge.answers.search.decide import SIGNS, Model, probability, signs
from knowledge.answers.search.features import CANDIDATES, MEASURES
from knowledge.answers.search.kept_vectors import KeptVectors
from knowledge.answers.search.meaning import SmallModel
from knowledge.answers.search.postings import Doubles

DIRECT_PRECISION = 0.95
STRANGERS_REFUSED = 0.77
"""Share of the strangers' questions that get neither an answer nor choices.

At 0.89, 17 and 27 in a hundred questions written blindly to our own articles were turned away as
well, though the right article stood first for nearly all of them; now 6 and 12 are.
"""


@dataclass(frozen=True, slots=True)
class Lesson:
    """Which signs a decision goes by; the others made it worse on held-out folds.

    The suites' outside questions count `outside_weight` times, because they are so few.
    """

    signs: tuple[str, ...]
    outside_weight: int = 1

    @property
    def columns(self) -> list[int]:
        return [SIGNS.index(sign) for sign in self.signs]


RIGHT = Lesson(tuple(sign for sign in SIGNS if sign != "known"), 10)
INSIDE = Lesson(SIGNS)

OTHERS = 600
"""How many of the suites' questions are put to our own base, as questions it should refuse."""


def fit_rank(samples: Sequence[Sample], ridge: float = 3.0) -> Doubles:
    """Weights of the measures, from the questions whose right entry is among the candidates."""
    usable = [one for one in samples if one.right >= 0]
    options = np.full((len(usable), CANDIDATES, len(MEASURES)), np.nan)
    for row, one in enumerate(usable):
        options[row, : len(one.found.entries)] = one.found.measures.T
    return _no_negative(options, np.array([one.right for one in usable]), ridge)


def _no_negative(options: NDArray[np.float64], right: NDArray[np.intp], ridge: float) -> Doubles:
    """Drops measures that would count backwards.

    Every measure says "more alike". A negative weight means two of them were played against each
    other, which fits this corpus a little better and may fit the next one badly.
    """
    kept = list(range(options.shape[2]))
    while True:
        weights = choice(options[:, :, kept], right, ridge)
        if (weights >= 0).all():
            break
        spread = np.nanstd(options[:, :, kept].reshape(-1, len(kept)), axis=0)
        del kept[int(np.argmin(weights * spread))]
    full = np.zeros(options.shape[2])
    full[kept] = weights
    return full


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the signs say, against the truth, for questions the rank was not fitted on."""

    signs: NDArray[np.float64]
    right: Doubles
    inside: Doubles
    fold: NDArray[np.intp]
    suite: NDArray[np.str_]

    @property
    def practice(self) -> NDArray[np.bool_]:
        return np.isin(self.suite, (CONTENT, STRANGER))

    def learn(self, true: Doubles, lesson: Lesson, among: NDArray[np.bool_]) -> Doubles:
        """A constant and a weight per sign, 0 for those that the lesson leaves out."""
        rows = np.flatnonzero(among)
        scarce = rows[(self.inside[rows] == 0) & ~self.practice[rows]]
        rows = np.concatenate([rows, np.repeat(scarce, lesson.outside_weight - 1)])
        weights = np.zeros(1 + len(SIGNS))
        used = [0, *(1 + column for column in lesson.columns)]
        weights[used] = logistic(self.signs[rows][:, lesson.columns], true[rows], 1.0)
        return weights

    def held_out(self, true: Doubles, lesson: Lesson, among: NDArray[np.bool_]) -> Doubles:
        """The probability of each question by weights from the other folds."""
        result = np.zeros(len(true))
        for fold in range(FOLDS):
            weights = self.learn(true, lesson, among & (self.fold != fold))
            for row in np.flatnonzero(self.fold == fold):
                result[row] = probability(weights, self.signs[row])
        return result


def gather(samples: Sequence[Sample]) -> Evidence:
    """Rank each fold with weights from the other folds, and read off the signs."""
    ranks = [fit_rank([one for one in samples if one.fold != fold]) for fold in range(FOLDS)]
    rows, right = [], []
    for one in samples:
        scores = ranks[one.fold] @ one.found.measures
        rows.append(signs(one.index, one.query, one.found, scores))
        right.append(float(one.right >= 0 and int(scores.argmax()) == one.right))
    return Evidence(
        np.array(rows),
        np.array(right),
        np.array([float(one.inside) for one in samples]),
        np.array([one.fold for one in samples]),
        np.array([one.suite for one in samples]),
    )


def fit(samples: Sequence[Sample]) -> tuple[Model, dict[str, float]]:
    """The model, and what it promised on the suites' questions that it was not fitted on."""
    evidence = gather(samples)
    every, suites = np.ones(len(samples), dtype=bool), ~evidence.practice
    sure = evidence.held_out(evidence.right, RIGHT, every)
    within = evidence.held_out(evidence.inside, INSIDE, evidence.practice)
    model = Model(
        fit_rank(samples),
        evidence.learn(evidence.right, RIGHT, every),
        evidence.learn(evidence.inside, INSIDE, evidence.practice),
        answer_from=_lowest_precise(sure[suites], evidence.right[suites]),
        choices_from=float(np.quantile(within[evidence.suite == STRANGER], STRANGERS_REFUSED)),
    )
    return model, _promised(evidence, model, sure, within)


def _promised(evidence: Evidence, model: Model, sure: Doubles, within: Doubles) -> dict[str, float]:
    promised: dict[str, float] = {}
    for name, part in (("suites", ~evidence.practice), ("practice", evidence.practice)):
        direct = part & (sure >= model.answer_from)
        outside = part & (evidence.inside == 0)
        inside = part & (evidence.inside > 0)
        promised |= {
            f"{name}_direct_share": float(direct.sum() / part.sum()),
            f"{name}_direct_precision": mean(evidence.right[direct]),
            f"{name}_outside_refused": mean(within[outside] < model.choices_from),
            f"{name}_inside_refused": mean(within[inside] < model.choices_from),
        }
    return promised


def _lowest_precise(scores: Doubles, right: Doubles) -> float:
    """The lowest score from which upwards enough first hits are right.

    Equal scores stand and fall together: slips that changed nothing make many of them.
    """
    order = np.argsort(-scores)
    ordered = scores[order]
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    last_of_equals = np.diff(ordered, append=-1.0) < 0
    enough = np.flatnonzero((precision >= DIRECT_PRECISION) & last_of_equals)
    return float(ordered[enough[-1]]) if len(enough) else 1.0


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
    command = "python -m knowledge.answers.evaluation.fit"
    lines = [f"# Made by `{command}` from {corpus}. Do not edit by hand."]
    for name, table in tables.items():
        lines += [
            "",
            f"[{name}]",
            *(f"{key} = {value:.4f}" for key, value in table.items() if value),
        ]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--embeddings", action="store_true", help="for an index with meanings")
    parser.add_argument("--to", type=Path)
    given = parser.parse_args()
    encoder = KeptVectors(SmallModel(), Path("var/cache")) if given.embeddings else None
    asked = read_queries(given.queries)
    content = [entry_of(article) for article in scan(shipped_content()).base.articles]
    others = [one.question for one in asked[:: max(1, len(asked) // OTHERS)]]
    strangers = [*others, *(one for kind in read("evaluation/strangers").values() for one in kind)]
    samples = labelled(read_corpus(given.corpus), asked, encoder)
    samples += practice(content, strangers, encoder)
    model, promised = fit(samples)
    name = "decision_meaning.toml" if given.embeddings else "decision.toml"
    to = given.to or Path(decide.__file__).with_name(name)
    to.write_text(written(model, promised, given.corpus.parent.name), "utf-8")


if __name__ == "__main__":
    main()
