"""Pause and resume, while senders are at work."""

import asyncio

from knowledge.delivery import pauses
from knowledge.delivery.sender import BATCH_PER_TENANT, Sender
from knowledge.storage.database import Database
from tests.support.deliveries import (
    enqueue,
    falls_silent,
    people,
    to_person,
    until,
    until_settled,
)
from tests.support.fakes import FakeMessenger


async def pause(database: Database, group: str = pauses.EVERYTHING) -> bool:
    async with database.write() as tx:
        return await pauses.pause(tx, database, group)


async def resume(database: Database, group: str = pauses.EVERYTHING) -> bool:
    async with database.write() as tx:
        return await pauses.resume(tx, group)


async def test_a_pause_is_obeyed_by_every_process_and_nothing_is_lost(
    database: Database, database_url: str
) -> None:
    messenger, other, stop = FakeMessenger(), Database(database_url), asyncio.Event()
    senders = [asyncio.create_task(Sender(one, messenger).run(stop)) for one in (database, other)]
    await enqueue(database, *people(400, tenants=2))
    await until(lambda: len(messenger.sent) >= 10)
    await pause(database)
    left = len(messenger.sent)
    in_hand = 2 * 2 * BATCH_PER_TENANT  # two tenants' in two processes, and there is much more
    assert await falls_silent(lambda: len(messenger.calls)) <= left + in_hand < 400

    await resume(database)
    await until_settled(database, seconds=20)
    stop.set()
    await asyncio.gather(*senders)
    assert len({call.whom for call in messenger.sent}) == len(messenger.calls) == 400
    await other.close()


async def test_one_group_is_held_and_the_others_go_on(database: Database) -> None:
    messenger, stop = FakeMessenger(), asyncio.Event()
    await pause(database, "announcement:1")
    await enqueue(database, *people(5, tenants=5), group="announcement:1")
    await enqueue(database, to_person(99, tenant="tenant-9"), group="announcement:2")
    sender = asyncio.create_task(Sender(database, messenger).run(stop))
    await until(lambda: len(messenger.sent) == 1)
    assert messenger.sent[0].whom == "chat-99"

    await resume(database, "announcement:1")
    await until_settled(database)
    stop.set()
    await sender
    assert len(messenger.sent) == 6


async def test_pausing_twice_is_pausing_once(database: Database) -> None:
    assert [await pause(database), await pause(database)] == [True, False]
    assert [await resume(database), await resume(database)] == [True, False]


async def test_going_on_with_everything_leaves_a_paused_group_alone(database: Database) -> None:
    await pause(database, "announcement:1")
    await pause(database)
    await resume(database)

    async with database.read() as tx:
        assert await pauses.list_paused(tx) == ["announcement:1"]
