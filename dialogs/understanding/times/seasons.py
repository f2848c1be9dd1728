"""Seasons, terms, school years, holidays, and where one month or year turns into the next."""

from collections.abc import Callable
from datetime import date, timedelta

from dialogs.understanding.times import days
from dialogs.understanding.times.days import SEASONS, TERMS, Days
from dialogs.understanding.times.holidays import HOLIDAYS, coming
from dialogs.understanding.times.readings import (
    Kinds,
    Read,
    Values,
    always,
    next_of,
    year_of,
    yearly,
)

_SEASON_SLOTS = (
    "the_season", "season", "sure_season", "past_season", "early_season", "late_season",
)  # fmt: skip


def _season_of(values: Values) -> Callable[[int], Days]:
    name = next((values[x] for x in _SEASON_SLOTS if x in values), "")
    month, count = SEASONS[name or "spring"]
    return lambda year: days.months(year - (month == 12), month, count)


def season(values: Values) -> Read:
    return yearly(_season_of(values), values, festive=True)


def coming_season(values: Values) -> Read:
    """One that has not begun."""
    each_year = _season_of(values)

    def at(today: date) -> Days | None:
        found = coming(today, each_year)
        begun = found and found.since and found.until and found.since <= today
        return coming(found.until, each_year) if found and found.until and begun else found

    return Read(at, festive=True)


def until_season(values: Values) -> Read:
    found = coming_season(values) if not year_of(values) else season(values)

    def at(today: date) -> Days | None:
        summer = found.at(today)
        return Days(None, summer.since) if summer else None

    return Read(at, dated=found.dated)


def early_season(values: Values) -> Read:
    return _part_of_season(values, "start")


def late_season(values: Values) -> Read:
    return _part_of_season(values, "end")


def _part_of_season(values: Values, part: str) -> Read:
    each_year = _season_of(values)
    return yearly(lambda year: days.part_of(each_year(year), part), values, festive=True)


def past_season(values: Values) -> Read:
    """The last that is over."""
    each_year = _season_of(values)

    def at(today: date) -> Days:
        found = (each_year(today.year - ago) for ago in (0, 1))
        return next((x for x in found if x.until and x.until <= today), each_year(today.year - 1))

    return Read(at, festive=True)


def term(values: Values) -> Read:
    month, count = TERMS[values["term"]]
    return next_of(lambda year: days.months(year, month, count), values)


def school_year(values: Values) -> Read:
    return Read(always(days.months(values["year"], 8, 11)), dated=True)


def holiday(values: Values) -> Read:
    return yearly(HOLIDAYS[values["holiday"]], values, festive=True)


def month_turn(values: Values) -> Read:
    """No day long: it lies between two months."""
    if "month" in values:
        last = values["month"]
        return yearly(lambda year: _turn(days.months(year, last).until or date.max), values)
    return Read(lambda today: _turn(days.unit_of("month", today).until or today))


def half_turn(values: Values) -> Read:
    return yearly(lambda year: _turn(date(year, 7, 1)), values)


def year_turn(values: Values) -> Read:
    return Read(lambda today: _turn(date(today.year + 1, 1, 1)))


def _turn(on: date) -> Days:
    return Days(on, on)


def turn_widened(found: Days) -> Days:
    """Five days on either side of a turn of the month."""
    if found.since and found.since == found.until:
        return Days(found.since - timedelta(days=5), found.since + timedelta(days=5))
    return found


KINDS: Kinds = {
    "in_spring": season,
    "season": season,
    "coming_season": coming_season,
    "until_season": until_season,
    "early_season": early_season,
    "late_season": late_season,
    "past_season": past_season,
    "term": term,
    "school_year": school_year,
    "holiday": holiday,
    "month_turn": month_turn,
    "half_turn": half_turn,
    "year_turn": year_turn,
}
"""By the names that the patterns of times.toml stand under."""
