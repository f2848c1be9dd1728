"""The clock is put back an hour: what was due goes on, what was chosen for later keeps its time."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import delete, insert, update

from knowledge.channels import readings
from knowledge.channels.models import Channel, channel_readings
from knowledge.delivery import clock_back, conversation_pace, outbox, tenant_pace
from knowledge.delivery.clock_back import ClockGuard, set_right
from knowledge.delivery.conversation_pace import conversation_paces
from knowledge.delivery.messenger import Message
from knowledge.delivery.models import deliveries
from knowledge.delivery.sender import Sender
from knowledge.delivery.tenant_pace import paces
from knowledge.storage import conversations as module
from knowledge.storage.conversations import Conversations
from knowledge.storage.database import Database
from knowledge.timers.clockwork import Clockwork
from knowledge.timers.timers import timers
from tests.support.deliveries import SERVICE, enqueue, rows, to_person, until, until_settled
from tests.support.fakes import FakeMessenger
from tests.support.timers import set_timer, timer_rows

HOUR = 3_600.0
TEAM = Channel(1, "tenant-1", "19:team", "", "19:team", "", SERVICE, "0780", True)


async def put_back(database: Database, seconds: float = HOUR) -> None:
    """As seen from the clock: everything that is stored lies so much further ahead."""
    async with database.write() as tx:
        moved = {"due": deliveries.c.due + seconds, "created_at": deliveries.c.created_at + seconds}
        await tx.execute(update(deliveries).values(**moved))
        now = datetime.now(UTC).timestamp()
        held = update(paces).where(paces.c.held_until > 0)
        await tx.execute(held.values(held_until=paces.c.held_until + seconds))
        await tx.execute(update(paces).values(next_at=now + seconds))
        line = {"tenant_id": "tenant-1", "conversation": "chat-1", "next_at": now + seconds}
        await tx.execute(delete(conversation_paces))
        await tx.execute(insert(conversation_paces).values(**line))


async def until_sent(database: Database, messenger: FakeMessenger, count: int) -> None:
    stop = asyncio.Event()
    sending = asyncio.create_task(Sender(database, messenger).run(stop))
    await until(lambda: len(messenger.sent) >= count, seconds=20)
    stop.set()
    await sending


async def test_what_waits_leaves_at_once(database: Database) -> None:
    await enqueue(database, *map(to_person, range(1, 4)))
    await put_back(database)
    messenger = FakeMessenger()
    await until_sent(database, messenger, 3)
    await until_settled(database)

    assert len(messenger.sent) == 3


async def test_a_sender_at_work_notices(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    messenger, stop = FakeMessenger(), asyncio.Event()
    sending = asyncio.create_task(Sender(database, messenger).run(stop))
    await enqueue(database, to_person(1))
    await until_settled(database)
    await enqueue(database, to_person(2), group="second")
    await put_back(database)
    ahead = SimpleNamespace(monotonic=lambda: time.monotonic() + HOUR)
    monkeypatch.setattr(clock_back, "time", ahead)
    await until(lambda: len(messenger.sent) == 2, seconds=20)
    stop.set()
    await sending


async def test_what_was_chosen_for_later_keeps_its_moment(database: Database) -> None:
    later = datetime.now(UTC) + timedelta(hours=8)
    async with database.write() as tx:
        await outbox.enqueue(
            tx,
            database,
            group_key="night",
            message=Message("God morgon"),
            targets=[to_person(1)],
            not_before=lambda _target: later,
        )
        await set_right(tx, database, 15.0)

    [row] = await rows(database)
    assert row["due"] == pytest.approx(later.timestamp())


@pytest.mark.parametrize(("asked", "put_back_by"), [(600.0, 0.0), (600.0, HOUR), (0.0, 300.0)])
async def test_a_line_is_held_only_as_long_as_teams_can_ask(
    database: Database, asked: float, put_back_by: float
) -> None:
    await enqueue(database, to_person(1))
    async with database.write() as tx:
        if asked:
            await tenant_pace.hold(tx, database, {"tenant-1": asked})
    if put_back_by:
        await put_back(database, put_back_by)
    async with database.write() as tx:
        await set_right(tx, database, 15.0)
        ahead = (await tx.execute(paces.select())).one().next_at - datetime.now(UTC).timestamp()

    assert (ahead > 500) is (asked > 0 and put_back_by == 0)


@pytest.mark.parametrize(("asked", "put_back_by"), [(600.0, 0.0), (600.0, HOUR), (0.0, 600.0)])
async def test_so_is_a_conversations(database: Database, asked: float, put_back_by: float) -> None:
    chat = ("tenant-1", "chat-1")
    async with database.write() as tx:
        await conversation_pace.reserve(tx, database, {chat: 6})
        if asked:
            await conversation_pace.hold(tx, database, {chat: asked})
        row = conversation_paces.c
        lines = update(conversation_paces)
        await tx.execute(lines.values(next_at=row.next_at + put_back_by))
        held = lines.where(row.held_until > 0)
        await tx.execute(held.values(held_until=row.held_until + (put_back_by if asked else 0)))
    async with database.write() as tx:
        await set_right(tx, database, 15.0)
        ahead = (await tx.execute(conversation_paces.select())).one().next_at
        ahead -= datetime.now(UTC).timestamp()

    assert (ahead > 500) is (asked > 0 and put_back_by == 0)


async def test_a_list_of_channels_is_read_although_it_is_due_in_an_hour(
    database: Database,
) -> None:
    now = datetime.now(UTC)
    async with database.write() as tx:
        await readings.ask(tx, database, TEAM, now)
        for ahead, is_due in ((600.0, False), (HOUR, True)):
            later = update(channel_readings).values(due=now.timestamp() + ahead)
            await tx.execute(later)
            assert await readings.is_due(tx) is is_due
        assert await readings.claim(tx, database) is not None


async def test_a_retry_is_no_further_ahead_than_a_retry_can_be(database: Database) -> None:
    await enqueue(database, to_person(1), to_person(2))
    now = datetime.now(UTC).timestamp()
    async with database.write() as tx:
        for id, wait in ((1, 800.0), (2, HOUR + 800.0)):
            row = update(deliveries).where(deliveries.c.id == id)
            await tx.execute(row.values(attempts=3, due=now + wait))
        await set_right(tx, database, 15.0)

    first, second = sorted(await rows(database), key=lambda row: row["id"])
    assert first["due"] == pytest.approx(now + 800)
    assert second["due"] < now + 60


async def test_the_guard_heeds_only_a_clock_that_goes_back(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    guard = ClockGuard()
    async with database.read() as tx:
        found = [await guard.has_gone_back(tx), await guard.has_gone_back(tx)]
        for jump in (-HOUR, 0.0):  # forwards, and back again
            ahead = SimpleNamespace(monotonic=lambda jump=jump: time.monotonic() + jump)
            monkeypatch.setattr(clock_back, "time", ahead)
            found.append(await guard.has_gone_back(tx))

    assert found == [True, False, False, True]


async def test_timers_that_recur_ring_and_those_for_a_moment_wait(database: Database) -> None:
    rung, stop = [], asyncio.Event()
    clockwork = Clockwork(database)

    async def ring(_tx: object, timer: object) -> datetime:
        rung.append(timer)
        return datetime.now(UTC) + timedelta(minutes=1)

    clockwork.on("alarms", ring, always=True)
    later = datetime.now(UTC) + timedelta(hours=1)
    await set_timer(database, "alarms", kind="alarms", due=later)
    await set_timer(database, "reminder", kind="alarms", due=later)
    await set_timer(database, "held", kind="alarms", due=later)
    async with database.write() as tx:
        await tx.execute(update(timers).where(timers.c.key == "held").values(lease="dead"))
    running = asyncio.create_task(clockwork.run(stop))
    await until(lambda: bool(rung), seconds=20)
    stop.set()
    await running

    found = await timer_rows(database)
    now = datetime.now(UTC).timestamp()
    assert [timer.key for timer in rung] == ["alarms"]
    assert found["reminder"]["due"] == pytest.approx(later.timestamp())
    assert found["held"]["due"] < now + 60


async def test_a_conversation_is_free_when_its_lease_is_longer_than_a_lease(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.1)
    conversations = Conversations(database)
    await conversations._open("t|samtal", "ett", "somebody before the clock was put back")
    async with database.write() as tx:
        later = module.conversations.c.lease_until + HOUR
        await tx.execute(update(module.conversations).values(lease_until=later))
    async with conversations.turn("t|samtal", "två") as opened:
        assert not opened.repeated
