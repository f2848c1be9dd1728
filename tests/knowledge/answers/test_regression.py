"""How often the engine is right on the shipped base, with questions that are not in it.

The questions in `regression/` were written from titles and answers alone, by people who had not
seen the wordings. Five per article: in other words, short, with slips, and in a later, fresh round
as a colleague would put it and as one would in a hurry. Beside them questions from outside.
Those in `nytt-*.toml` came later: `voices` in the voices of ten roles, with the story that people
tell first, and `again`, after the wordings had learnt from `voices`. Each was measured once before
anything was learnt from it; README has the figures.
"""

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

from knowledge.answers.models import Found, Outcome
from tests.support.town import library

FOLDER = Path(__file__).parent / "regression"

# A point below what was measured on 26 November 2026.
RIGHT_FIRST = 0.96
RIGHT_AMONG_THREE = 0.985
OUTSIDE_NOT_ANSWERED = 0.957
OUTSIDE_REFUSED = 0.7
INSIDE_REFUSED = 0.015
WRONG_AND_CONFIDENT = 0.02


@cache
def inside() -> list[tuple[str, Found]]:
    """Each question's right article, and what was found."""
    asked = []
    for path in sorted(FOLDER.glob("*.toml")):
        if path.stem != "outside":
            for id_, kinds in tomllib.loads(path.read_text("utf-8")).items():
                questions = [question for kind in kinds.values() for question in kind]
                asked += [(id_, library().ask(question)) for question in questions]
    return asked


@cache
def outside() -> list[tuple[str, Found]]:
    """Each question from outside, and what was found."""
    kinds = tomllib.loads((FOLDER / "outside.toml").read_text("utf-8"))
    return [(question, library().ask(question)) for kind in kinds.values() for question in kind]


def share(of: list[bool]) -> float:
    return sum(of) / len(of)


def test_the_set_covers_every_article() -> None:
    asked = Counter(id_ for id_, _ in inside())

    assert set(asked) == {article.id for article in library().base.articles}
    assert min(asked.values()) >= 2
    assert len(inside()) >= 800
    assert len(outside()) >= 100


def test_the_right_article_comes_first() -> None:
    first = [bool(found.matches) and found.matches[0].id == id_ for id_, found in inside()]

    assert share(first) >= RIGHT_FIRST


def test_the_right_article_is_among_three() -> None:
    among = [id_ in [match.id for match in found.matches] for id_, found in inside()]

    assert share(among) >= RIGHT_AMONG_THREE


def test_questions_from_outside_are_not_answered() -> None:
    kept_out = [found.outcome is not Outcome.ANSWER for _, found in outside()]

    assert share(kept_out) >= OUTSIDE_NOT_ANSWERED


def test_questions_from_outside_go_to_the_coordinator_and_few_others_do() -> None:
    refused, lost = (
        [found.outcome is Outcome.UNKNOWN for _, found in asked] for asked in (outside(), inside())
    )

    assert share(refused) >= OUTSIDE_REFUSED
    assert share(lost) <= INSIDE_REFUSED


def test_a_confident_answer_is_seldom_wrong() -> None:
    wrong = [
        found.outcome is Outcome.ANSWER and found.matches[0].id != id_ for id_, found in inside()
    ]
    wrong += [found.outcome is Outcome.ANSWER for _, found in outside()]

    assert share(wrong) <= WRONG_AND_CONFIDENT
