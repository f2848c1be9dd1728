"""An answer is stale when the law is not what the answer was held against."""

from datetime import date

import pytest

from knowledge.answers.models import Base
from knowledge.laws.comparison import changes, touched
from knowledge.laws.fingerprint import REPEALED
from knowledge.laws.models import Seen
from tests.knowledge.laws.conftest import COUNTING, KEEPING, article, reviewed, term

NOV, DEC, JAN = date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)
OLD, NEW, NEWEST = "a" * 16, "b" * 16, "c" * 16


@pytest.mark.parametrize(
    ("checked", "reviews", "now", "stale"),
    [
        (NOV, [(NOV, OLD)], OLD, False),
        (NOV, [(NOV, OLD)], NEW, True),
        (NOV, [(NOV, OLD)], REPEALED, True),
        (NOV, [(DEC, OLD)], OLD, False),  # older than the first review: held against that
        (NOV, [(NOV, OLD), (DEC, NEW)], NEW, True),  # others have been reviewed since, not this
        (DEC, [(NOV, OLD), (DEC, NEW)], NEW, False),
        (JAN, [(NOV, OLD), (DEC, NEW)], NEW, False),
        (JAN, [(NOV, OLD), (DEC, NEW)], NEWEST, True),
        (JAN, [(NOV, OLD), (DEC, REPEALED)], REPEALED, False),
        (JAN, [(NOV, OLD)], NEW, True),  # a newer day alone proves nothing
        (JAN, [(NOV, OLD), (DEC, NEW)], OLD, False),  # the text here is older than the review
        (DEC, [(DEC, OLD), (DEC, NEW)], NEW, True),  # checked that day: it may have been before
    ],
)
def test_held_against_what_was_reviewed_by_its_day(
    checked: date, reviews: list[tuple[date, str]], now: str, stale: bool
) -> None:
    base = Base((article("rakning", checked, COUNTING),), reviews=reviewed(*reviews))

    assert bool(touched(base, {COUNTING: Seen(now, OLD)})) is stale


@pytest.mark.parametrize(("now", "stale"), [(OLD, False), (NEW, True)])
def test_what_was_never_reviewed_is_held_against_what_was_first_read(now: str, stale: bool) -> None:
    base = Base((article("rakning", NOV, COUNTING),))

    assert bool(touched(base, {COUNTING: Seen(now, OLD)})) is stale


def test_what_was_never_read_has_not_changed() -> None:
    base = Base((article("rakning", NOV, COUNTING),), reviews=reviewed((NOV, OLD)))

    assert changes(base, {}) == []


def test_a_term_counts_as_reviewed_with_its_section() -> None:
    articles = (article("gammal", NOV, COUNTING), article("ny", DEC, COUNTING, KEEPING))
    base = Base(articles, (term(COUNTING),), reviews=reviewed((NOV, OLD), (DEC, NEW)))

    [change] = changes(base, {COUNTING: Seen(NEW, OLD), KEEPING: Seen(OLD, OLD)})
    assert (change.section, change.before, change.after) == (COUNTING, OLD, NEW)
    assert [one.id for one in change.articles] == ["gammal"]
    assert change.terms == ()


def test_answers_held_against_different_wordings_are_told_apart() -> None:
    articles = (article("gammal", NOV, COUNTING), article("ny", DEC, COUNTING))
    base = Base(articles, (term(COUNTING),), reviews=reviewed((NOV, OLD), (DEC, NEW)))

    first, second = changes(base, {COUNTING: Seen(NEWEST, OLD)})
    assert (first.before, [one.id for one in first.articles]) == (OLD, ["gammal"])
    assert (second.before, [one.id for one in second.articles]) == (NEW, ["ny"])
    assert [one.name for one in second.terms] == ["räkning"]
