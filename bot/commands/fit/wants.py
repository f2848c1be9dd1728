"""Fits what decides between wishes and questions: python -m bot.commands.fit.wants

Wishes are the wordings of the commands, each judged by a ranker that has not seen it (five
folds); questions are those of the knowledge base's own regression, inside it and outside, and
ordinary sentences that sound like commands.
"""

import argparse
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from bot.commands.checkout import ORDINARY, QUESTIONS
from dialogs.understanding import judge
from dialogs.understanding.judge import ALONE, BESIDE, Judge, asked_by_topic
from dialogs.understanding.moods import told
from dialogs.understanding.rank import Ranker
from dialogs.understanding.slots import read
from dialogs.understanding.vocabulary import Screen, Wordings, wordings
from knowledge.answers.articles.loader import load, shipped_content
from knowledge.answers.data import read as read_data
from knowledge.answers.evaluation.newton import logistic
from knowledge.answers.evaluation.suites import read_questions
from knowledge.answers.library import Library
from knowledge.answers.search.postings import Doubles

FOLDS = 5
TODAY = date(2026, 11, 26)
SLOTS = {
    "place": "Växjö", "time": "i mars", "theme": "lägesbild", "number": "2", "role": "chef",
    "title": "lagen på en förmiddag",
}  # fmt: skip
LIMITS = {"plain": 0.9, "sure": 0.6, "wish": 0.4, "maybe": 0.4, "answer": 0.85}
"""A `plain` wish is not searched for; from `sure` on the first command is taken; a
`wish` puts commands before articles, and `maybe` still shows them; beside a sure answer a command
is shown from `answer` on."""


@dataclass(frozen=True)
class Sample:
    """What somebody says, and which command is wanted; "" for none."""

    said: str
    wanted: str
    screen: Screen = Screen.NOTHING
    fold: int = 0


def samples() -> Iterator[Sample]:
    """Every wording with its slots filled in, and every question."""
    for command in wordings():
        lines = tuple(dict.fromkeys((*command.exact, *command.like)))
        for number, line in enumerate(lines):
            shown = command.on if number % 3 else Screen.NOTHING
            fold = fold_of(number, len(lines))
            yield Sample(line.format_map(SLOTS), command.command, shown, fold)
    screens = list(Screen)
    questions = [one.question for one in read_questions(QUESTIONS)]
    questions += [one for kind in read_data("evaluation/strangers").values() for one in kind]
    questions += tomllib.loads(ORDINARY.read_text("utf-8"))["lines"].splitlines()
    for number, question in enumerate(questions):
        yield Sample(question, "", screens[number % len(screens)], number % FOLDS)


def fold_of(number: int, of: int) -> int:
    """Neighbours share a fold: they were written after one another, and are alike."""
    return number * FOLDS // of


def without(every: Sequence[Wordings], fold: int) -> list[Wordings]:
    """The commands without the wordings of one fold."""
    kept = []
    for one in every:
        lines = dict.fromkeys((*one.exact, *one.like))
        numbered = enumerate(lines)
        like = [line for number, line in numbered if fold_of(number, len(lines)) != fold]
        kept.append(replace(one, exact=(), like=tuple(like)))
    return kept


@dataclass(frozen=True)
class Evidence:
    """The signs of each sample, whether the first command is right, and whether any is."""

    signs: Doubles
    right: Doubles
    wish: Doubles


def gather(every: Sequence[Sample]) -> Evidence:
    library = Library(load(shipped_content()))
    articles = library.base.articles
    questions = asked_by_topic(articles)
    judges = [
        Judge({}, articles, ranker=Ranker(without(wordings(), fold), questions))
        for fold in range(FOLDS)
    ]
    rows, right = [], []
    for sample in every:
        one = judges[sample.fold]
        given = told(sample.said, read(sample.said, TODAY).parts)
        best = one.best(given, sample.screen)
        found = library.ask(sample.said)
        rows.append(one.signs(best, given, sample.screen, found))
        right.append(float(best.ranked.commands[0] == sample.wanted))
    wish = [float(sample.wanted != "") for sample in every]
    return Evidence(np.array(rows), np.array(right), np.array(wish))


def written(found: Evidence) -> str:
    """The model as TOML."""
    tables: dict[str, dict[str, float]] = {}
    for name, names in (("alone", ALONE), ("beside", BESIDE)):
        for what, true in (("right", found.right), ("wish", found.wish)):
            weights = logistic(found.signs[:, : len(names)], true, 1.0)
            tables[f"{name}_{what}"] = dict(zip(("constant", *names), weights, strict=True))
    lines = ["# Made by `python -m bot.commands.fit.wants`. Do not edit by hand."]
    for name, table in {**tables, "limits": LIMITS}.items():
        lines += ["", f"[{name}]", *(f"{key} = {value:.4f}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    to = Path(judge.__file__).with_name("decision.toml")
    parser.add_argument("--to", type=Path, default=to)
    given = parser.parse_args()
    given.to.write_text(written(gather([*samples()])), "utf-8")


if __name__ == "__main__":
    main()
