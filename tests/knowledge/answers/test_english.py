"""Questions in English find what the Swedish ones find, in other words than those of the base."""

import tomllib
from pathlib import Path

from knowledge.answers.models import Outcome
from tests.support.town import library

QUESTIONS = tomllib.loads((Path(__file__).parent / "english.toml").read_text("utf-8"))
ASKED = [(question, id_) for id_, every in QUESTIONS.items() for question in every]
RIGHT_FIRST = 0.9


def test_the_right_article_comes_first() -> None:
    found = [(library().ask(question), id_) for question, id_ in ASKED]
    first = [one.outcome is not Outcome.UNKNOWN and one.matches[0].id == id_ for one, id_ in found]
    missed = [question for (question, _), right in zip(ASKED, first, strict=True) if not right]

    assert sum(first) >= RIGHT_FIRST * len(first), missed


def test_they_are_known_to_be_english() -> None:
    known = [library().ask(question).english for question, _ in ASKED]

    assert sum(known) >= 0.95 * len(known)


def test_each_title_in_english_finds_its_article() -> None:
    for article in library().base.articles:
        found = library().chosen(article.id) if article.by_role else library().ask(article.title_en)
        assert found.matches[0].id == article.id, article.title_en
        assert library().ask(article.title_en).english, article.title_en
