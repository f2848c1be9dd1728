"""Holidays are computed, against dates out of the almanac."""

from datetime import date, timedelta

import pytest

from dialogs.understanding.times.holidays import HOLIDAYS, easter


@pytest.mark.parametrize(
    "sunday",
    ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01",
     "2038-04-25", "2008-03-23"],
)  # fmt: skip
def test_easter(sunday: str) -> None:
    assert easter(int(sunday[:4])).isoformat() == sunday


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("good_friday", "2027-03-26", "2027-03-26"),
        ("easter", "2027-03-26", "2027-03-29"),
        ("ascension", "2027-05-06", "2027-05-06"),
        ("pentecost", "2027-05-16", "2027-05-16"),
        ("midsummer", "2026-06-19", "2026-06-20"),
        ("midsummer", "2027-06-25", "2027-06-26"),
        ("all_saints", "2026-10-31", "2026-10-31"),
        ("all_saints", "2027-11-06", "2027-11-06"),
        ("advent_1", "2026-11-29", "2026-11-29"),
        ("advent_4", "2027-12-19", "2027-12-19"),
        ("mothers_day", "2027-05-30", "2027-05-30"),
        ("fathers_day", "2026-11-08", "2026-11-08"),
        ("autumn_break", "2027-11-01", "2027-11-07"),
        ("christmas", "2026-12-24", "2026-12-26"),
    ],
)
def test_holidays_of_a_year(name: str, first: str, last: str) -> None:
    found = HOLIDAYS[name](int(first[:4]))

    assert found.since == date.fromisoformat(first)
    assert found.until == date.fromisoformat(last) + timedelta(days=1)
