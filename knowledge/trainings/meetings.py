"""The meetings of a training: what must be right about them, and which one is which."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count, pairwise

from knowledge.trainings.models import Meeting, Training, TrainingStatus

MOST_MEETINGS = 20
LONGEST_TIME = timedelta(days=31)
LONGEST_SERIES = timedelta(days=366)


def faults_of(meetings: Sequence[Meeting]) -> dict[int, str]:
    """What is wrong with which of them, by its place: "ends", "order", "overlap" or "far"."""
    found: dict[int, str] = {}
    for place, one in enumerate(meetings):
        if not one.starts_at < one.ends_at <= one.starts_at + LONGEST_TIME:
            found[place] = "ends"
        elif one.ends_at > meetings[0].starts_at + LONGEST_SERIES:
            found[place] = "far"
    for place, (before, after) in enumerate(pairwise(meetings), start=1):
        if after.starts_at < before.starts_at:
            found.setdefault(place, "order")
        elif after.overlaps(before):
            found.setdefault(place, "overlap")
    return found


def begun_anew(wanted: Sequence[Meeting], now: datetime, known: Training | None) -> list[int]:
    """The places of those that would have begun by now, and are not already among the known."""
    held = {one.times for one in known.each_meeting} if known else set()
    return [
        place for place, one in enumerate(wanted) if one.starts_at <= now and one.times not in held
    ]


def changes_held(wanted: Sequence[Meeting], now: datetime, known: Training) -> bool:
    """Whether one that has begun would be another, or gone: what has been cannot be changed."""
    times = {one.times for one in wanted}
    return any(one.starts_at <= now and one.times not in times for one in known.each_meeting)


def renumbered(
    wanted: Sequence[Meeting], known: Training
) -> tuple[tuple[Meeting, ...], tuple[Meeting, ...]]:
    """The wanted meetings, each with the number that it has already, and those that are dropped.

    One at the same time is the same. Of the rest the first is the first that was, moved; what is
    left over is new, or dropped. No number is used twice: a calendar may still show it.
    """
    if known.status is TrainingStatus.DRAFT:  # in nobody's calendar yet
        return tuple(replace(one, number=place) for place, one in enumerate(wanted)), ()
    same = {one.times: one for one in known.each_meeting}
    stays = {one.times for one in wanted} & {*same}
    left = [one for one in known.each_meeting if one.times not in stays]
    used = [one.number for one in (*known.each_meeting, *known.dropped)]
    moved, new = iter(left), count(max(used) + 1)
    held = []
    for one in wanted:
        was = same[one.times] if one.times in stays else next(moved, None)
        held.append(replace(one, number=was.number if was else next(new)))
    return tuple(held), (*known.dropped, *moved)
