"""Posts about a training show the seats that are left, and are edited at most once a minute."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from knowledge.announcements.models import Announcement
from knowledge.announcements.seats import LiveSeats, Shown
from knowledge.delivery.models import Action, Status
from knowledge.directory.models import Person
from knowledge.storage.database import Database
from tests.support.deliveries import rows
from tests.support.office import (
    DRAFT,
    NOW,
    ONLY_CHANNELS,
    Office,
    OfficeWording,
)

TRAINING = 7


@pytest.fixture
async def office(office: Office) -> Office:
    await office.has_channel("Utskick")
    return office


@pytest.fixture
async def sent(office: Office, kerstin: Person) -> Announcement:
    """Delivered to one channel, with 20 seats left."""
    draft = replace(DRAFT, training_id=TRAINING, audience=ONLY_CHANNELS)
    announcement = await office.sends(kerstin, await office.saves(kerstin, draft))
    await office.delivers()
    return announcement


async def updates(office: Office) -> int:
    return len(await rows(office.database, action=Action.UPDATE))


async def test_nothing_is_edited_while_nothing_has_changed(
    office: Office, sent: Announcement
) -> None:
    assert await office.seats.refresh({TRAINING: Shown(20, 0)}, NOW) == 0
    assert await office.seats.refresh({}, NOW) == 0
    assert await office.seats.refresh({TRAINING + 1: Shown(3, 0)}, NOW) == 0
    assert await updates(office) == 0


async def test_a_taken_seat_edits_the_post(office: Office, sent: Announcement) -> None:
    office.wording.seats = 19
    assert await office.seats.refresh({TRAINING: Shown(19, 0)}, NOW) == 1
    await office.delivers()
    last = office.messenger.sent[-1]
    assert (last.action, last.whom) == ("update", "channel-Utskick")
    assert last.message.card
    assert last.message.card["speak"] == "19"


async def test_a_fast_training_edits_once_a_minute_and_ends_right(
    office: Office, sent: Announcement
) -> None:
    edited = []
    for second in range(0, 121, 5):
        office.wording.seats = 20 - second // 7
        moment = NOW + timedelta(seconds=second)
        edited.append(
            await office.seats.refresh({TRAINING: Shown(office.wording.seats, 0)}, moment)
        )
    assert sum(edited) == 2
    assert (
        await office.seats.refresh(
            {TRAINING: Shown(office.wording.seats, 0)}, NOW + timedelta(seconds=180)
        )
        == 1
    )
    await office.delivers()
    last = office.messenger.sent[-1]
    assert last.message.card
    assert last.message.card["speak"] == str(office.wording.seats)


async def test_many_processes_edit_it_once(
    database_url: str, office: Office, sent: Announcement
) -> None:
    databases = [Database(database_url) for _ in range(4)]
    wording = OfficeWording()
    wording.seats = 3
    workers = [LiveSeats(database, lambda: None, wording) for database in databases]
    edited = await asyncio.gather(*(one.refresh({TRAINING: Shown(3, 0)}, NOW) for one in workers))
    assert sum(edited) == 1
    assert await updates(office) == 1
    for database in databases:
        await database.close()


async def test_edited_seats_are_no_correction(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    office.wording.seats = 5
    await office.seats.refresh({TRAINING: Shown(5, 0)}, NOW)
    await office.delivers()
    report = await office.sent.report(kerstin, sent.id)
    assert (report.counts, report.changes) == ({Status.SENT: 1}, {})
    assert (await office.announcements.get(kerstin, sent.id)).version == sent.version


async def test_a_correction_stays_when_seats_change(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    await office.corrects(kerstin, sent, "Ett fel i länken är rättat.")
    office.wording.seats = 5
    await office.seats.refresh({TRAINING: Shown(5, 0)}, NOW)
    kept = await office.announcements.get(kerstin, sent.id)
    assert kept.draft.words.text == "Ett fel i länken är rättat."
    assert kept.corrected_at


async def test_what_was_withdrawn_is_left_alone(
    office: Office, kerstin: Person, sent: Announcement
) -> None:
    await office.sent.withdraw(kerstin, sent.id)
    assert await office.seats.refresh({TRAINING: Shown(1, 0)}, NOW) == 0
    assert await updates(office) == 0
