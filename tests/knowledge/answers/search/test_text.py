"""Cleaning, words and paragraphs."""

import pytest

from knowledge.answers.search.text import LONGEST, clean, same, words


@pytest.mark.parametrize(
    "written",
    [
        "9 §",
        "9§",
        "§ 9",
        "§9",
        "paragraf 9",
        "Paragraf nio",
        "nionde paragrafen",
        "9:e paragrafen",
        "9:e §",
        "9.§",
        "§. 9",
        "9 §:s",
        "9 §:en",
        "9 § första stycket",
        "9 § 2 stycket",
        "9 § 1 st",
        "9 § 1 st. 2 p.",
        "9 § st 2",
        "§ 9 första stycket",
        "9 § stycke 2",
        "9 § andra stycket punkt 3",
        "9 § 1 mom.",
        "9 § första och andra stycket",
        "9 § sista stycket",
        "9 § 1–3 p",
        "nionde § 1 och 2 st",
        "första stycket i 9 §",
        "punkt 2 i paragraf nio",
        "andra stycket 9 §",
        "9 § första stycket andra meningen",
    ],
)
def test_every_way_of_writing_a_paragraph_is_one_token(written: str) -> None:
    assert words(clean(written)) == ["§9"]


@pytest.mark.parametrize(
    ("written", "tokens"),
    [
        ("9 och 10 §§", ["§9", "§10"]),
        ("9–12 §§", ["§9", "§10", "§11", "§12"]),
        ("paragraferna 4, 5 och 6", ["§4", "§5", "§6"]),
        ("14 a §", ["14a"]),  # not 14 §, and of no law that we tell about
        ("9a§ första stycket", ["9a", "första", "stycket"]),
        ("3 kap. 8 §", ["3", "kap", "8"]),  # our act has no chapters
        ("6 kap 2 § första stycket", ["6", "kap", "2", "första", "stycket"]),
        ("första stycket i texten", ["första", "stycket", "i", "texten"]),
        ("2 st pennor", ["2", "st", "pennor"]),
        ("9 § 2", ["§9", "2"]),
        ("lag 2023:196", ["lag", "2023:196"]),
        ("tre paragrafer till", ["§3", "till"]),
        ("what does section three say", ["what", "does", "§3", "say"]),
    ],
)
def test_lists_and_ranges_of_paragraphs_are_read(written: str, tokens: list[str]) -> None:
    assert words(clean(written)) == tokens


def test_a_hundred_paragraphs_are_not_unrolled() -> None:
    assert words(clean("1–999 §§")) == ["§1", "§999"]


def test_tags_entities_and_invisible_signs_are_no_words() -> None:
    assert words(clean("<p>Hej&nbsp;<b>du</b>\u200b\x00!</p>")) == ["hej", "du"]


def test_composed_and_decomposed_letters_are_alike() -> None:
    assert clean("la\u0308gesbild") == clean("lägesbild")


def test_a_pasted_book_is_cut() -> None:
    assert len(clean("lägesbild " * 10_000)) <= LONGEST


def test_case_punctuation_and_dots_do_not_tell_texts_apart() -> None:
    assert same("Får vi göra så?") == same("far vi gora  SÅ!")
