"""Looking at letters first must never lose a word that is near enough."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from knowledge.answers.search.spelling import Speller, _Shelf

SWEDISH = st.text("abcdefghijklmnopqrstuvwxyzåäö", min_size=4, max_size=12)


@given(SWEDISH, st.lists(SWEDISH, min_size=1, max_size=20), st.sampled_from([1, 2]))
def test_every_word_within_so_many_slips_stays_on_the_shelf(
    typed: str, known: list[str], slips: int
) -> None:
    near = [word for word in known if OSA.distance(typed, word) <= slips]
    assert set(near) <= set(_Shelf(known).maybe_near(typed, slips))


def test_a_word_of_other_letters_is_left_out() -> None:
    assert _Shelf(["plan", "mönster"]).maybe_near("plam", 1) == ["plan"]


def test_english_words_mend_english_questions_only() -> None:
    counts = {"municipality": 1, "more": 2, "ordet": 1, "what": 1, "is": 1}
    speller = Speller(counts, {"municipality", "more"})

    assert speller.repair(["mord"]) == ["mord"]
    assert speller.repair(["ordt"]) == ["ordet"]
    assert speller.repair(["what", "is", "municipalty"]) == ["what", "is", "municipality"]


def test_a_town_is_no_slip_and_a_short_word_becomes_no_small_one() -> None:
    speller = Speller({"kund": 3, "ditt": 9, "lagen": 2, "vilken": 4})

    assert speller.repair(["lund"]) == ["lund"]
    assert speller.repair(["dikt"]) == ["dikt"]
    assert speller.repair(["viken", "lagn"]) == ["vilken", "lagen"]
