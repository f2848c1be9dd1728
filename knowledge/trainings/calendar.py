"""A training as a personal calendar file (.ics)."""

from datetime import datetime

from knowledge.times import SWEDEN
from knowledge.trainings.models import Signup


def calendar_file(signup: Signup, now: datetime) -> bytes:
    """The sign-up as RFC 5545 bytes: stable UID, local time with its time zone, one event."""
    # Imported when the first file is asked for: the library keeps 3 MB.
    from icalendar import Calendar, Event

    training = signup.training
    calendar = Calendar()
    calendar.add("prodid", "-//Tryggve//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    event.add("uid", f"signup-{signup.id}@tryggve")
    event.add("dtstamp", now)
    event.add("sequence", training.sequence)
    event.add("summary", _one_line(training.title))
    event.add("location", _one_line(training.place))
    event.add("description", _one_line(training.summary))
    event.add("dtstart", training.starts_at.astimezone(SWEDEN))
    event.add("dtend", training.ends_at.astimezone(SWEDEN))
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _one_line(text: str) -> str:
    # A line break in a title must never be able to start a property of its own.
    return " ".join(text.split())
