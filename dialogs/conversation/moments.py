"""Reads when something is to happen: a day and a time in Sweden, both nights of the clock right."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from babel.dates import get_day_names, get_month_names

from dialogs.conversation.swedish import SWEDEN
from dialogs.conversation.texts import texts
from dialogs.understanding.times.clock import Moment, beside_moment, moment_in
from dialogs.understanding.times.spans import no_such_day, time_in, without_time
from knowledge.directory.places import fold

FURTHEST = timedelta(days=366)
MORNING = time(8)

_TYPED = re.compile(r"(\d{4}-\d{2}-\d{2})?\s*(?:kl\.?)?\s*(\d{1,2}[.:]\d{2})?")
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})(?:[.:]\d{2})?\s*([ap]\.?m\.?)?", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_WHOLE_DATE = re.compile(r"\d{1,4}([./])\d{1,2}\1\d{1,4}")
"""A date in figures that clients do not write: its first two are no time of day."""

_SECONDS = re.compile(r"(\d{1,2}:\d{2}):\d{2}\b")
_TELLS_TIME = re.compile(r"\bkl\b|\bklockan\b|\d", re.IGNORECASE)
_DAY_BEFORE_TIME = re.compile(r"(?<![\d.:])(\d{1,2})\.(\d{1,2})\.?(?=,?\s+(?:kl|klockan)\b)")
_DAY_ALONE = re.compile(r"^\s*(\d{1,2})\.([1-9])\.?\s*$")
_TELLS_DAY = re.compile(r"\d\s*[/-]\s*\d")
_MIDNIGHT = re.compile(r"T00:00(:00(\.0+)?)?Z?$")


@dataclass(frozen=True)
class Chosen:
    """A moment (aware, UTC), or the nearest we can offer in its place with what was wrong.

    Faults: "moment_unread", "moment_never", "moment_time", "moment_day", "moment_missing",
    "moment_past", "moment_far". Both empty: nothing was chosen.
    """

    moment: datetime | None = None
    fault: str = ""


def from_inputs(day: str, time: str, now: datetime) -> Chosen:
    """What the form's two fields say: "2026-12-01" and "08:30", as clients or people write it."""
    day, time = day.strip(), time.strip()
    if not day and not time:
        return Chosen()
    words = f"{day} kl {time}".strip() if time else day
    chosen = _exactly(day, time) or _in_words(words, now)
    if chosen is None or (day and not chosen.day):
        return _unread(words)
    return _checked(chosen, now)


def from_words(typed: str, now: datetime) -> Chosen:
    """The same out of words: "2026-12-01 08.30", "fredag kl 9", "imorgon bitti"."""
    found = _TYPED.fullmatch(typed.strip())
    chosen = _exactly(found[1] or "", found[2] or "") if found and typed.strip() else None
    chosen = chosen or _in_words(typed, now)
    return _unread(typed) if chosen is None else _checked(chosen, now)


def with_slash(typed: str) -> str:
    """A day that is written with a full stop as one with a slash: "14.3", where no minute has one
    figure, and before a time of day "24.12 kl 9". Alone that would be a time itself."""
    return _DAY_BEFORE_TIME.sub(r"\1/\2", _DAY_ALONE.sub(r"\1/\2", typed))


def _unread(typed: str) -> Chosen:
    return Chosen(fault="moment_never" if no_such_day(with_slash(typed)) else "moment_unread")


def is_day(written: str) -> bool:
    """Whether a field for dates can show it; empty is well."""
    return not written or (len(written) == 10 and "/" not in written and bool(_day(written)))


def is_time(written: str) -> bool:
    """Whether a field for times can show it; empty is well."""
    return not written or (len(written) == 5 and ":" in written and _clock(written) is not None)


def _exactly(day: str, time: str) -> Moment | None:
    """Both as clients send them; None when one of them is otherwise."""
    on, at = _day(day), _clock(time)
    good = (on or not day) and (at or not time)
    return Moment(on, at) if good and (on or at) else None


