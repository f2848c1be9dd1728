"""Fits what tells talk about people from talk about the work: python -m bot.commands.fit.likeness

It learns from the sentences of the tests' corpus, of both kinds, and from the wordings of the
articles and the commands, which are about nobody. What the tests measure it by, it has not seen.
"""

import argparse
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.commands.checkout import ABOUT_PEOPLE
from dialogs.understanding.vocabulary import wordings
from knowledge.answers.articles.loader import load, shipped_content
from knowledge.privacy import likeness
from knowledge.privacy.likeness import PLACES, places, share
from knowledge.privacy.names import without_places

WEIGHT = 5.0
"""So much more counts a sentence about somebody: there are fewer of them."""

PENALTY = 0.3
STEPS = 300
RATE, MEAN, SQUARE = 0.1, 0.9, 0.999
"""Of Adam (Kingma and Ba 2015, arXiv:1412.6980)."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sentences:
    """Of both kinds: about somebody, and about nobody."""

    somebody: Sequence[str]
    nobody: Sequence[str]


def corpus() -> Sentences:
    """What is learnt from."""
    files = [tomllib.loads(path.read_text("utf-8")) for path in ABOUT_PEOPLE]
    somebody, nobody = (
        [line for file in files for line in file[kind]]
        for kind in ("about_somebody", "about_nobody")
    )
    articles = load(shipped_content()).articles
    ways = [way for one in articles for way in (one.title, *one.wordings, *one.english)]
    wishes = [line for one in wordings() for line in (*one.exact, *one.like) if "{" not in line]
    return Sentences(somebody, [*nobody, *ways, *wishes])


def fit(given: Sentences) -> Floats:
    """The weights, and last the constant: a logistic regression with a ridge."""
    texts = [places(without_places(one)) for one in (*given.somebody, *given.nobody)]
    about = np.repeat([1.0, 0.0], [len(given.somebody), len(given.nobody)])
    counts = np.where(about == 1, WEIGHT, 1.0)
    where = np.concatenate(texts)
    row = np.repeat(np.arange(len(texts)), [len(one) for one in texts])
    size = np.array([share(one) for one in texts])[row]
    weights, mean, square = (np.zeros(PLACES + 1) for _ in range(3))
    for step in range(1, STEPS + 1):
        heard = np.bincount(row, weights[where] * size, minlength=len(texts)) + weights[-1]
        wrong = counts * (1 / (1 + np.exp(-heard)) - about)
        slope = np.bincount(where, wrong[row] * size, minlength=PLACES) + PENALTY * weights[:-1]
        slope = np.append(slope, wrong.sum())
        mean = MEAN * mean + (1 - MEAN) * slope
        square = SQUARE * square + (1 - SQUARE) * slope**2
        steady = np.sqrt(square / (1 - SQUARE**step)) + 1e-8
        weights = weights - RATE * mean / (1 - MEAN**step) / steady
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    to = Path(likeness.__file__).with_suffix(".npy")
    parser.add_argument("--to", type=Path, default=to)
    np.save(parser.parse_args().to, fit(corpus()).astype(np.float16))


if __name__ == "__main__":
    main()
