"""Days, weeks, months, quarters and years, called by their name or number."""

from collections.abc import Callable
from datetime import date

from dialogs.understanding.times import days
from dialogs.understanding.times.days import ANY, DAY, WEEK, Days
from dialogs.understanding.times.readings import (
    Kinds,
    Read,
    Values,
    always,
    next_of,
    year_of,
    yearly,
)

LEAP_YEAR = 2028
"""A year that has every day."""


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_no(values: Values) -> int:
    named = (values.get(name) for name in ("month", "english_month", "month_no", "dotted_month"))
    return int(next(filter(None, named)))


def day(values: Values) -> Read:
    def found(year: int) -> Days | None:
        on = _date(year, _month_no(values), values["day"])
        return days.one_day(on) if on else None

    never = _date(year_of(values) or LEAP_YEAR, _month_no(values), values["day"]) is None
    return yearly(found, values, never=never)


def several_days(values: Values) -> Read:
    def found(year: int) -> Days | None:
        first = _date(year, _month_no(values), values["day"])
        last = _date(year, _month_no(values), values["day2"])
        return Days(first, last + DAY) if first and last and first <= last else None

    return yearly(found, values)


def days_of_three(values: Values) -> Read | None:
    return several_days(values) if "month" in values or "month_no" in values else None


def last_day(values: Values) -> Read:
    def found(year: int) -> Days:
        until = days.months(year, values["month"]).until or date.max
        return Days(until - DAY, until)

    return yearly(found, values)


def day_alone(values: Values) -> Read:
    """ "Den 15": of this month, or when that is over the next that has one."""

    def at(today: date) -> Days | None:
        ahead = (days.month_on(today.replace(day=1), number) for number in range(3))
        on = (_date(first.year, first.month, values["day_number"]) for first in ahead)
        return next((days.one_day(each) for each in on if each and each >= today), None)

    return Read(at, weak=True)


def past_weekday(values: Values) -> Read:
    number = values.get("past_weekday") or values["weekday"]
    return Read(lambda today: days.one_day(days.on_weekday(today - WEEK, number)))


def next_weeks_day(values: Values) -> Read:
    def at(today: date) -> Days:
        monday = days.week_of(today + WEEK).since or today
        return days.one_day(days.on_weekday(monday, values["weekday"]))

    return Read(at)


def next_weekday(values: Values) -> Read:
    number = values.get("the_weekday") or values["short_weekday"]
    return Read(
        lambda today: days.one_day(days.on_weekday(today + DAY, number)), number, alone=True
    )


def some_weekday(values: Values) -> Read:
    number = values.get("weekday") or values["weekdays"]
    return Read(always(ANY), number, alone=True)


def week(values: Values) -> Read:
    return yearly(lambda year: days.iso_week(year, values["week"]), values)


def weeks(values: Values) -> Read:
    def found(year: int) -> Days | None:
        first = days.iso_week(year, values["week"])
        last = days.iso_week(year + (values["week2"] < values["week"]), values["week2"])
        return first.hull(last) if first and last else None

    return yearly(found, values)


def iso_month(values: Values) -> Read:
    return Read(always(days.months(values["year"], values["month_no"])), dated=True)


def month(values: Values) -> Read:
    number = values.get("month", 5)
    return yearly(lambda year: days.months(year, number), values)


def _numbered(unit: str) -> Callable[[Values], Read | None]:
    """The first quarter, the second half of the year …"""

    def read(values: Values) -> Read | None:
        long, number = days.MONTHS_IN[unit], values.get("ordinal") or values["n"]
        number = number if number > 0 else 12 // long + 1 + number
        if not 1 <= number <= 12 // long:
            return None
        return next_of(lambda year: days.months(year, (number - 1) * long + 1, long), values)

    return read


def year(values: Values) -> Read:
    """A year that is over is no time to wish for, but part of a name."""

    def at(today: date) -> Days | None:
        return days.months(values["year"], 1, 12) if values["year"] >= today.year else None

    return Read(at, dated=True)


KINDS: Kinds = {
    "day": day,
    "days": several_days,
    "days_of_three": days_of_three,
    "last_day": last_day,
    "day_alone": day_alone,
    "past_weekday": past_weekday,
    "next_weeks_day": next_weeks_day,
    "next_weekday": next_weekday,
    "some_weekday": some_weekday,
    "week": week,
    "weeks": weeks,
    "iso_month": iso_month,
    "month": month,
    "may": month,
    "quarter": _numbered("quarter"),
    "half": _numbered("half"),
    "tertial": _numbered("tertial"),
    "year": year,
}
"""By the names that the patterns of times.toml stand under."""
