"""Published trainings as a calendar that anybody may follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from knowledge.times import SWEDEN
from knowledge.trainings.calendar import swedish_time

if TYPE_CHECKING:
    from icalendar import Event

READ_AGAIN = timedelta(hours=6)


@dataclass(frozen=True)
class PublicEvent:
    """A meeting that everybody may know of."""

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    description: str
    cancelled: bool = False


def public_calendar(name: str, page: str, events: Sequence[PublicEvent]) -> bytes:
    """RFC 5545 bytes. The same events make the same bytes."""
    # Imported when the first calendar is asked for: the library keeps 3 MB.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Tryggve//SV")
    calendar.add("version", "2.0")
    for heading in ("name", "x-wr-calname"):
        calendar.add(heading, name)
    calendar.add("url", page)
    calendar.add("refresh-interval", READ_AGAIN, {"value": "DURATION"})
    calendar.add_component(swedish_time())
    for event in events:
        calendar.add_component(_event(event))
    return bytes(calendar.to_ical())


def _event(one: PublicEvent) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", one.changed_at)
    event.add("last-modified", one.changed_at)
    event.add("sequence", one.sequence)
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    event.add("summary", one.title)
    event.add("location", one.place)
    event.add("description", one.description)
    event.add("transp", "TRANSPARENT")  # whoever follows has not promised to come
    event.add("dtstart", one.starts_at.astimezone(SWEDEN))
    event.add("dtend", one.ends_at.astimezone(SWEDEN))
    return event
