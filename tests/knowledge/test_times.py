"""Swedish time, on both nights when the clocks change, and the hours people rest."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.times import SWEDEN, QuietHours, TimeDoubled, TimeSkipped, instant

SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)


def swedish(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SWEDEN)


@pytest.mark.parametrize(
    ("day", "at", "utc"),
    [
        (date(2026, 12, 24), time(15, 0), datetime(2026, 12, 24, 14, 0, tzinfo=UTC)),
        (date(2026, 7, 1), time(15, 0), datetime(2026, 7, 1, 13, 0, tzinfo=UTC)),
        (SPRING, time(1, 59), datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (SPRING, time(3, 0), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (AUTUMN, time(1, 59), datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        (AUTUMN, time(3, 0), datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
    ],
)
def test_a_swedish_time_is_one_point_in_time(day: date, at: time, utc: datetime) -> None:
    assert instant(day, at) == utc


@pytest.mark.parametrize("at", [time(2, 0), time(2, 30), time(2, 59)])
def test_the_hour_that_never_comes_is_told_with_the_first_minute_after(at: time) -> None:
    with pytest.raises(TimeSkipped) as told:
        instant(SPRING, at)
    assert told.value.next.astimezone(SWEDEN) == swedish(2027, 3, 28, 3)


@pytest.mark.parametrize("at", [time(2, 0), time(2, 30), time(2, 59)])
def test_the_hour_that_comes_twice_is_told_with_both(at: time) -> None:
    with pytest.raises(TimeDoubled) as told:
        instant(AUTUMN, at)
    assert told.value.second - told.value.first == timedelta(hours=1)
    for moment in (told.value.first, told.value.second):
        assert moment.astimezone(SWEDEN).time() == at


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)))  # noqa: DTZ001 - a local time
def test_every_other_time_reads_back_as_it_was_written(local: datetime) -> None:
    try:
        moment = instant(local.date(), local.time())
    except (TimeSkipped, TimeDoubled):
        return
    assert moment.astimezone(SWEDEN).replace(tzinfo=None) == local


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (swedish(2026, 11, 26, 19, 59), None),
        (swedish(2026, 11, 26, 20, 0), swedish(2026, 11, 27, 7)),
        (swedish(2026, 11, 27, 6, 59), swedish(2026, 11, 27, 7)),
        (swedish(2026, 11, 27, 7, 0), None),
        (swedish(2026, 11, 28, 12, 0), None),  # an ordinary Saturday
        (swedish(2027, 3, 27, 23, 0), swedish(2027, 3, 28, 7)),  # a night of ten hours
        (swedish(2026, 10, 24, 23, 0), swedish(2026, 10, 25, 7)),  # and one of twelve
    ],
)
def test_nights_are_quiet(now: datetime, until: datetime | None) -> None:
    quiet = QuietHours.parse("20:00-07:00")
    assert quiet is not None
    assert quiet.until(now.astimezone(UTC)) == until


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (swedish(2026, 11, 27, 19, 0), None),
        (swedish(2026, 11, 27, 21, 0), swedish(2026, 11, 30, 7)),
        (swedish(2026, 11, 28, 12, 0), swedish(2026, 11, 30, 7)),
        (swedish(2026, 11, 29, 23, 0), swedish(2026, 11, 30, 7)),
    ],
)
def test_weekends_are_quiet_when_that_is_chosen(now: datetime, until: datetime | None) -> None:
    quiet = QuietHours.parse("20:00-07:00", weekends=True)
    assert quiet is not None
    assert quiet.until(now) == until


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.times(),
    st.times(),
    st.booleans(),
)
def test_quiet_hours_always_end_outside_themselves(
    now: datetime, begins: time, ends: time, weekends: bool
) -> None:
    begins, ends = begins.replace(microsecond=0), ends.replace(microsecond=0)
    if begins == ends:
        return
    quiet = QuietHours(begins, ends, weekends)
    until = quiet.until(now)
    if until is not None:
        assert now < until <= now + timedelta(days=4)
        assert quiet.until(until) is None


def test_no_quiet_hours_are_none() -> None:
    assert QuietHours.parse(" ") is None


@pytest.mark.parametrize("written", ["20-07", "25:00-07:00", "20:00", "07:00-07:00", "natt"])
def test_quiet_hours_that_cannot_be_read_are_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        QuietHours.parse(written)
