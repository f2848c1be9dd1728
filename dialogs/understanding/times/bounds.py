"""From, until, before, after, between."""

from collections.abc import Callable
from datetime import date

from dialogs.understanding.times.days import WEEK, Days
from dialogs.understanding.times.readings import Kinds, Read, Values, changed


def since(values: Values) -> Read:
    return _bound(values, lambda found: Days(found.since, None))


def before(values: Values) -> Read:
    end = values["time"].end
    return _bound(values, lambda found: Days(None, found.until if end else found.since))


def after(values: Values) -> Read:
    return _bound(values, lambda found: Days(found.until, None))


def through(values: Values) -> Read:
    """Up to and with it; but "till jul" ends before Christmas."""
    festive = values["time"].festive and not values["time"].end
    return _bound(values, lambda found: Days(None, found.since if festive else found.until))


def through_end(values: Values) -> Read:
    return _bound(values, lambda found: Days(None, found.until))


def _bound(values: Values, change: Callable[[Days], Days | None]) -> Read:
    """What is open already stays so: "senast före jul", "tidigast efter nyår"."""
    return changed(values, lambda found: change(found) if found.since and found.until else found)


def around(values: Values) -> Read:
    """A short time gets a week on either side."""

    def change(found: Days) -> Days | None:
        if found.since and found.until and found.length and found.length <= 4:
            return Days(found.since - WEEK, found.until + WEEK)
        return found

    return changed(values, change)


def between(values: Values) -> Read:
    """Mars och maj: both in it. Jul och påsk: neither."""
    return _span(values["time"], values["time2"], inner=values["time"].festive)


def range_of(values: Values) -> Read:
    return _span(values["time"], values["time2"], inner=False)


def _span(first: Read, last: Read, *, inner: bool) -> Read:
    def at(today: date) -> Days | None:
        begins, ends = in_order(first, last, today)
        if not begins or not ends:
            return None
        start = begins.until if inner else begins.since
        return Days(start, ends.since if last.festive else ends.until)

    return Read(at, dated=first.dated or last.dated)


def in_order(first: Read, last: Read, today: date) -> tuple[Days | None, Days | None]:
    """The two ends, the last after the first. A year that the last names is the first's too."""
    begins = first.at(today)
    if last.dated and not first.dated and (ends := last.at(today)) and ends.since:
        years = (ends.since.year, ends.since.year - 1)
        tried = (found for each in years if (found := first.at(date(each, 1, 1))))
        return next((x for x in tried if x.since and x.since <= ends.since), begins), ends
    return begins, last.at(begins.since or today) if begins else None


KINDS: Kinds = {
    "since": since,
    "before": before,
    "after": after,
    "through": through,
    "through_end": through_end,
    "around": around,
    "between": between,
    "range": range_of,
}
"""By the names that the patterns of times.toml stand under."""
