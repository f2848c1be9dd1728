"""No figure about fewer than five people is told, or can be reckoned from what is told."""

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.trainings.figures.models import FEWEST, Hidden
from knowledge.trainings.figures.suppression import Parts, Sums, hidden_in

QUARTERS, THEMES = ("q1", "q2", "q3", "q4"), ("a", "b", "c")


def hidden(held: Mapping[tuple[str, str], int]) -> dict[str, Hidden]:
    """Of trainings by their quarter and theme, with how many took part."""
    ids = {place: number for number, place in enumerate(held)}
    keys = ("total", *QUARTERS, *THEMES)
    sums = {key: [ids[at] for at in held if key in ("total", *at)] for key in keys}
    counts = {ids[at]: count for at, count in held.items()}
    tables = [Parts(table, "total") for table in (QUARTERS, THEMES)]
    return hidden_in(Sums(sums, counts, tables, ["total"]))


def test_large_figures_are_all_told() -> None:
    assert hidden({("q1", "a"): 12, ("q2", "b"): 7}) == {}


def test_one_small_figure_takes_another_with_it() -> None:
    found = hidden({("q1", "a"): 3, ("q2", "a"): 20, ("q3", "a"): 9})

    assert (found["q1"], found["q3"]) == (Hidden.FEW, Hidden.APART)
    assert "q2" not in found
    assert "total" not in found


def test_what_another_table_tells_is_not_told_either() -> None:
    """The third quarter's only training is the only one of its theme."""
    found = hidden({("q1", "a"): 3, ("q2", "a"): 20, ("q3", "b"): 9})

    assert {"q1", "q2"} <= {*found}
    assert not {"q3", "b"} <= {*hidden({("q1", "a"): 30, ("q2", "a"): 20, ("q3", "b"): 9})}


def test_a_single_small_training_is_not_told_as_a_total() -> None:
    assert {"total", "q1", "a"} == {*hidden({("q1", "a"): 2})}


def test_small_figures_that_fill_a_sum_to_the_brim_are_not_given_away() -> None:
    """Two of at most four that make eight are four each."""
    found = hidden({("q1", "a"): 4, ("q2", "a"): 4, ("q3", "a"): 30, ("q4", "a"): 11})

    assert {"q1", "q2", "q4"} <= {*found}


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(QUARTERS), st.sampled_from(THEMES)),
        st.integers(0, 12),
        min_size=1,
        max_size=3,
    )
)
@settings(max_examples=80, deadline=None)
def test_whoever_tries_every_possibility_finds_no_small_figure(
    held: dict[tuple[str, str], int],
) -> None:
    found = hidden(held)
    places = [*held]

    def told(counts: tuple[int, ...]) -> dict[str, int]:
        return {
            key: sum(n for at, n in zip(places, counts, strict=True) if key in ("total", *at))
            for key in ("total", *QUARTERS, *THEMES)
        }

    true = told(tuple(held.values()))
    used = {key for at in places for key in ("total", *at)}
    assert all(true[key] >= FEWEST for key in used if key not in found)
    shown = {key for key in used if key not in found}
    if not shown:
        return
    fitting = [
        sums
        for counts in product(range(15), repeat=len(places))
        if all((sums := told(counts))[key] == true[key] for key in shown)
        and all((sums[key] < FEWEST) == (why is Hidden.FEW) for key, why in found.items())
    ]
    for key in (key for key in found if true[key] < FEWEST):
        assert len({sums[key] for sums in fitting}) > 1, key


@pytest.mark.parametrize("count", [0, 4])
def test_none_is_as_few_as_four(count: int) -> None:
    assert hidden({("q1", "a"): count})["total"] is Hidden.FEW
