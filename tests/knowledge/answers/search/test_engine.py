"""The engine: what it finds, what it mends, what it refuses, and what it costs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.answers.models import Outcome
from knowledge.answers.search.engine import SearchEngine
from knowledge.answers.search.index import Entry
from knowledge.answers.search.text import LONGEST

ENTRIES = [
    Entry(
        "uppdatera",
        "Hur ofta ska lägesbilden uppdateras?",
        ("uppdatera lägesbilden intervall", "måste lägesbilden göras om varje år"),
        "Minst vartannat år.",
    ),
    Entry(
        "beslut",
        "Vem beslutar om åtgärdsplanen?",
        ("vilken nämnd antar åtgärdsplanen", "ska fullmäktige besluta om planen"),
        "Kommunstyrelsen, om inte fullmäktige har valt en annan nämnd.",
    ),
    Entry(
        "samverkan",
        "Vad säger 9 § om överenskommelser?",
        ("9 §", "skriftlig överenskommelse med polisen"),
        "Kommunen ska verka för överenskommelser med relevanta aktörer.",
    ),
    Entry(
        "rad",
        "Vad säger 10 § om rådet?",
        ("10 §", "vem leder det strategiska rådet"),
        "Kommunen leder rådet.",
    ),
    Entry(
        "kamera",
        "Behöver kommunen tillstånd för kameror?",
        ("tillstånd kamerabevakning kommun", "får vi sätta upp kameror på torget"),
        "Nej, men intresset ska vägas och dokumenteras.",
    ),
]
ENGINE = SearchEngine(ENTRIES)


def first(question: str) -> str:
    return ENGINE.find(question).matches[0].id


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_every_known_wording_is_answered_at_once(entry: Entry) -> None:
    for wording in (entry.question, *entry.wordings):
        found = ENGINE.find(wording)
        assert (found.outcome, found.matches[0].id) == (Outcome.ANSWER, entry.id)
        assert found.read_as == ""


@pytest.mark.parametrize(
    ("question", "id"),
    [
        ("hur ofta ska lägesbildne uppdateras", "uppdatera"),  # two letters in the wrong order
        ("hur ofta ska lagesbilden uppdateras", "uppdatera"),  # no å, ä, ö
        ("hur ofta ska läges bilden uppdateras", "uppdatera"),  # a split compound
        ("uppdateras lägesbilden ofta", "uppdatera"),  # three words of it, in another order
        ("vem beslutr om åtgärdsplanen", "beslut"),
        ("skriftlig overenskommelse polisen", "samverkan"),
        ("paragraf tio", "rad"),
        ("vad säger §9", "samverkan"),
    ],
)
def test_a_wording_with_slips_is_answered_at_once(question: str, id: str) -> None:
    found = ENGINE.find(question)
    assert (found.outcome, found.matches[0].id) == (Outcome.ANSWER, id)


def test_a_mended_question_is_told_back() -> None:
    assert ENGINE.find("vem beslutr om åtgärdsplanen").read_as == "vem beslutar om åtgärdsplanen"


def test_a_known_word_is_never_mended() -> None:
    assert ENGINE.find("planen").read_as == ""


def test_another_form_of_the_words_is_found() -> None:
    assert first("beslutsfattare för planerna på åtgärder") == "beslut"
    assert first("kamerabevakade torg") == "kamera"


def test_the_wording_that_came_closest_is_told_as_it_was_written() -> None:
    assert ENGINE.find("hur ofta lägesbilden uppdateras").matches[0].wording == ENTRIES[0].question


@pytest.mark.parametrize("question", ["", " ", "?", "😀", "\x00\u200b", "<br/>", "§", "Ω≈ç√∫"])
def test_text_without_known_words_is_unknown(question: str) -> None:
    assert ENGINE.find(question).outcome is Outcome.UNKNOWN


def test_matches_are_at_most_three_best_first_and_told_apart() -> None:
    matches = ENGINE.find("kommunen").matches
    scores = [match.score for match in matches]
    assert len(matches) <= 3
    assert scores == sorted(scores, reverse=True)
    assert len({match.id for match in matches}) == len(matches)
    assert all(0 <= score <= 1 for score in scores)


def test_a_sentence_turned_around_is_not_the_same_for_certain() -> None:
    told = Entry("fågel", "Får fågeln berätta för katten?", (), "Nej.")
    engine = SearchEngine([told, Entry("hund", "Vad äter hunden?", (), "Allt.")])

    assert engine.rank("får fågeln berätta för katten").inside == 1.0
    assert engine.rank("berätta fågeln katten").inside == 1.0  # no sentence: as in a search engine
    assert engine.rank("får katten berätta för fågeln").inside < 1.0


def test_two_entries_with_the_same_wording_are_offered_and_not_guessed_between() -> None:
    double = SearchEngine([*ENTRIES, Entry("dubbel", ENTRIES[0].question, (), "Något annat.")])
    offered = {match.id for match in double.find(ENTRIES[0].question).matches}
    assert {"uppdatera", "dubbel"} <= offered


@pytest.mark.parametrize(
    "entries", [[], [Entry("a", "?", (), "")], [Entry("a", "Hej?", ("",), "")]]
)
def test_a_nearly_empty_base_can_be_asked(entries: list[Entry]) -> None:
    assert len(SearchEngine(entries).find("hej på dig").matches) == len(entries)


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_no_text_makes_it_raise(question: str) -> None:
    assert ENGINE.find(question).outcome in Outcome


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["§", "9", "–", "och", "paragraf", "nio", ":", "<p>", "&#9;", "lägesbild"])
    )
)
def test_no_jumble_of_paragraph_signs_makes_it_raise(pieces: list[str]) -> None:
    assert ENGINE.find(" ".join(pieces)).outcome in Outcome
    assert ENGINE.find("".join(pieces)).outcome in Outcome


@pytest.mark.parametrize(
    "piece", ["lägesbild ", "x", "ö" * 50 + " ", "<p ", "1 § ", "åäö-", "qzw "]
)
def test_ten_thousand_characters_are_read_as_a_long_sentence(piece: str) -> None:
    long = (piece * 10_000)[:10_000]

    assert ENGINE.find(long) == ENGINE.find(long[:LONGEST])


def test_the_right_one_is_found_among_three_thousand_wordings() -> None:
    engine = _large(300)
    for number in range(50):
        found = engine.find(f"hur ofta ska ämne{number} följas upp av nämdnen")
        assert found.matches[0].id == f"id{number}"


def _large(count: int) -> SearchEngine:
    return SearchEngine(
        [
            Entry(
                f"id{number}",
                f"Hur ofta ska ämne{number} följas upp?",
                tuple(f"fråga {other} om ämne{number} till nämnden" for other in range(9)),
                f"Ämne{number} följs upp vartannat år.",
            )
            for number in range(count)
        ]
    )