def _day(written: str) -> date | None:
    """2026-12-01, 1.12.2026; or 13/01/2026, where only one of the two can be the month."""
    dotted = _DOTTED.sub(lambda hit: f"{hit[3]}-{hit[2]:0>2}-{hit[1]:0>2}", written)
    try:
        return date.fromisoformat(_MIDNIGHT.sub("", dotted))
    except ValueError:
        pass
    found = _SLASHED.fullmatch(written)
    if not found:
        return None
    one, other, year = map(int, found.groups())
    months = [(day, month) for day, month in {(one, other), (other, one)} if month <= 12]
    try:
        return date(year, months[0][1], months[0][0]) if len(months) == 1 else None
    except ValueError:
        return None


def _clock(written: str) -> time | None:
    """08:30, 8.30, 08:30:00 or 8:30 AM."""
    found = _CLOCK.fullmatch(written)
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").casefold()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _in_words(typed: str, now: datetime) -> Moment | None:
    """As people say it. What holds more than was read is not guessed at."""
    typed = with_slash(_SECONDS.sub(r"\1", typed))
    said = set(fold(typed, strip=False).split())
    if _WHOLE_DATE.search(typed) or said & set(texts("conversation.moment_unsure")):
        return None
    found, today = moment_in(typed, now), now.astimezone(SWEDEN).date()
    days = time_in(typed, today)
    if found is None or any(map(_has_figure, beside_moment(typed, now))):
        return None
    if found.day is None and (days or _TELLS_DAY.search(typed) or said & _months()):
        return None
    if found.time is None and _TELLS_TIME.search(without_time(typed, days)):
        return None
    weekdays = [number for number, name in enumerate(_weekdays(), start=1) if name in said]
    on = found.day.isoweekday() if found.day else 0
    return None if on and weekdays and on not in weekdays else found


@cache
def _weekdays() -> tuple[str, ...]:
    names = get_day_names(locale="sv")
    return tuple(fold(names[number], strip=False) for number in range(7))


def _has_figure(word: str) -> bool:
    """Beside a day and a time it is of neither: a 31st of November, a minute that no hour has."""
    return any(char.isdigit() for char in word)


@cache
def _months() -> frozenset[str]:
    return frozenset(get_month_names(locale="sv").values())


def _checked(chosen: Moment, now: datetime) -> Chosen:
    """The moment, with what was missing of it or is wrong with it."""
    day = chosen.day or now.astimezone(SWEDEN).date()
    local = datetime.combine(day, chosen.time or MORNING)
    if not now - FURTHEST < local.replace(tzinfo=UTC) < now + FURTHEST:
        return Chosen(fault="moment_far")
    nearest = _nearest(local)
    moment = _ahead(nearest, now)
    return Chosen(moment, _fault(chosen, moved=nearest != local, past=moment <= now))


def to_inputs(moment: datetime | None) -> tuple[str, str]:
    """What the form's two fields hold for this moment."""
    if moment is None:
        return "", ""
    local = moment.astimezone(SWEDEN)
    return local.strftime("%Y-%m-%d"), local.strftime("%H:%M")


def _fault(chosen: Moment, *, moved: bool, past: bool) -> str:
    if not chosen.day:
        return "moment_day"
    if not chosen.time:
        return "moment_time"
    if moved:
        return "moment_missing"
    return "moment_past" if past else ""


def _nearest(local: datetime) -> datetime:
    """The same, or in the hour that is skipped in March the nearest minute that exists."""
    if _exists(local):
        return local
    minutes = (timedelta(minutes=number) for number in range(61))
    near = (moment for step in minutes for moment in (local + step, local - step))
    return next(moment for moment in near if _exists(moment))


def _ahead(local: datetime, now: datetime) -> datetime:
    """The point in time. In the hour that comes twice in October the first, unless that is over or
    the second was reckoned ("om en timme")."""
    first, second = (
        local.replace(tzinfo=SWEDEN, fold=fold).astimezone(UTC) for fold in (local.fold, 1)
    )
    return first if first > now else second


def _exists(local: datetime) -> bool:
    """Going to UTC and back changes a time that the clock never shows."""
    there = local.replace(tzinfo=SWEDEN).astimezone(UTC)
    return there.astimezone(SWEDEN).replace(tzinfo=None) == local
