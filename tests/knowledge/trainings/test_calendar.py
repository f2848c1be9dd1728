"""The calendar file, read by two libraries that did not write it, and by hand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from dateutil import rrule, tz
from icalendar import Calendar

from knowledge.directory.models import Person
from knowledge.storage.database import Database
from knowledge.times import SWEDEN
from knowledge.trainings.calendar import Organizer, calendar_file
from knowledge.trainings.models import Signup, SignupStatus, TrainingStatus
from knowledge.trainings.service import TrainingService
from tests.dialogs.trainings.samples.trainings import a_training
from tests.knowledge.trainings.test_service import TRAINING, people

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
BOARD = Organizer("Länsstyrelsen i Kronobergs län", "kronoberg@lansstyrelsen.se")
SUMMER, WINTER = datetime(2026, 7, 1, 7, tzinfo=UTC), datetime(2026, 12, 1, 8, tzinfo=UTC)


def a_signup(**about: object) -> Signup:
    seat = Signup(7, a_training(), SignupStatus.CONFIRMED, "token", "0f8e-uid", 3)
    return replace(seat, **about)  # type: ignore[arg-type]


def lines(signup: Signup, organizer: Organizer | None = BOARD) -> list[str]:
    """Unfolded, as RFC 5545 3.1 says."""
    written = calendar_file(signup, organizer, NOW).decode()
    assert "\n" not in written.replace("\r\n", "")
    assert max(len(line.encode()) for line in written.split("\r\n")) <= 75
    return written.replace("\r\n ", "").split("\r\n")


def test_a_method_comes_with_an_organizer_and_without_attendees() -> None:
    written = lines(a_signup())
    assert "METHOD:PUBLISH" in written
    assert [one for one in written if one.startswith("ORGANIZER")] == [
        'ORGANIZER;CN="Länsstyrelsen i Kronobergs län":mailto:kronoberg@lansstyrelsen.se'
    ]
    assert not [one for one in written if one.startswith("ATTENDEE")]
    bare = lines(a_signup(), None)
    assert not [one for one in bare if one.startswith(("METHOD", "ORGANIZER"))]


@pytest.mark.parametrize("gone", [
    a_signup(status=SignupStatus.WITHDRAWN),
    a_signup(status=SignupStatus.WAITING),
    a_signup(training=replace(a_training(), status=TrainingStatus.CANCELLED)),
])  # fmt: skip
def test_what_is_off_is_taken_out_of_the_calendar(gone: Signup) -> None:
    written = lines(gone)
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "UID:0f8e-uid"} <= set(written)


@pytest.mark.parametrize("moment", [
    SUMMER, WINTER,
    datetime(2026, 10, 24, 23, 30, tzinfo=UTC), datetime(2026, 10, 25, 2, tzinfo=UTC),
    datetime(2027, 3, 28, 0, 30, tzinfo=UTC), datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
    datetime(2028, 2, 29, 9, tzinfo=UTC), datetime(2040, 6, 1, 9, tzinfo=UTC),
])  # fmt: skip
def test_another_library_finds_the_same_moment_by_the_rule(moment: datetime) -> None:
    training = replace(a_training(), starts_at=moment, ends_at=moment + timedelta(hours=3))
    written = lines(a_signup(training=training))
    zone = tz.tzical(StringIO("\n".join(written))).get("Europe/Stockholm")
    assert zone is not None
    [start] = [one for one in written if one.startswith("DTSTART;TZID=Europe/Stockholm:")]
    local = datetime.strptime(start.rpartition(":")[2], "%Y%m%dT%H%M%S")  # noqa: DTZ007 - local
    assert local.replace(tzinfo=zone).astimezone(UTC) == moment


def test_the_zone_has_rules_and_no_dates_and_its_onsets_are_in_the_time_before() -> None:
    written = lines(a_signup())
    zone = written[written.index("BEGIN:VTIMEZONE") : written.index("END:VTIMEZONE")]
    assert not [one for one in zone if one.startswith(("RDATE", "X-"))]
    for part, month, hour, before in (
        ("DAYLIGHT", 3, 2, timedelta(hours=1)), ("STANDARD", 10, 3, timedelta(hours=2)),
    ):  # fmt: skip
        mine = zone[zone.index(f"BEGIN:{part}") : zone.index(f"END:{part}")]
        told = dict(one.split(":", 1) for one in mine)
        first = datetime.strptime(told["DTSTART"], "%Y%m%dT%H%M%S")  # noqa: DTZ007 - local
        onsets = rrule.rrulestr(told["RRULE"], dtstart=first)
        for year in (2026, 2027, 2037, 2045):
            onset = next(one for one in onsets if one.year == year)
            assert (onset.month, onset.hour) == (month, hour)
            moment = (onset - before).replace(tzinfo=UTC)
            just_before = (moment - timedelta(seconds=1)).astimezone(SWEDEN)
            assert just_before.utcoffset() == before != moment.astimezone(SWEDEN).utcoffset()


def test_a_title_starts_no_property_of_its_own() -> None:
    hostile = replace(a_training(), title="Kurs\r\nATTACH:http://evil.example\u2028X:1")
    (event,) = Calendar.from_ical("\r\n".join(lines(a_signup(training=hostile)))).walk("VEVENT")
    assert "ATTACH" not in event
    assert "ATTACH:http" in event["SUMMARY"]


async def test_a_new_sign_up_takes_the_place_of_the_withdrawn_one(
    database: Database, trainings: TrainingService
) -> None:
    training = await trainings.add(TRAINING)
    [anna] = await people(database, 1)
    seen = []
    for _ in range(3):
        seen.append(await trainings.sign_up(anna, training))
        await trainings.withdraw(anna, training)
        withdrawn = await trainings.signup_by_token(seen[-1].calendar_token)
        assert withdrawn is not None
        seen.append(withdrawn)
    assert len({one.calendar_uid for one in seen}) == 1
    numbers = [one.calendar_sequence for one in seen]
    assert numbers == sorted(set(numbers))


async def test_no_two_people_trainings_or_installations_share_an_entry(
    database: Database, trainings: TrainingService
) -> None:
    both = [await trainings.add(TRAINING), await trainings.add(TRAINING)]
    crowd = await people(database, 2)
    uids = {(await trainings.sign_up(one, id_)).calendar_uid for one in crowd for id_ in both}
    assert len(uids) == 4
    assert all(len(uid) == 36 and not uid.startswith("signup-") for uid in uids)


async def test_the_old_link_leads_to_the_new_sign_up(
    database: Database, trainings: TrainingService
) -> None:
    training = await trainings.add(TRAINING)
    [anna] = await people(database, 1)
    old = await trainings.sign_up(anna, training)
    await trainings.withdraw(anna, training)
    new = await trainings.sign_up(anna, training)
    assert await trainings.signup_by_token(old.calendar_token) == new


async def test_who_gets_a_freed_seat_has_an_entry_of_their_own(
    database: Database, trainings: TrainingService
) -> None:
    training = await trainings.add(replace(TRAINING, seats=1))
    anna, bo = await people(database, 2)
    first, waiting = await trainings.sign_up(anna, training), await trainings.sign_up(bo, training)
    await trainings.withdraw(anna, training)
    promoted = await _signup(trainings, bo, training)
    assert promoted.calendar_uid == waiting.calendar_uid != first.calendar_uid
    assert promoted.calendar_sequence > waiting.calendar_sequence


async def _signup(trainings: TrainingService, person: Person, training: int) -> Signup:
    found = await trainings.find_signup(person, training)
    assert found
    return found
