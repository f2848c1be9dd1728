"""Times made of other times: parts of them, what stands beside them, ranges, several at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from dialogs.understanding import days
from dialogs.understanding.days import ANY, DAY, WEEK, Days
from dialogs.understanding.readings import At, Read, Values


def _of(values: Values, change: Callable[[Days], Days | None]) -> Read:
    """The days of the time in the pattern, changed."""
    time: Read = values["time"]

    def at(today: date) -> Days | None:
        found = time.at(today)
        return change(found) if found else None

    return replace(time, at=at, weekday=0, alone=False, weak=False)


def part(values: Values) -> Read:
    return _of(values, lambda found: days.part_of(found, values["part"]))


def part_of_this(values: Values) -> Read:
    def at(today: date) -> Days:
        return days.part_of(days.unit_of(values["the_unit"], today), values["part"])

    return Read(at)


def _nth(values: Values, weekday: int, start: int, length: int) -> Read:
    """The stretch that begins so many days after the nth such weekday."""

    def change(found: Days) -> Days | None:
        number = values["ordinal"]
        inside = list(days.weekdays_in(found, weekday))
        if not -len(inside) <= number <= len(inside):
            return None
        first = inside[number - 1 if number > 0 else number] + timedelta(days=start)
        return Days(first, first + timedelta(days=length))

    return _of(values, change)


def nth_week(values: Values) -> Read:
    """Of the weeks whose Monday lies in the month."""
    return _nth(values, 1, 0, 7)


def nth_weekend(values: Values) -> Read:
    return _nth(values, 6, 0, 2)


def nth_weekday(values: Values) -> Read:
    return _nth(values, values["the_weekday"], 0, 1)


def first_units(values: Values) -> Read:
    return _of(values, lambda found: _some(found, values, last=False))


def last_units(values: Values) -> Read:
    return _of(values, lambda found: _some(found, values, last=True))


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


def unit_before(values: Values) -> Read:
    return _of(values, lambda found: _beside(found.since, values["unit"], -1))


def unit_after(values: Values) -> Read:
    return _of(values, lambda found: _beside(_last(found), values["unit"], 1))


def _last(found: Days) -> date | None:
    """The last day; of a turn, which has none, the day before."""
    return found.until - DAY if found.until else None


def _beside(day: date | None, unit: str, ahead: int) -> Days | None:
    return days.unit_of(unit, day, ahead) if day else None


def units_before(values: Values) -> Read:
    return _of(values, lambda found: _away(found.since, values, -1))


def units_after(values: Values) -> Read:
    return _of(values, lambda found: _away(_last(found), values, 1))


def _away(day: date | None, values: Values, sign: int) -> Days | None:
    unit = values["unit"]
    return days.unit_of(unit, days.later(unit, day, sign * values["n"])) if day else None


def weekday_before(values: Values) -> Read:
    def change(found: Days) -> Days | None:
        first = found.since
        return days.one_day(days.on_weekday(first - WEEK, values["definite_weekday"])) if first else None

    return _of(values, change)


def weekday_after(values: Values) -> Read:
    def change(found: Days) -> Days | None:
        after = found.until
        return days.one_day(days.on_weekday(after, values["definite_weekday"])) if after else None

    return _of(values, change)


def weekday_of(values: Values) -> Read:
    names = ("the_weekday", "weekday", "short_weekday")
    return on_weekday(values["time"], next(values[name] for name in names if name in values))


def weekdays_of(values: Values) -> Read:
    """From the one to the other, when the time is a week; a longer time stays as it is."""
    one, other = (value for slot, value in values.items() if "weekday" in slot)

    def change(found: Days) -> Days | None:
        if not found.length or found.length > 7:
            return found
        both = [*days.weekdays_in(found, one), *days.weekdays_in(found, other)]
        return Days(min(both), max(both) + DAY) if both else found

    return _of(values, change)


def on_weekday(time: Read, weekday: int) -> Read:
    """The day, when the time is a week; in a longer time a wish."""

    def at(today: date) -> Days | None:
        found = time.at(today)
        if not found or not found.length or found.length > 7:
            return found
        return next(map(days.one_day, days.weekdays_in(found, weekday)), found)

    return replace(time, at=at, weekday=weekday, alone=False, weak=False)


def since(values: Values) -> Read:
    return _of(values, lambda found: Days(found.since, None))


def before(values: Values) -> Read:
    return _of(values, lambda found: Days(None, found.since))


def after(values: Values) -> Read:
    return _of(values, lambda found: Days(found.until, None))


def through(values: Values) -> Read:
    """Up to and with it; but "till jul" ends before Christmas."""
    festive = values["time"].festive
    return _of(values, lambda found: Days(None, found.since if festive else found.until))


def around(values: Values) -> Read:
    """A short time gets a week on either side."""

    def change(found: Days) -> Days | None:
        if found.since and found.until and found.length and found.length <= 4:
            return Days(found.since - WEEK, found.until + WEEK)
        return found

    return _of(values, change)


def between(values: Values) -> Read:
    """Mars och maj: both in it. Jul och påsk: neither."""
    return _span(values["time"], values["time2"], inner=values["time"].festive)


def range_of(values: Values) -> Read:
    return _span(values["time"], values["time2"], inner=False)


def _span(first: Read, last: Read, *, inner: bool) -> Read:
    def at(today: date) -> Days | None:
        begins, ends = _in_order(first, last, today)
        if not begins or not ends:
            return None
        start = begins.until if inner else begins.since
        return Days(start, ends.since if last.festive else ends.until)

    return Read(at, dated=first.dated or last.dated)


def _in_order(first: Read, last: Read, today: date) -> tuple[Days | None, Days | None]:
    """The two ends: the last after the first, and a year that only the last names holds for both."""
    begins = first.at(today)
    if last.dated and not first.dated and (ends := last.at(today)) and ends.since:
        years = (ends.since.year, ends.since.year - 1)
        tried = (found for each in years if (found := first.at(date(each, 1, 1))))
        return next((x for x in tried if x.since and x.since <= ends.since), begins), ends
    return begins, last.at(begins.since or today) if begins else None


def either(values: Values) -> Read:
    return combined(values["time"], values["time2"])


def combined(one: Read, other: Read) -> Read:
    """Two times of one wish: what they have in common, else from the one to the other."""
    if one.alone != other.alone:
        whole, day = (other, one) if one.alone else (one, other)
        return on_weekday(whole, day.weekday)
    return Read(
        _within(one, other),
        weekday=0 if one.alone else one.weekday or other.weekday,
        festive=one.festive and other.festive,
        weak=one.weak and other.weak,
        dated=one.dated or other.dated,
    )


def _within(one: Read, other: Read) -> At:
    def at(today: date) -> Days | None:
        seen = (_seen_in(one, other, today), _seen_in(other, one, today))
        pairs = sorted(filter(None, seen), key=lambda pair: pair[0].length or date.max.toordinal())
        if common := next((whole.common(part) for whole, part in pairs if whole.meets(part)), None):
            return common
        here, there = one.at(today), other.at(today)
        if other.dated:
            here, there = _in_order(one, other, today)
        return here.hull(there) if here and there else here or there

    return at


def _seen_in(whole: Read, piece: Read, today: date) -> tuple[Days, Days] | None:
    """The whole, and the piece as it is read from where the whole begins: March, from next year."""
    outer = whole.at(today)
    inner = piece.at(outer.since or today) if outer else None
    return (outer, inner) if outer and inner else None


def void(values: Values) -> Read:
    """What is said not to be wished."""
    return Read(lambda today: ANY, weak=True)


RELATIONS: dict[str, Callable[[Values], Read]] = {
    "part": part, "part_of_this": part_of_this, "nth_week": nth_week, "nth_weekend": nth_weekend,
    "nth_weekday": nth_weekday, "first_units": first_units, "last_units": last_units,
    "unit_before": unit_before, "unit_after": unit_after, "units_before": units_before,
    "units_after": units_after, "weekday_before": weekday_before, "weekday_after": weekday_after,
    "weekday_of": weekday_of, "weekdays_of": weekdays_of, "between": between, "range": range_of, "since": since,
    "through": through, "before": before, "after": after, "around": around, "void": void,
    "either": either,
}  # fmt: skip
"""By the names that the patterns of times.toml stand under."""

