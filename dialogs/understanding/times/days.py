"""Stretches of days: weeks, months, quarters, terms, and parts of them."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
WEEK = timedelta(days=7)

MONTHS_IN = {"month": 1, "quarter": 3, "tertial": 4, "half": 6, "year": 12}
SEASONS = {"spring": (3, 3), "summer": (6, 3), "autumn": (9, 3), "winter": (12, 3)}
TERMS = {"spring": (1, 6), "autumn": (8, 5)}

_PARTS_OF_A_WEEK = {"start": (0, 3), "middle": (1, 4), "end": (3, 7)}
_PARTS_OF_A_YEAR = {"start": (0, 1), "middle": (4, 8), "end": (11, 12)}


@dataclass(frozen=True)
class Days:
    """From `since` up to, not including, `until`; None is open."""

    since: date | None
    until: date | None

    @property
    def length(self) -> int | None:
        """How many days; None when one end is open."""
        return (self.until - self.since).days if self.since and self.until else None

    def meets(self, other: "Days") -> bool:
        return not (
            (self.until and other.since and other.since >= self.until)
            or (self.since and other.until and other.until <= self.since)
        )

    def common(self, other: "Days") -> "Days":
        return Days(
            max(filter(None, (self.since, other.since)), default=None),
            min(filter(None, (self.until, other.until)), default=None),
        )

    def hull(self, other: "Days") -> "Days":
        """From the first day of either to the last of either."""
        return Days(
            min(self.since, other.since) if self.since and other.since else None,
            max(self.until, other.until) if self.until and other.until else None,
        )


ANY = Days(None, None)


def one_day(day: date) -> Days:
    return Days(day, day + DAY)


def month_on(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months(year: int, month: int, count: int = 1) -> Days:
    first = date(year, month, 1)
    return Days(first, month_on(first, count))


def week_of(day: date) -> Days:
    monday = day - timedelta(days=day.weekday())
    return Days(monday, monday + WEEK)


def iso_week(year: int, week: int) -> Days | None:
    """None when the year has no such week."""
    try:
        return week_of(date.fromisocalendar(year, week, 1))
    except ValueError:
        return None


def unit_of(unit: str, day: date, ahead: int = 0) -> Days:
    """The day, week, month … that `day` lies in, or one so many steps ahead."""
    if unit == "day":
        return one_day(day + ahead * DAY)
    if unit == "week":
        return week_of(day + ahead * WEEK)
    if unit == "weekend":
        monday = week_of(day + ahead * WEEK).since or day
        return Days(monday + 5 * DAY, monday + WEEK)
    if unit == "term":
        return _term_of(day, ahead)
    if unit == "school_year":
        return months(day.year - (day.month < 7) + ahead, 8, 11)
    long = MONTHS_IN[unit]
    first = months(day.year, (day.month - 1) // long * long + 1).since or day
    return months((start := month_on(first, ahead * long)).year, start.month, long)


def _term_of(day: date, ahead: int) -> Days:
    """July, between the terms, counts as the autumn's."""
    number = day.year * 2 + (day.month > 6) + ahead
    month, count = TERMS["autumn" if number % 2 else "spring"]
    return months(number // 2, month, count)


def later(unit: str, day: date, count: int) -> date:
    """The day so many units after `day`."""
    if unit in MONTHS_IN:
        return month_on(day, MONTHS_IN[unit] * count)
    return day + (DAY if unit == "day" else WEEK) * count


def on_weekday(day: date, weekday: int) -> date:
    """The first such weekday from `day` on; ISO 1–7."""
    return day + timedelta(days=(weekday - day.isoweekday()) % 7)


def weekdays_in(days: Days, weekday: int) -> Iterator[date]:
    """Every such weekday of a stretch with two ends."""
    if days.since and days.until:
        day = on_weekday(days.since, weekday)
        while day < days.until:
            yield day
            day += WEEK


def part_of(days: Days, part: str) -> Days:
    """The start, middle or end of a stretch, or its first or second half."""
    if not days.since or not days.until or not days.length:
        return days
    if part in ("first_half", "second_half"):
        return _half(days.since, days.until, first=part == "first_half")
    if days.length == WEEK.days:
        first, last = _PARTS_OF_A_WEEK[part]
        return Days(days.since + first * DAY, days.since + last * DAY)
    if days.length > MONTHS_IN["year"] * 30:
        first, last = _PARTS_OF_A_YEAR[part]
        return Days(month_on(days.since, first), month_on(days.since, last))
    one, two = _thirds(days.since, days.until)
    return {
        "start": Days(days.since, one),
        "middle": Days(one, two),
        "end": Days(two, days.until),
    }[part]


def _half(since: date, until: date, *, first: bool) -> Days:
    """A month is halved after its fifteenth, what is whole months long between two of them."""
    long = (until - since).days
    whole_months = _whole_months(since, until)
    if whole_months > 1 and whole_months % 2 == 0:
        middle = month_on(since, whole_months // 2)
    else:
        middle = since + timedelta(days=15 if 28 <= long <= 31 else long // 2)
    return Days(since, middle) if first else Days(middle, until)


def _whole_months(since: date, until: date) -> int:
    """Zero when it is not whole months."""
    if since.day != 1 or until.day != 1:
        return 0
    return (until.year - since.year) * 12 + until.month - since.month


def _thirds(since: date, until: date) -> tuple[date, date]:
    """A month is cut after the 10th and the 20th; what is whole months long between months."""
    whole_months = _whole_months(since, until)
    if whole_months < 2:
        long = (until - since).days
        third = 10 if 28 <= long <= 31 else max(1, long // 3)
        return since + timedelta(days=third), since + timedelta(days=2 * third)
    third = max(1, whole_months // 3)
    return month_on(since, third), month_on(until, -third)
