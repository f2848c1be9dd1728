"""What an announcement says is kept in columns that held one link before there were three."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.announcements.words import Link, Words

typed = st.text(max_size=20)
addresses = st.sampled_from(["https://bra.se", " https://www.msb.se/a?b=c ", "https://polisen.se"])
several = st.lists(st.builds(Link, addresses, typed), max_size=4).map(tuple)


@given(st.builds(Words, typed, typed, several, typed, typed))
def test_tidy_words_come_back_as_they_were(words: Words) -> None:
    tidy = words.tidy()

    assert tidy.tidy() == tidy
    assert Words.from_row(tidy.to_row()) == tidy


@pytest.mark.parametrize(
    ("link", "title", "links"),
    [
        ("", "", ()),
        ("https://bra.se", "", (Link("https://bra.se"),)),
        ("https://bra.se", "Till Brå", (Link("https://bra.se", "Till Brå"),)),
    ],
)
def test_a_row_from_before_reads_as_it_did(link: str, title: str, links: tuple[Link, ...]) -> None:
    row = {**Words("Rubrik", "Texten").to_row(), "link": link, "link_title": title}

    words = Words.from_row(row)
    assert words == Words("Rubrik", "Texten", links)
    assert words.to_row() == row
