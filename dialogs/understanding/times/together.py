"""Several times in one wish: the day of a week, a month of a year, one or the other."""

from dataclasses import replace
from datetime import date

from dialogs.understanding.times import days
from dialogs.understanding.times.bounds import in_order
from dialogs.understanding.times.days import DAY, Days
from dialogs.understanding.times.readings import At, Kinds, Read, Values, changed


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

    return changed(values, change)


def on_weekday(time: Read, weekday: int) -> Read:
    """The day, when the time is a week; in a longer time a wish."""

    def at(today: date) -> Days | None:
        found = time.at(today)
        if not found or not found.length or found.length > 7:
            return found
        return next(map(days.one_day, days.weekdays_in(found, weekday)), found)

    return replace(time, at=at, weekday=weekday, alone=False, weak=False)


def either(values: Values) -> Read:
    return combined(values["time"], values["time2"])


def combined(one: Read, other: Read) -> Read:
    """Two times of one wish: what they have in common, else from the one to the other."""
    if one.alone != other.alone:
        whole, day = (other, one) if one.alone else (one, other)
        return _day_in(whole, day)
    return Read(
        _within(one, other),
        weekday=0 if one.alone else one.weekday or other.weekday,
        festive=one.festive and other.festive,
        weak=one.weak and other.weak,
        dated=one.dated or other.dated,
    )


def _day_in(whole: Read, day: Read) -> Read:
    """A weekday of a longer time; beside another day ("tisdag eller onsdag") both."""
    narrowed = on_weekday(whole, day.weekday)

    def at(today: date) -> Days | None:
        found = whole.at(today)
        if not found or found.length != 1 or not found.since:
            return narrowed.at(today)
        other = day.at(found.since)
        same = found.since.isoweekday() == day.weekday
        return found if same or not other or not other.length else found.hull(other)

    return replace(narrowed, at=at)


def _within(one: Read, other: Read) -> At:
    def at(today: date) -> Days | None:
        seen = (_seen_in(one, other, today), _seen_in(other, one, today))
        pairs = sorted(filter(None, seen), key=lambda pair: pair[0].length or date.max.toordinal())
        if common := next((whole.common(part) for whole, part in pairs if whole.meets(part)), None):
            return common
        here, there = one.at(today), other.at(today)
        if other.dated:
            here, there = in_order(one, other, today)
        return here.hull(there) if here and there else here or there

    return at


def _seen_in(whole: Read, piece: Read, today: date) -> tuple[Days, Days] | None:
    """The whole, and the piece as it is read from where the whole begins: March, from next year."""
    outer = whole.at(today)
    inner = piece.at(outer.since or today) if outer else None
    return (outer, inner) if outer and inner else None


KINDS: Kinds = {
    "weekday_of": weekday_of,
    "weekdays_of": weekdays_of,
    "either": either,
    "said_of": lambda values: values["time"],
}
"""By the names that the patterns of times.toml stand under."""
