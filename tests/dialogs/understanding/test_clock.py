"""Moments that people write, such as when to send something."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from tomllib import loads

import pytest

from dialogs.understanding.times.clock import AHEAD, TOLD, Moment, moment_in

THURSDAY = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)  # 13.00 in Sweden
WORDS = Path(__file__).resolve().parents[3] / "dialogs/locales/sv/understanding/clock.toml"


@pytest.mark.parametrize(
    ("said", "day", "at"),
    [
        ("i dag 22.38", "2026-11-26", "22:38"),
        ("imorgon bitti", "2026-11-27", "08:00"),
        ("i morgon bitti", "2026-11-27", "08:00"),
        ("i morgon", "2026-11-27", None),
        ("fredag kl 9", "2026-11-27", "09:00"),
        ("Skicka: fredag kl 9", "2026-11-27", "09:00"),
        ("på fredag klockan 14.30", "2026-11-27", "14:30"),
        ("på måndag morgon", "2026-11-30", "08:00"),
        ("måndagmorgon", "2026-11-30", "08:00"),
        ("på måndag förmiddag", "2026-11-30", "09:00"),
        ("fredag eftermiddag", "2026-11-27", "13:00"),
        ("fredag kl 3 på eftermiddagen", "2026-11-27", "15:00"),
        ("i kväll", "2026-11-26", "18:00"),
        ("ikväll kl 8", "2026-11-26", "20:00"),
        ("idag vid lunch", "2026-11-26", "12:00"),
        ("2026-12-01 08.30", "2026-12-01", "08:30"),
        ("1 dec kl. 8:30", "2026-12-01", "08:30"),
        ("12/3 13:00", "2027-03-12", "13:00"),
        ("den 3 december kl 8", "2026-12-03", "08:00"),
        ("i övermorgon kl 07:00", "2026-11-28", "07:00"),
        ("halv tio imorgon", "2026-11-27", "09:30"),
        ("kvart i nio på måndag", "2026-11-30", "08:45"),
        ("kvart över åtta på måndag", "2026-11-30", "08:15"),
        ("tio över åtta", None, "08:10"),
        ("fem i nio", None, "08:55"),
        ("kl 9", None, "09:00"),
        ("klockan 14", None, "14:00"),
        ("om en timme", "2026-11-26", "14:00"),
        ("om 30 minuter", "2026-11-26", "13:30"),
        ("om en halvtimme", "2026-11-26", "13:30"),
        ("om en kvart", "2026-11-26", "13:15"),
        ("om 12 timmar", "2026-11-27", "01:00"),
        ("tomorrow at 9", "2026-11-27", "09:00"),
        ("at 3 pm on Friday", "2026-11-27", "15:00"),
        ("8:30 AM", None, "08:30"),
        ("8:30 PM", None, "20:30"),
    ],
)
def test_a_moment_is_read(said: str, day: str | None, at: str | None) -> None:
    assert moment_in(said, THURSDAY) == Moment(
        date.fromisoformat(day) if day else None, time.fromisoformat(at) if at else None
    )


@pytest.mark.parametrize(
    "said",
    ["", "nästa vecka", "24:00", "lag 2023:196", "den andra", "nu", "så snart som möjligt",
     "skicka", "25:10", "6 §", "vi är 12"],
)  # fmt: skip
def test_what_is_no_moment_does_not_become_one(said: str) -> None:
    assert moment_in(said, THURSDAY) is None


def test_an_hour_ahead_is_counted_through_the_change_of_the_clock() -> None:
    before = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 02.30, before the clock is put back

    assert moment_in("om en timme", before) == Moment(date(2026, 10, 25), time(2, 30))


def test_every_pattern_has_a_meaning() -> None:
    assert set(loads(WORDS.read_text("utf-8"))["clock"]) == {
        *TOLD, *AHEAD, "part", "weekday_morning",
    }  # fmt: skip
