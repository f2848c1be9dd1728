"""What a cell says of a day and a time."""

import pytest

from dialogs.trainings.exchange.cells import When, ticked, when, whole

DAY = "2026-12-01"


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("", When()),
        ("2026-12-01", When(DAY)),
        ("20261201", When(DAY)),
        ("2026/12/01", When(DAY)),
        ("1.12.2026", When(DAY)),
        ("1/12 2026", When(DAY)),
        ("13/12/2026", When("2026-12-13")),
        ("tis 1 dec 2026", When(DAY)),
        ("Tisdag den 1 december 2026", When(DAY)),
        ("2026-12-01 09:00", When(DAY, "09:00")),
        ("2026-12-01T09:00:00", When(DAY, "09:00")),
        ("1 december 2026 kl. 9–12.30", When(DAY, "09:00", "12:30")),
        ("46357", When(DAY)),
        ("46357,375", When(DAY, "09:00")),
        ("0.375", When(starts="09:00")),
        ("9", When(starts="09:00")),
        ("kl 9-12", When(starts="09:00", ends="12:00")),
        ("09.00 – 12.00", When(starts="09:00", ends="12:00")),
        ("0900-1630", When(starts="09:00", ends="16:30")),
        ("9 till 12", When(starts="09:00", ends="12:00")),
    ],
)
def test_days_and_times_as_people_and_excel_write_them(cell: str, told: When) -> None:
    assert when(cell) == told


@pytest.mark.parametrize(
    "cell",
    ["1/12", "1 december", "01/12/2026", "1–2 december 2026", "2026-02-30", "hösten", "25:00",
     "2026-12-01 2026-12-02", "9-12 eller 13-16", "99999", "vecka 49"],
)  # fmt: skip
def test_what_could_mean_something_else_is_not_read(cell: str) -> None:
    found = when(cell)

    assert found is None or not found.day


def test_numbers_without_their_decimals() -> None:
    assert [whole(cell) for cell in ("30", "30,0", "1 500,00 kr", "500:-", "1250,50", "-3")] == [
        "30", "30", "1 500 kr", "500:-", "1250,50", "-3"
    ]  # fmt: skip


def test_yes_and_no_in_other_words() -> None:
    assert [ticked(cell) for cell in ("Ja", "x", "Digitalt", "nej", "kanske")] == [
        "true", "true", "true", "false", "kanske"
    ]  # fmt: skip
