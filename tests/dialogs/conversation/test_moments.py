"""When is it to leave? Days and times as Sweden's clocks show them."""

from datetime import UTC, datetime, timedelta

import pytest

from dialogs.conversation import moments
from dialogs.conversation.moments import Chosen

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed",
    ["2026-12-01 08.30", "2026-12-01 08:30", "2026-12-01 kl. 8.30", " 2026-12-01  kl 08.30 ",
     "2026-12-01 08:30:00", "1/12 08.30", "den 1 december klockan 8.30", "tisdag 1 dec kl 8.30"],
)  # fmt: skip
def test_a_day_and_a_time_are_read(typed: str) -> None:
    assert moments.from_words(typed, NOW) == Chosen(datetime(2026, 12, 1, 7, 30, tzinfo=UTC))


def test_summer_and_winter_have_their_own_offsets() -> None:
    summer = moments.from_inputs("2027-06-01", "08:30", NOW)
    assert summer.moment == datetime(2027, 6, 1, 6, 30, tzinfo=UTC)
    assert moments.to_inputs(summer.moment) == ("2027-06-01", "08:30")


@pytest.mark.parametrize(
    ("time", "nearest"),
    [("02:00", "01:59"), ("02:10", "01:59"), ("02:30", "03:00"), ("02:59", "03:00")],
)
def test_a_time_that_the_spring_night_skips_gets_the_nearest(time: str, nearest: str) -> None:
    chosen = moments.from_inputs("2027-03-28", time, NOW)

    assert chosen.fault == "moment_missing"
    assert moments.to_inputs(chosen.moment) == ("2027-03-28", nearest)


def test_a_time_that_comes_twice_in_the_autumn_night_is_the_first() -> None:
    chosen = moments.from_inputs("2026-10-25", "02:30", NOW)

    assert chosen == Chosen(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("day", "time", "fault", "kept"),
    [
        ("2026-09-30", "08:00", "moment_past", ("2026-09-30", "08:00")),
        ("2026-12-01", "", "moment_time", ("2026-12-01", "08:00")),
        ("", "15:00", "moment_day", ("2026-10-01", "15:00")),
        ("2030-01-01", "08:00", "moment_far", ("", "")),
        ("0001-01-01", "08:00", "moment_far", ("", "")),
        ("9999-12-31", "23:59", "moment_far", ("", "")),
        ("sen", "08:00", "moment_unread", ("", "")),
        ("2026-12-01", "24:00", "moment_unread", ("", "")),
        ("2026-12-01", "sent", "moment_unread", ("", "")),
        ("12/01/2026", "08:30", "moment_unread", ("", "")),
        ("2026-02-30", "08:00", "moment_never", ("", "")),
        ("14.3", "08:00", "", ("2027-03-14", "08:00")),
    ],
)
def test_what_is_wrong_is_named_and_what_can_be_is_kept(
    day: str, time: str, fault: str, kept: tuple[str, str]
) -> None:
    chosen = moments.from_inputs(day, time, NOW)

    assert (chosen.fault, moments.to_inputs(chosen.moment)) == (fault, kept)


