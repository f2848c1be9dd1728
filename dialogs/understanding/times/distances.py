"""Times told by how far away they are: next week, in two months, within ten days, lately."""

from collections.abc import Callable
from datetime import date

from dialogs.understanding.times import days
from dialogs.understanding.times.days import DAY, Days
from dialogs.understanding.times.readings import Kinds, Read, Values


def named_day(values: Values) -> Read:
    return Read(lambda today: days.one_day(today + values["named_day"] * DAY))


def now(values: Values) -> Read:
    return Read(days.one_day, weak=True)


def _going_on(unit: str = "") -> Callable[[Values], Read]:
    def read(values: Values) -> Read:
        slots = ("unit", "the_unit", "near_unit")
        named = unit or next(values[slot] for slot in slots if slot in values)
        return Read(lambda today: days.unit_of(named, today))

    return read


def _step(ahead: int) -> Callable[[Values], Read]:
    def read(values: Values) -> Read:
        unit = values.get("unit") or values.get("the_unit") or "week"
        return Read(lambda today: days.unit_of(unit, today, ahead))

    return read


def weekend(values: Values) -> Read:
    return Read(lambda today: days.unit_of("weekend", today), weak=True)


def this_year(values: Values) -> Read:
    """Said of nearly anything, so it is a time only beside another."""
    return Read(lambda today: days.unit_of("year", today), weak=True)


def this_and_next(values: Values) -> Read:
    return _two_units(values, 0)


def next_and_after(values: Values) -> Read:
    return _two_units(values, 1)


def _two_units(values: Values, ahead: int) -> Read:
    named = (values.get(slot) for slot in ("unit2", "unit", "the_unit"))
    unit = next(filter(None, named), "week")
    return Read(
        lambda today: days.unit_of(unit, today, ahead).hull(days.unit_of(unit, today, ahead + 1))
    )


def ahead(values: Values) -> Read:
    """In two weeks: that week. In two months: that month. In ten days: that day."""
    unit, count = values["unit"], values.get("n", 1)
    width = {"day": "day", "week": "week", "weekend": "weekend"}.get(unit, "month")
    if (unit, count) == ("month", 1):
        width = "week"

    def at(today: date) -> Days:
        first, last = (days.later(unit, today, x) for x in (count, values.get("n2", count)))
        return days.unit_of(width, first).hull(days.unit_of(width, last))

    return Read(at)


def some_ahead(values: Values) -> Read:
    """Two to four of them."""

    def at(today: date) -> Days:
        two, four = (days.later(values["unit"], today, count) for count in (2, 4))
        unit = values["unit"]
        return days.unit_of(unit, two).hull(days.unit_of(unit, four))

    return Read(at)


def within(values: Values) -> Read:
    unit, count = values["unit"], values.get("n2") or values.get("n", 1)
    return Read(lambda today: Days(today, days.later(unit, today, count) + DAY))


def _ahead_of(unit: str, count: int) -> Callable[[Values], Read]:
    return lambda values: Read(lambda today: Days(today, days.later(unit, today, count)))


def lately(values: Values) -> Read:
    unit, count = values["unit"], values.get("n", 1)
    return Read(lambda today: Days(days.later(unit, today, -count), today))


KINDS: Kinds = {
    "named_day": named_day,
    "now": now,
    "this": _going_on(),
    "rest_of_year": _going_on("year"),
    "coming_weekend": _going_on("weekend"),
    "next": _step(1),
    "after_next": _step(2),
    "week_after": _step(2),
    "last": _step(-1),
    "weekend": weekend,
    "this_year": this_year,
    "this_and_next": this_and_next,
    "next_and_after": next_and_after,
    "ahead": ahead,
    "some_ahead": some_ahead,
    "within": within,
    "unit_ahead": within,
    "soon": _ahead_of("day", 7),
    "weeks_ahead": _ahead_of("week", 3),
    "month_ahead": _ahead_of("month", 1),
    "months_ahead": _ahead_of("month", 3),
    "lately": lately,
}
"""By the names that the patterns of times.toml stand under."""
