"""Bases of other sizes, made of this one."""

from itertools import chain

from knowledge.answers.evaluation.scale import measure, sized
from knowledge.answers.search.index import Entry

SUBJECTS = ("lägesbilden", "planen", "vandringen", "medborgarlöftet")
ENTRIES = [
    Entry(f"e{n}", f"Vad gäller för {word}?", (f"regler {word}", f"{word} krav"), f"Om {word}.")
    for n, word in enumerate(SUBJECTS)
]


def test_a_grown_base_has_the_size_that_was_asked_for_and_no_id_twice() -> None:
    grown = list(sized(ENTRIES, 100))
    ways = [*chain.from_iterable((one.question, *one.wordings) for one in grown)]

    assert 100 <= len(ways) <= 103
    assert len({one.id for one in grown}) == len(grown)
    assert grown[: len(ENTRIES)] == ENTRIES
    assert list(sized(ENTRIES, 100)) == grown


def test_a_copy_speaks_of_other_things_and_a_smaller_base_is_a_part() -> None:
    copies = list(sized(ENTRIES, 60))[len(ENTRIES) :]

    assert any(one.question not in {entry.question for entry in ENTRIES} for one in copies)
    assert list(sized(ENTRIES, 5)) == ENTRIES[:2]


def test_both_methods_are_timed_on_every_question() -> None:
    speed = measure(ENTRIES, ["vad gäller för lägesbilden", "krav på planen"], 30)

    assert speed.wordings >= 30
    assert min(*speed.engine, *speed.fuzzy) > 0
