"""What the words for a time mean: each kind of pattern made into days, seen from any day.

"Mars" means another March from next year on than from today, so a reading is a function of the
day it is seen from. It is None where there is no such time, such as 31 April.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dialogs.understanding import days
from dialogs.understanding.days import ANY, DAY, SEASONS, TERMS, WEEK, Days
from dialogs.understanding.holidays import HOLIDAYS, coming

Values = Mapping[str, Any]
At = Callable[[date], Days | None]


@dataclass(frozen=True)
class Read:
    """A time that was read.

    `weekday` is a wish within the days, or when it is `alone` all that was said. `festive` times
    are stopped before ("till jul"), the others run out ("till mars"). A `weak` one is a time only
    beside another word ("senast den 15"). One that is `dated` names its year.
    """

    at: At
    weekday: int = 0
    alone: bool = False
    festive: bool = False
    weak: bool = False
    dated: bool = False


def _always(found: Days) -> At:
    return lambda today: found


def _yearly(each_year: Callable[[int], Days | None], values: Values, **more: bool) -> Read:
    """What comes once a year: in the year that is named, else the next that is not over."""
    if year := _year(values):
        return Read(lambda today: each_year(year), dated=True, **more)
    return Read(lambda today: coming(today, each_year), **more)


def _year(values: Values) -> int | None:
    short = values.get("short_year")
    return values.get("year") or (2000 + short if short else None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_no(values: Values) -> int:
    named = values.get("month") or values.get("english_month") or values["month_no"]
    return int(named)


def day(values: Values) -> Read:
    def found(year: int) -> Days | None:
        on = _date(year, _month_no(values), values["day"])
        return days.one_day(on) if on else None

    return _yearly(found, values)


def several_days(values: Values) -> Read:
    def found(year: int) -> Days | None:
        first = _date(year, _month_no(values), values["day"])
        last = _date(year, _month_no(values), values["day2"])
        return Days(first, last + DAY) if first and last and first <= last else None

    return _yearly(found, values)


def last_day(values: Values) -> Read:
    def found(year: int) -> Days:
        until = days.months(year, values["month"]).until or date.max
        return Days(until - DAY, until)

    return _yearly(found, values)


def day_alone(values: Values) -> Read:
    """ "Den 15": of this month, or when that is over the next that has one."""

    def at(today: date) -> Days | None:
        ahead = (days.month_on(today.replace(day=1), number) for number in range(3))
        on = (_date(first.year, first.month, values["day_number"]) for first in ahead)
        return next((days.one_day(each) for each in on if each and each >= today), None)

    return Read(at, weak=True)


def named_day(values: Values) -> Read:
    return Read(lambda today: days.one_day(today + values["named_day"] * DAY))


def now(values: Values) -> Read:
    return Read(days.one_day, weak=True)


def past_weekday(values: Values) -> Read:
    number = values.get("past_weekday") or values["weekday"]
    return Read(lambda today: days.one_day(days.on_weekday(today - WEEK, number)))


def next_weeks_day(values: Values) -> Read:
    def at(today: date) -> Days:
        monday = days.week_of(today + WEEK).since or today
        return days.one_day(days.on_weekday(monday, values["weekday"]))

    return Read(at)


def week(values: Values) -> Read:
    return _yearly(lambda year: days.iso_week(year, values["week"]), values)


def weeks(values: Values) -> Read:
    def found(year: int) -> Days | None:
        first = days.iso_week(year, values["week"])
        last = days.iso_week(year + (values["week2"] < values["week"]), values["week2"])
        return first.hull(last) if first and last else None

    return _yearly(found, values)


def _step(ahead: int) -> Callable[[Values], Read]:
    def read(values: Values) -> Read:
        unit = values.get("unit") or values.get("the_unit") or "week"
        return Read(lambda today: days.unit_of(unit, today, ahead))

    return read


def this(values: Values) -> Read:
    unit = values.get("unit") or values.get("the_unit") or "year"
    return Read(lambda today: days.unit_of(unit, today))


def _season_of(values: Values) -> Callable[[int], Days]:
    name = next((values[x] for x in ("the_season", "season", "sure_season", "past_season") if x in values), "")
    month, count = SEASONS[name or "spring"]
    return lambda year: days.months(year - (month == 12), month, count)


def season(values: Values) -> Read:
    return _yearly(_season_of(values), values, festive=True)


def coming_season(values: Values) -> Read:
    """One that has not begun."""
    each_year = _season_of(values)

    def at(today: date) -> Days | None:
        return coming(today, lambda year: found if (found := each_year(year)).since and found.since > today else None)

    return Read(at, festive=True)


def past_season(values: Values) -> Read:
    """The last that is over."""
    each_year = _season_of(values)

    def at(today: date) -> Days:
        found = (each_year(today.year - ago) for ago in (0, 1))
        return next((x for x in found if x.until and x.until <= today), each_year(today.year - 1))

    return Read(at, festive=True)


def school_year(values: Values) -> Read:
    return Read(_always(days.months(values["year"], 8, 11)), dated=True)


def _half_gone(found: Days, today: date) -> bool:
    return bool(found.since and found.until and today - found.since > found.until - today)


def _next_of(each_year: Callable[[int], Days], values: Values) -> Read:
    """Of a long stretch that recurs: the one that is going on, unless more than half is gone."""
    if _year(values):
        return _yearly(each_year, values)

    def fresh(today: date) -> Days | None:
        return coming(
            today, lambda year: None if _half_gone(found := each_year(year), today) else found
        )

    return Read(fresh)


def term(values: Values) -> Read:
    month, count = TERMS[values["term"]]
    return _next_of(lambda year: days.months(year, month, count), values)


def _numbered(unit: str) -> Callable[[Values], Read | None]:
    """The first quarter, the second half of the year …"""

    def read(values: Values) -> Read | None:
        long, number = days.MONTHS_IN[unit], values.get("ordinal") or values["n"]
        number = number if number > 0 else 12 // long + 1 + number
        if not 1 <= number <= 12 // long:
            return None
        return _next_of(lambda year: days.months(year, (number - 1) * long + 1, long), values)

    return read


def holiday(values: Values) -> Read:
    return _yearly(HOLIDAYS[values["holiday"]], values, festive=True)


def month(values: Values) -> Read:
    number = values.get("month", 5)
    return _yearly(lambda year: days.months(year, number), values)


def month_turn(values: Values) -> Read:
    """No day long: it lies between two months."""
    if "month" in values:
        last = values["month"]
        return _yearly(lambda year: _turn(days.months(year, last).until or date.max), values)
    return Read(lambda today: _turn(days.unit_of("month", today).until or today))


def year_turn(values: Values) -> Read:
    return Read(lambda today: _turn(date(today.year + 1, 1, 1)))


def _turn(on: date) -> Days:
    return Days(on, on)


def year(values: Values) -> Read:
    """A year that is over is no time to wish for, but part of a name."""

    def at(today: date) -> Days | None:
        return days.months(values["year"], 1, 12) if values["year"] >= today.year else None

    return Read(at, dated=True)


def ahead(values: Values) -> Read:
    """In two weeks: that week. In two months: that month. In ten days: that day."""
    unit, count = values["unit"], values.get("n", 1)
    width = {"day": "day", "week": "week", "weekend": "weekend"}.get(unit, "month")
    if (unit, count) == ("month", 1):
        width = "week"
    return Read(lambda today: days.unit_of(width, days.later(unit, today, count)))


def some_ahead(values: Values) -> Read:
    """Two to four of them."""

    def at(today: date) -> Days:
        two, four = (days.later(values["unit"], today, count) for count in (2, 4))
        unit = values["unit"]
        return days.unit_of(unit, two).hull(days.unit_of(unit, four))

    return Read(at)


def within(values: Values) -> Read:
    unit, count = values["unit"], values.get("n", 1)
    return Read(lambda today: Days(today, days.later(unit, today, count) + DAY))


def _ahead_of(unit: str, count: int) -> Callable[[Values], Read]:
    return lambda values: Read(lambda today: Days(today, days.later(unit, today, count)))


def lately(values: Values) -> Read:
    unit, count = values["unit"], values.get("n", 1)
    return Read(lambda today: Days(days.later(unit, today, -count), today))


def next_weekday(values: Values) -> Read:
    number = values.get("the_weekday") or values["short_weekday"]
    return Read(
        lambda today: days.one_day(days.on_weekday(today + DAY, number)), number, alone=True
    )


def some_weekday(values: Values) -> Read:
    number = values.get("weekday") or values["weekdays"]
    return Read(_always(ANY), number, alone=True)


PERIODS: dict[str, Callable[[Values], Read | None]] = {
    "day": day, "days": several_days, "last_day": last_day, "day_alone": day_alone,
    "named_day": named_day, "now": now, "past_weekday": past_weekday,
    "next_weeks_day": next_weeks_day, "week": week, "weeks": weeks, "this": this,
    "next": _step(1), "after_next": _step(2), "week_after": _step(2), "last": _step(-1),
    "in_spring": season, "season": season, "coming_season": coming_season,
    "past_season": past_season, "term": term, "school_year": school_year,
    "holiday": holiday, "month": month, "may": month, "month_turn": month_turn,
    "year_turn": year_turn, "quarter": _numbered("quarter"), "half": _numbered("half"),
    "tertial": _numbered("tertial"), "year": year, "ahead": ahead, "some_ahead": some_ahead,
    "within": within, "unit_ahead": within, "soon": _ahead_of("day", 7),
    "weeks_ahead": _ahead_of("week", 3), "month_ahead": _ahead_of("month", 1),
    "months_ahead": _ahead_of("month", 3), "lately": lately,
    "next_weekday": next_weekday, "some_weekday": some_weekday,
}  # fmt: skip
"""By the names that the patterns of times.toml stand under."""


def turn_widened(found: Days) -> Days:
    """Five days on either side of a turn of the month."""
    if found.since and found.since == found.until:
        return Days(found.since - timedelta(days=5), found.since + timedelta(days=5))
    return found
