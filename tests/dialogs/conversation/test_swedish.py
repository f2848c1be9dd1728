"""Dates as Swedish writes them; other people's text made harmless; short answers read."""

from datetime import UTC, date, datetime

import pytest

from dialogs.conversation import inputs, swedish


def test_dates_and_times() -> None:
    assert swedish.day(date(2015, 5, 24)) == "24 maj 2015"
    winter = datetime(2026, 12, 24, 12, 0, tzinfo=UTC)
    assert swedish.moment(winter) == "torsdag 24 december 2026 kl. 13.00"
    summer = datetime(2027, 6, 1, 12, 5, tzinfo=UTC)
    assert swedish.clock_time(summer) == "14.05"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Anna", "Anna"),
        ("[logga in](http://evil.example)", r"\[logga in\]\(http://evil.example\)"),
        ("**fet** _kursiv_", r"\*\*fet\*\* \_kursiv\_"),
        ("<at>Chef</at>", "‹at›Chef‹/at›"),
        ("{{DATE(2026)}}", r"{ {DATE\(2026\)}}"),
        ("rad\nbryt\r\nning", "rad bryt ning"),
        ("\u202eomvänd\u200b\x00", "omvänd"),
        ("x" * 300, "x" * 199 + "…"),
        ("1. Första", r"1\. Första"),
        ("- punkt", r"\- punkt"),
        ("24 december", "24 december"),
    ],
)
def test_other_peoples_text_is_harmless(typed: str, shown: str) -> None:
    assert swedish.plain(typed) == shown


@pytest.mark.parametrize("said", ["ja", "Ja!", "JAPP", "ja tack", "jo", "visst", "gärna", "ok"])
def test_yes_in_many_words(said: str) -> None:
    assert inputs.yes_or_no(said) is True


@pytest.mark.parametrize(
    "said",
    ["ja tack gärna", "Ja, gör det!", "ja, det vill jag", "aa", "ja, tyvärr", "ja det stämmer",
     "ja men gärna", "jo tack", "det får du gärna göra", "ja så klart"],
)  # fmt: skip
def test_a_yes_with_small_words_beside_it(said: str) -> None:
    assert inputs.yes_or_no(said) is True
    assert inputs.is_answer(said)


@pytest.mark.parametrize(
    "said",
    ["ja men vänta", "ja inte än", "ja?", "”ja tack”", "ja 🙄", "ja du", "ja men", "ja ja",
     "ja nej", "ok tack", "jag vill", "jaja", "ja det skulle hon vilja", "ja om Karin är med"],
)  # fmt: skip
def test_no_yes_where_more_is_said(said: str) -> None:
    assert inputs.yes_or_no(said) is None


@pytest.mark.parametrize("said", ["nej det behövs inte", "nä, det är bra så", "nej nej"])
def test_a_no_with_small_words_beside_it(said: str) -> None:
    assert inputs.yes_or_no(said) is False


@pytest.mark.parametrize("said", ["nej", "NEJ!", "nä", "nej tack", "nix", "behåll"])
def test_no_in_many_words(said: str) -> None:
    assert inputs.yes_or_no(said) is False


@pytest.mark.parametrize("said", ["kanske", "", "jaha nej", "vet inte", "1"])
def test_neither_yes_nor_no(said: str) -> None:
    assert inputs.yes_or_no(said) is None


@pytest.mark.parametrize(
    ("said", "number"),
    [("2", 2), ("nr 2", 2), ("tvåan", 2), ("den första", 1), ("2.", 2), ("två saker", None)],
)
def test_numbers(said: str, number: int | None) -> None:
    assert inputs.number(said) == number


@pytest.mark.parametrize(
    ("since", "until", "shown"),
    [
        (date(2027, 3, 1), date(2027, 4, 1), "i mars 2027"),
        (date(2026, 12, 1), date(2027, 1, 1), "i december 2026"),
        (date(2027, 1, 1), date(2028, 1, 1), "under 2027"),
        (date(2027, 3, 1), date(2027, 6, 1), "1 mars–31 maj 2027"),
        (date(2027, 3, 3), date(2027, 3, 8), "3–7 mars 2027"),
        (date(2026, 12, 1), date(2027, 3, 1), "1 december 2026–28 februari 2027"),
        (date(2026, 12, 3), date(2026, 12, 4), "torsdag 3 december 2026"),
        (date(2027, 3, 1), None, "från 1 mars 2027"),
        (None, date(2026, 12, 24), "till och med 23 december 2026"),
        (None, None, ""),
    ],
)
def test_a_period_is_told_by_its_first_and_last_day(
    since: date | None, until: date | None, shown: str
) -> None:
    assert swedish.period(since, until) == shown
