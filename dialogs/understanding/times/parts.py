"""A part of a time, or what stands beside it: its end, its second week, the Friday before it."""

from dataclasses import replace
from datetime import date, timedelta

from dialogs.understanding.times import days
from dialogs.understanding.times.days import DAY, WEEK, Days
from dialogs.understanding.times.readings import Kinds, Read, Values, changed


def part(values: Values) -> Read:
    """Of the time that is going on, or when that part of it is over of the next."""
    time: Read = values["time"]

    def at(today: date) -> Days | None:
        found = time.at(today)
        piece = days.part_of(found, values["part"]) if found else None
        if not found or not found.until or not piece or not piece.until or piece.until > today:
            return piece
        again = time.at(found.until)
        return days.part_of(again, values["part"]) if again and not time.dated else piece

    return replace(time, at=at, weekday=0, alone=False, weak=False, end=values["part"] == "end")


def part_of_this(values: Values) -> Read:
    unit = values.get("the_unit") or values["own_unit"]
    return part({"time": _this(unit), "part": values.get("part") or values["own_part"]})


def all_of_this(values: Values) -> Read:
    return Read(lambda today: days.unit_of(values["the_unit"], today), end=True)


def _this(unit: str) -> Read:
    return Read(lambda today: days.unit_of(unit, today))


def own_first(values: Values) -> Read:
    return first_units({**values, "time": _this(values["own_unit"]), "n": 1})


def own_last(values: Values) -> Read:
    return last_units({**values, "time": _this(values["own_unit"]), "n": 1})


def _nth(values: Values, weekday: int, length: int) -> Read:
    """So many days from the nth such weekday on."""

    def change(found: Days) -> Days | None:
        number = values["ordinal"]
        inside = list(days.weekdays_in(found, weekday))
        if not -len(inside) <= number <= len(inside):
            return None
        first = inside[number - 1 if number > 0 else number]
        return Days(first, first + timedelta(days=length))

    return changed(values, change)


def nth_week(values: Values) -> Read:
    """Of the weeks whose Monday lies in the month."""
    return _nth(values, 1, 7)


def nth_weekend(values: Values) -> Read:
    return _nth(values, 6, 2)


def nth_weekday(values: Values) -> Read:
    return _nth(values, values["the_weekday"], 1)


def first_days(values: Values) -> Read:
    return first_units({**values, "n": 5, "unit": "day"})


def last_days(values: Values) -> Read:
    return last_units({**values, "n": 5, "unit": "day"})


def first_units(values: Values) -> Read:
    return changed(values, lambda found: _some(found, values, last=False))


def last_units(values: Values) -> Read:
    return changed(values, lambda found: _some(found, values, last=True))


def _some(found: Days, values: Values, *, last: bool) -> Days | None:
    """The first or last two weeks, ten days, three months."""
    unit, count = values["unit"], values["n"]
    if not found.since or not found.until:
        return None
    if unit != "week":
        if last:
            return Days(days.later(unit, found.until, -count), found.until)
        return Days(found.since, days.later(unit, found.since, count))
    mondays = list(days.weekdays_in(found, 1))
    wanted = mondays[-count:] if last else mondays[:count]
    return Days(wanted[0], wanted[-1] + WEEK) if wanted else None


def stretch_before(values: Values) -> Read:
    def change(found: Days) -> Days | None:
        until = found.since
        return Days(until - values["stretch"] * DAY, until) if until else None

    return changed(values, change)


def stretch_after(values: Values) -> Read:
    def change(found: Days) -> Days | None:
        since = found.until
        return Days(since, since + values["stretch"] * DAY) if since else None

    return changed(values, change)


def unit_before(values: Values) -> Read:
    return changed(values, lambda found: _beside(found.since, values["unit"], -1))


def unit_after(values: Values) -> Read:
    steps = max(1, values.get("ordinal", 1))
    return changed(values, lambda found: _beside(_last(found), values["unit"], steps))


def _last(found: Days) -> date | None:
    """The last day; of a turn, which has none, the day before."""
    return found.until - DAY if found.until else None


def _beside(day: date | None, unit: str, ahead: int) -> Days | None:
    return days.unit_of(unit, day, ahead) if day else None


def week_around(values: Values) -> Read:
    return changed(values, lambda found: days.week_of(found.since) if found.since else None)


def units_before(values: Values) -> Read:
    return changed(values, lambda found: _away(found.since, values, -1))


def units_after(values: Values) -> Read:
    return changed(values, lambda found: _away(_last(found), values, 1))


def _away(day: date | None, values: Values, sign: int) -> Days | None:
    unit = values["unit"]
    return days.unit_of(unit, days.later(unit, day, sign * values["n"])) if day else None


def weekday_before(values: Values) -> Read:
    def change(found: Days) -> Days | None:
        begins = found.since
        weekday = values["definite_weekday"]
        return days.one_day(days.on_weekday(begins - WEEK, weekday)) if begins else None

    return changed(values, change)


def weekday_after(values: Values) -> Read:
    def change(found: Days) -> Days | None:
        after = found.until
        return days.one_day(days.on_weekday(after, values["definite_weekday"])) if after else None

    return changed(values, change)


KINDS: Kinds = {
    "part": part,
    "part_of_this": part_of_this,
    "all_of_this": all_of_this,
    "own_first": own_first,
    "own_last": own_last,
    "nth_week": nth_week,
    "nth_weekend": nth_weekend,
    "nth_weekday": nth_weekday,
    "first_days": first_days,
    "last_days": last_days,
    "first_units": first_units,
    "last_units": last_units,
    "stretch_before": stretch_before,
    "stretch_after": stretch_after,
    "week_around": week_around,
    "unit_before": unit_before,
    "unit_after": unit_after,
    "units_before": units_before,
    "units_after": units_after,
    "weekday_before": weekday_before,
    "weekday_after": weekday_after,
}
"""By the names that the patterns of times.toml stand under."""
