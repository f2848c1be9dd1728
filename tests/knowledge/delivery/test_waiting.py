"""A database out of a backup: what waited in it for days is not sent by itself."""

import asyncio

import pytest
from sqlalchemy import select, update

from knowledge.announcements.models import Announcement
from knowledge.delivery.models import Status, deliveries
from knowledge.delivery.sender import Sender
from knowledge.delivery.waiting import OLD_SECONDS, TOO_OLD
from knowledge.storage.database import Database
from tests.support.office import GOTEBORG, VASTRA_GOTALAND, Office

DAY = OLD_SECONDS


@pytest.fixture
async def office(database: Database) -> Office:
    office = Office(database)
    for name in ("anna", "bo", "cecilia"):
        await office.employs(name, at=GOTEBORG)
    return office


async def _announce(office: Office) -> Announcement:
    kerstin = await office.employs("kerstin", coordinates=VASTRA_GOTALAND)
    return await office.sends(kerstin, await office.saves(kerstin))


async def _ages(database: Database, seconds: float, **also: object) -> None:
    """So much time passes in which nobody sends anything."""
    older = {"due": deliveries.c.due - seconds, "created_at": deliveries.c.created_at - seconds}
    async with database.write() as tx:
        await tx.execute(update(deliveries).values(**older, **also))


async def _statuses(database: Database) -> list[tuple[str, str]]:
    query = select(deliveries.c.status, deliveries.c.reason).order_by(deliveries.c.id)
    async with database.read() as tx:
        return [(status, reason) for status, reason in await tx.execute(query)]


async def test_what_waited_for_days_is_cancelled_and_shown(
    database: Database, office: Office
) -> None:
    sent = await _announce(office)
    await _ages(database, 3 * DAY)
    await office.delivers()
    assert await _statuses(database) == [(Status.CANCELLED, TOO_OLD)] * 3
    assert office.messenger.sent == []

    kerstin = await office.employs("kerstin", coordinates=VASTRA_GOTALAND)
    report = await office.sent.report(kerstin, sent.id)
    assert {failure.reason for failure in report.failures} == {TOO_OLD}
    assert (report.finished, report.unreached) == (True, 3)
    assert await office.sent.resend_failed(kerstin, sent.id) == report.again == 3


async def test_what_is_paused_waits_as_long_as_it_takes(database: Database, office: Office) -> None:
    sent = await _announce(office)
    kerstin = await office.employs("kerstin", coordinates=VASTRA_GOTALAND)
    await office.sent.pause(kerstin, sent.id)
    await _ages(database, 3 * DAY)
    await office.delivers()
    assert await _statuses(database) == [(Status.PENDING, "")] * 3

    await office.sent.resume(kerstin, sent.id)
    await office.delivers()
    assert len(office.messenger.sent) == 3


async def test_what_was_in_hand_but_not_started_is_as_old(
    database: Database, office: Office
) -> None:
    await _announce(office)
    await _ages(database, 3 * DAY, status=Status.SENDING.value, lease_owner="dead")
    await office.delivers()

    assert await _statuses(database) == [(Status.CANCELLED, TOO_OLD)] * 3


async def test_what_had_been_started_is_uncertain_all_the_same(
    database: Database, office: Office
) -> None:
    await _announce(office)
    started = {"lease_owner": "dead", "sending_started_at": 1.0}
    await _ages(database, 3 * DAY, status=Status.SENDING.value, **started)
    await office.delivers()

    assert await _statuses(database) == [(Status.UNCERTAIN, "interrupted")] * 3


async def test_a_night_without_a_sender_is_not_too_long(database: Database, office: Office) -> None:
    await _announce(office)
    await _ages(database, DAY / 2)
    await office.delivers()

    assert len(office.messenger.sent) == 3


async def test_what_is_due_later_stays(database: Database, office: Office) -> None:
    await _announce(office)
    await _ages(database, 3 * DAY)
    async with database.write() as tx:
        first = select(deliveries.c.id).order_by(deliveries.c.id).limit(1).scalar_subquery()
        later = {"due": deliveries.c.due + 30 * DAY}
        await tx.execute(update(deliveries).where(deliveries.c.id == first).values(**later))
    stop = asyncio.Event()
    sender = asyncio.create_task(Sender(database, office.messenger).run(stop))
    for _ in range(500):
        if (Status.CANCELLED, TOO_OLD) in await _statuses(database):
            break
        await asyncio.sleep(0.01)
    stop.set()
    await sender

    assert [status for status, _ in await _statuses(database)] == [
        Status.PENDING,
        Status.CANCELLED,
        Status.CANCELLED,
    ]


async def test_a_long_queue_that_is_being_sent_is_not_too_old(
    database: Database, office: Office
) -> None:
    """A second process starts while the first still works on what was written days ago."""
    await _announce(office)
    await _ages(database, 3 * DAY)
    async with database.write() as tx:
        first = select(deliveries.c.id).order_by(deliveries.c.id).limit(1).scalar_subquery()
        touched = {"due": deliveries.c.due + 3 * DAY, "status": Status.SENT.value}
        await tx.execute(update(deliveries).where(deliveries.c.id == first).values(**touched))
    await office.delivers()

    assert len(office.messenger.sent) == 2