@pytest.mark.parametrize(
    ("day", "time"),
    [("2026-12-01", "8:30 AM"), ("2026-12-01", "08:30:00"), ("2026-12-01T00:00:00", "08.30"),
     ("tisdag 1 december kl 8.30", ""), ("1/12", "8.30"), ("1.12.2026", "08:30"),
     ("01.12.2026", "8:30 AM")],
)  # fmt: skip
def test_a_field_is_read_as_clients_and_people_fill_it_in(day: str, time: str) -> None:
    assert moments.from_inputs(day, time, NOW) == Chosen(datetime(2026, 12, 1, 7, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("typed", "local"),
    [
        ("fredag kl 9", ("2026-10-02", "09:00")),
        ("imorgon bitti", ("2026-10-02", "08:00")),
        ("i dag 22.38", ("2026-10-01", "22:38")),
        ("om en timme", ("2026-10-01", "15:00")),
        ("på måndag morgon", ("2026-10-05", "08:00")),
    ],
)
def test_a_time_is_read_as_people_say_it(typed: str, local: tuple[str, str]) -> None:
    chosen = moments.from_words(typed, NOW)

    assert (chosen.fault, moments.to_inputs(chosen.moment)) == ("", local)


@pytest.mark.parametrize(
    "typed",
    ["", "kl", "2026-12-01 25.00", "24:00", "fredag kl 99", "fredag 9", "inte fredag kl 9",
     "fredag eller lördag kl 9", "i morgon kl 8 och på måndag kl 9", "nästa vecka",
     "12/01/2026", "12/31/2026 08:30", "1.12.26 kl 9", "2026/12/01 kl 9",
     "fredag 1 december kl 9", "när det passar"],
)  # fmt: skip
def test_other_words_are_not_guessed_at(typed: str) -> None:
    assert moments.from_words(typed, NOW) == Chosen(fault="moment_unread")


def test_nothing_chosen_is_at_once() -> None:
    assert moments.from_inputs("", "", NOW) == Chosen()


@pytest.mark.parametrize(
    "typed",
    ["den 31 november kl 9", "kl 9 den 30 februari", "31 nov 9.00", "0 december kl 9",
     "den trettioförsta november kl 9", "31/11 kl 8", "31.11 kl 8"],
)  # fmt: skip
def test_a_day_that_no_calendar_has_is_said_to_be_none(typed: str) -> None:
    assert moments.from_words(typed, NOW) == Chosen(fault="moment_never")


@pytest.mark.parametrize(
    "typed",
    ["måndag v 55 kl 8", "fredag kl 9.75", "fredag kl 9:60", "fredag kl 9 den 4"],
)
def test_a_figure_that_no_day_and_no_time_has_is_not_left_out(typed: str) -> None:
    assert moments.from_words(typed, NOW) == Chosen(fault="moment_unread")


@pytest.mark.parametrize(
    "typed",
    ["om 2 timmar", "om 30 minuter", "fredag vid lunch", "fredag den 2 oktober kl 9",
     "vecka 49, fredag kl 9", "om 3 dagar kl 9.05", "kvart i 9 imorgon", "i dag 22.38",
     "på fredag halv nio", "4/10 kl 10"],
)  # fmt: skip
def test_what_is_read_whole_is_a_moment(typed: str) -> None:
    assert moments.from_words(typed, NOW).fault == ""


FIRST = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)
"""Half past one in the night when the clocks are put back: the hour from two comes twice."""


@pytest.mark.parametrize("ahead", [30, 60, 90, 120, 150, 180])
@pytest.mark.parametrize("passed", [0, 45, 75, 105, 165])
@pytest.mark.parametrize("night", [FIRST, datetime(2027, 3, 28, 0, 30, tzinfo=UTC)])
def test_so_long_ahead_is_so_long_through_both_nights(
    night: datetime, passed: int, ahead: int
) -> None:
    now = night + timedelta(minutes=passed)

    chosen = moments.from_words(f"om {ahead} minuter", now)
    assert chosen == Chosen(now + timedelta(minutes=ahead))


@pytest.mark.parametrize(
    ("passed", "meant"),
    [
        (0, 60),  # half past one: the first of the two is ahead
        (45, 60),
        (60, 120),  # it is half past two: the second
        (75, 120),
        (105, 120),
    ],
)
def test_of_a_time_that_comes_twice_the_next_is_meant(passed: int, meant: int) -> None:
    now, half_past_two = FIRST + timedelta(minutes=passed), FIRST + timedelta(minutes=meant)

    assert moments.from_inputs("2026-10-25", "02:30", now) == Chosen(half_past_two)
    assert moments.from_words("2026-10-25 kl 02.30", now) == Chosen(half_past_two)


def test_a_time_that_came_twice_is_over_after_both() -> None:
    late = FIRST + timedelta(minutes=121)

    assert moments.from_inputs("2026-10-25", "02:30", late).fault == "moment_past"


@pytest.mark.parametrize(
    ("now", "typed", "day"),
    [
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), "i morgon kl 8", "2027-01-01"),
        (datetime(2026, 12, 31, 23, 1, tzinfo=UTC), "i morgon kl 8", "2027-01-02"),  # Sweden's new
        (datetime(2028, 2, 28, 12, tzinfo=UTC), "i morgon kl 8", "2028-02-29"),
        (datetime(2028, 2, 29, 12, tzinfo=UTC), "i morgon kl 8", "2028-03-01"),
        (datetime(2027, 12, 1, 12, tzinfo=UTC), "29 februari kl 8", "2028-02-29"),
        (datetime(2028, 2, 28, 12, tzinfo=UTC), "29 februari kl 8", "2028-02-29"),
    ],
)
def test_new_year_and_leap_days(now: datetime, typed: str, day: str) -> None:
    chosen = moments.from_words(typed, now)

    assert chosen.fault == ""
    assert moments.to_inputs(chosen.moment) == (day, "08:00")
