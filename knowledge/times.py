"""Swedish time: from a date and a time of day to a point in time, and the hours people rest."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from knowledge.errors import KnowledgeError

SWEDEN = ZoneInfo("Europe/Stockholm")

SATURDAY = 5

QuietUntil = Callable[[datetime], datetime | None]
"""When people may be written to again; None when they may now."""


class TimeSkipped(KnowledgeError):
    """The clocks are put forward past this time of day. `next` is the first minute after."""

    def __init__(self, next: datetime) -> None:
        super().__init__(next.isoformat())
        self.next = next


class TimeDoubled(KnowledgeError):
    """The clocks are put back, and this time of day comes twice: `first` and `second`."""

    def __init__(self, first: datetime, second: datetime) -> None:
        super().__init__(first.isoformat())
        self.first = first
        self.second = second


def instant(day: date, at: time) -> datetime:
    """The point in time, in UTC, of a day and a time of day in Sweden.

    Raises TimeSkipped and TimeDoubled, one night a year each.
    """
    first, second = _both(day, at)
    if first == second:
        return first
    if first < second:
        raise TimeDoubled(first, second)
    # What never comes is read once with the offset before the change and once with the one after:
    # between the two lies the change.
    raise TimeSkipped(_change_between(second, first))


def after_waking(now: datetime, length: timedelta, quiet_until: QuietUntil) -> datetime:
    """When so much time has gone by in which people may be written to; not in quiet hours."""
    minute = timedelta(minutes=1)
    moment = quiet_until(now) or now
    for _ in range(length // minute):
        moment += minute
        moment = quiet_until(moment) or moment
    return moment


def never_quiet(_now: datetime) -> None:
    """No quiet hours."""


@dataclass(frozen=True)
class QuietHours:
    """From `begins` to `ends` each night, Swedish time; with `weekends` until Monday's `ends`."""

    begins: time
    ends: time
    weekends: bool = False

    @classmethod
    def parse(cls, written: str, *, weekends: bool = False) -> Self | None:
        """Read "20:00-07:00"; None for nothing. Raises ValueError."""
        if not written.strip():
            return None
        match = re.fullmatch(r"(\d\d:\d\d)-(\d\d:\d\d)", written.strip(), re.ASCII)
        if match is None or match[1] == match[2]:
            raise ValueError(written)
        return cls(time.fromisoformat(match[1]), time.fromisoformat(match[2]), weekends)

    def until(self, now: datetime) -> datetime | None:
        """The end of the quiet hours that `now` lies within; None when it lies outside."""
        local = now.astimezone(SWEDEN)
        if not self._is_quiet(local):
            return None
        day = local.date()
        # A night that leads into a quiet weekend ends on Monday: three mornings at most.
        ends = (_earliest(day + timedelta(days=ahead), self.ends) for ahead in range(4))
        return next(end for end in ends if end > now and not self._is_quiet(end))

    def _is_quiet(self, when: datetime) -> bool:
        local = when.astimezone(SWEDEN)
        if self.weekends and local.weekday() >= SATURDAY:
            return True
        at = local.time()
        if self.begins < self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


def _both(day: date, at: time) -> tuple[datetime, datetime]:
    local = datetime.combine(day, at, SWEDEN)
    return local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)


def _earliest(day: date, at: time) -> datetime:
    """The time of day, or when it never comes the first minute after."""
    try:
        return instant(day, at)
    except TimeDoubled as doubled:
        return doubled.first
    except TimeSkipped as skipped:
        return skipped.next


def _change_between(before: datetime, after: datetime) -> datetime:
    """The minute at which the offset from UTC changes."""
    minute = timedelta(minutes=1)
    offset = before.astimezone(SWEDEN).utcoffset()
    while before < after and before.astimezone(SWEDEN).utcoffset() == offset:
        before += minute
    return before
