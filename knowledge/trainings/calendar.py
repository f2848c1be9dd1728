"""A training as a personal calendar file (.ics)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from knowledge.times import SWEDEN
from knowledge.trainings.models import Meeting, Signup, SignupStatus, TrainingStatus

if TYPE_CHECKING:
    from icalendar import Event, Timezone

WINTER, SUMMER = timedelta(hours=1), timedelta(hours=2)


@dataclass(frozen=True)
class Organizer:
    """Who holds the training: a name, and the address that calendars show."""

    name: str
    email: str


def calendar_file(signup: Signup, organizer: Organizer | None, now: datetime) -> bytes:
    """The sign-up as RFC 5545 bytes: an event for each meeting, in local time with its time zone.

    Entered in a calendar they take the place of what the same person had of the same meetings,
    because each UID stays and SEQUENCE rises. Of a place that was given back, or a training that
    was called off, it takes the entries away; and always those of meetings that were dropped.
    """
    # Imported when the first file is asked for: the library keeps 3 MB.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Tryggve//SV")
    calendar.add("version", "2.0")
    if organizer:  # RFC 5546 wants both or neither
        calendar.add("method", "PUBLISH" if _is_on(signup) else "CANCEL")
    calendar.add_component(swedish_time())
    for meeting in signup.training.each_meeting:
        event = _event(signup, meeting, organizer, now, is_on=_is_on(signup))
        calendar.add_component(event)
    for meeting in signup.dropped_since:
        calendar.add_component(_event(signup, meeting, organizer, now, is_on=False))
    return bytes(calendar.to_ical())


def _event(
    signup: Signup, meeting: Meeting, organizer: Organizer | None, now: datetime, *, is_on: bool
) -> "Event":
    from icalendar import Event, vCalAddress, vText

    training, event = signup.training, Event()
    event.add("uid", _uid(signup, meeting))
    event.add("dtstamp", now)
    event.add("sequence", training.sequence + signup.calendar_sequence)
    event.add("status", "CONFIRMED" if is_on else "CANCELLED")
    if organizer:
        address = vCalAddress(f"mailto:{organizer.email}")
        address.params["cn"] = vText(_one_line(organizer.name))
        event.add("organizer", address)
    event.add("summary", _one_line(training.title))
    event.add("location", _one_line(training.place))
    event.add("description", _one_line(training.summary))
    event.add("dtstart", meeting.starts_at.astimezone(SWEDEN))
    event.add("dtend", meeting.ends_at.astimezone(SWEDEN))
    return event


def _uid(signup: Signup, meeting: Meeting) -> str:
    """The first one's is the sign-up's, as it was before a training had more than one."""
    return f"{signup.calendar_uid}-{meeting.number}" if meeting.number else signup.calendar_uid


def _is_on(signup: Signup) -> bool:
    has_place = signup.status is SignupStatus.CONFIRMED
    return has_place and signup.training.status is not TrainingStatus.CANCELLED


def swedish_time() -> "Timezone":
    """Europe/Stockholm by its rule since 1996.

    Written out, for Outlook passes over a time zone that lists its dates (RDATE), which is what
    the library makes of it. An onset is told in the time that ends with it.
    """
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone = Timezone()
    zone.add("tzid", SWEDEN.key)
    daylight, standard = TimezoneDaylight(), TimezoneStandard()
    for part, name, onset, before, after in (
        (daylight, "CEST", "19960331T020000", WINTER, SUMMER),
        (standard, "CET", "19961027T030000", SUMMER, WINTER),
    ):
        part.add("tzname", name)
        part.add("dtstart", datetime.strptime(onset, "%Y%m%dT%H%M%S"))  # noqa: DTZ007 - local
        part.add("rrule", {"freq": "yearly", "bymonth": int(onset[4:6]), "byday": "-1su"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone


def _one_line(text: str) -> str:
    # A line break in a title must never be able to start a property of its own.
    return " ".join(text.split())
