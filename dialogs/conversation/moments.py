"""Reads when something is to happen: a day and a time in Sweden, both nights of the clock right."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dialogs.conversation.swedish import SWEDEN

FURTHEST = timedelta(days=366)
MORNING = "08:00"

_TYPED = re.compile(r"(\d{4}-\d{2}-\d{2})?\s*(?:kl\.?)?\s*(\d{1,2}[.:]\d{2})?")


@dataclass(frozen=True)
class Chosen:
    """A moment (aware, UTC), or the nearest we can offer in its place with what was wrong.

    Faults: "moment_unread", "moment_time", "moment_day", "moment_missing", "moment_past",
    "moment_far". Both empty: nothing was chosen.
    """

    moment: datetime | None = None
    fault: str = ""


def from_inputs(day: str, time: str, now: datetime) -> Chosen:
    """What the form's two fields say: "2026-12-01" and "08:30"."""
    if not day and not time:
        return Chosen()
    today = now.astimezone(SWEDEN).strftime("%Y-%m-%d")
    try:
        local = datetime.strptime(f"{day or today} {time or MORNING}", "%Y-%m-%d %H:%M")  # noqa: DTZ007
    except ValueError:
        return Chosen(fault="moment_unread")
    if not now - FURTHEST < local.replace(tzinfo=UTC) < now + FURTHEST:
        return Chosen(fault="moment_far")
    nearest = _nearest(local)
    moment = nearest.replace(tzinfo=SWEDEN).astimezone(UTC)
    return Chosen(moment, _fault(day, time, moved=nearest != local, past=moment <= now))


def from_words(typed: str, now: datetime) -> Chosen:
    """The same out of words: "2026-12-01 08.30", also "kl. 8:30" or a day alone."""
    found = _TYPED.fullmatch(typed.strip())
    if not found or not any(found.groups()):
        return Chosen(fault="moment_unread")
    day, time = found[1] or "", (found[2] or "").replace(".", ":")
    return from_inputs(day, time, now)


def to_inputs(moment: datetime | None) -> tuple[str, str]:
    """What the form's two fields hold for this moment."""
    if moment is None:
        return "", ""
    local = moment.astimezone(SWEDEN)
    return local.strftime("%Y-%m-%d"), local.strftime("%H:%M")


def _fault(day: str, time: str, *, moved: bool, past: bool) -> str:
    if not day:
        return "moment_day"
    if not time:
        return "moment_time"
    if moved:
        return "moment_missing"
    return "moment_past" if past else ""


def _nearest(local: datetime) -> datetime:
    """The same, or in the hour that is skipped in March the nearest minute that exists."""
    minutes = (timedelta(minutes=number) for number in range(61))
    near = (moment for step in minutes for moment in (local + step, local - step))
    return next(moment for moment in near if _exists(moment))


def _exists(local: datetime) -> bool:
    """Going to UTC and back changes a time that the clock never shows."""
    there = local.replace(tzinfo=SWEDEN).astimezone(UTC)
    return there.astimezone(SWEDEN).replace(tzinfo=None) == local
