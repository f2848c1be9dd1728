"""How few were absent cannot be reckoned from how many had a seat and how many came."""

from collections.abc import Mapping, Sequence
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.trainings.figures.models import FEWEST, Cell, Held, Hidden
from knowledge.trainings.figures.people import ATTENDED, SEATED, TOTAL, told_of_people

QUARTERS, THEMES = ("q1", "q2", "q3", "q4"), ("a", "b")

Year = Sequence[tuple[str, str, int, int]]
"""Trainings: quarter, theme, how many had a seat, how many of them came."""


def told(year: Year) -> dict[str, dict[str, Cell]]:
    held = [
        Held(number, 0, "", 1, {SEATED: seated, ATTENDED: came})
        for number, (_, _, seated, came) in enumerate(year)
    ]
    groups = {
        key: [one for one, at in zip(held, year, strict=True) if key in (TOTAL, *at[:2])]
        for key in (TOTAL, *QUARTERS, *THEMES)
    }
    return told_of_people(groups, (QUARTERS, THEMES))


def test_where_few_were_absent_it_is_not_told_how_many_came() -> None:
    found = told([("q1", "a", 20, 18), ("q2", "a", 30, 20), ("q3", "b", 25, 15)])

    assert found["q1"] == {SEATED: 20, ATTENDED: Hidden.APART}
    assert found[TOTAL] == {SEATED: 75, ATTENDED: 53}
    assert Hidden.APART in (found["q2"][ATTENDED], found["q3"][ATTENDED])


def test_where_all_came_nobody_was_absent_and_it_is_told() -> None:
    assert told([("q1", "a", 20, 20)])[TOTAL] == {SEATED: 20, ATTENDED: 20}


def test_a_year_with_few_absent_tells_only_of_the_seats() -> None:
    found = told([("q1", "a", 20, 18), ("q2", "b", 30, 29)])

    assert (found[TOTAL][SEATED], found[TOTAL][ATTENDED]) == (50, Hidden.APART)


seats = st.integers(0, 11).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))
trainings = st.tuples(st.sampled_from(QUARTERS[:2]), st.sampled_from(THEMES), seats)


@given(st.lists(trainings, min_size=1, max_size=2))
@settings(max_examples=60)
def test_whoever_tries_every_possibility_does_not_find_how_few(
    drawn: list[tuple[str, str, tuple[int, int]]],
) -> None:
    year = [(quarter, theme, *people) for quarter, theme, people in drawn]
    found = told(year)
    every = [(seated, came) for seated in range(16) for came in range(seated + 1)]
    fitting = [
        sums
        for people in product(every, repeat=len(year))
        if fits(sums := sums_of(year, people), found)
    ]
    true = sums_of(year, [(seated, came) for _, _, seated, came in year])
    for key, (seated, came) in true.items():
        if 0 < seated - came < FEWEST:
            assert len({sums[key][0] - sums[key][1] for sums in fitting}) > 1, (key, found)


def sums_of(year: Year, people: Sequence[tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Seats and who came, by the part of the year."""
    parts = dict.fromkeys([TOTAL, *(at for one in year for at in one[:2])])
    return {
        part: (
            sum(who[0] for one, who in zip(year, people, strict=True) if part in (TOTAL, *one[:2])),
            sum(who[1] for one, who in zip(year, people, strict=True) if part in (TOTAL, *one[:2])),
        )
        for part in parts
    }


def fits(sums: Mapping[str, tuple[int, int]], found: Mapping[str, Mapping[str, Cell]]) -> bool:
    """Whether a year with these sums would be told as it is."""
    for key, counted in sums.items():
        for name, value in zip((SEATED, ATTENDED), counted, strict=True):
            cell = found[key][name]
            if isinstance(cell, Hidden):
                if (value < FEWEST) != (cell is Hidden.FEW):
                    return False
            elif cell != value:
                return False
    return True
