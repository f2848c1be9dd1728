"""Senders that are killed, stopped and frozen in the middle of their work, as real processes."""

import asyncio
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from knowledge.storage.database import Database
from knowledge.storage.sender import BATCH
from tests.support.deliveries import enqueue, people, rows, statuses, until, until_settled

EVERYBODY = 200
LEASE_SECONDS = "1.0"


class PostCounter:
    """Accepts every post and counts it before it answers, as Teams would."""

    def __init__(self) -> None:
        self.posts: Counter[str] = Counter()
        self.port = 0

    async def accept(self, request: web.Request) -> web.Response:
        self.posts[await request.text()] += 1
        await asyncio.sleep(0.02)
        return web.Response(text=f"activity-{self.posts.total()}")

    async def reaches(self, number: int) -> None:
        await until(lambda: self.posts.total() >= number, seconds=10)


@pytest.fixture
async def counter() -> AsyncIterator[PostCounter]:
    counter = PostCounter()
    app = web.Application()
    app.router.add_post("/", counter.accept)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    counter.port = runner.addresses[0][1]
    yield counter
    await runner.cleanup()


@asynccontextmanager
async def sender_process(
    url: str, counter: PostCounter
) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.support.sender_process", url, str(counter.port), LEASE_SECONDS
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def check(database: Database, counter: PostCounter, *, most_uncertain: int) -> None:
    """Nobody got it twice, nobody was forgotten, and what nobody knows is called uncertain."""
    by_status: dict[str, set[str]] = {"sent": set(), "uncertain": set()}
    for row in await rows(database):
        by_status[row["status"]].add(row["conversation_id"])
    assert max(counter.posts.values()) == 1
    assert by_status["sent"] <= set(counter.posts) <= by_status["sent"] | by_status["uncertain"]
    assert len(by_status["sent"] | by_status["uncertain"]) == EVERYBODY
    assert len(by_status["uncertain"]) <= most_uncertain


async def test_killed_twice_and_restarted_nothing_is_lost_or_sent_twice(
    database: Database, database_url: str, counter: PostCounter
) -> None:
    await enqueue(database, *people(EVERYBODY, tenants=EVERYBODY))
    for killed_at in (40, 110):
        async with sender_process(database_url, counter) as process:
            await counter.reaches(killed_at)
            process.kill()
    async with sender_process(database_url, counter):
        await until_settled(database, seconds=12)
    await check(database, counter, most_uncertain=2 * BATCH)


@pytest.mark.postgres
async def test_a_survivor_takes_over_from_a_killed_sender(
    postgres_url: str, counter: PostCounter
) -> None:
    database = Database(postgres_url)
    await enqueue(database, *people(EVERYBODY, tenants=EVERYBODY))
    async with sender_process(postgres_url, counter) as doomed:
        await counter.reaches(40)
        async with sender_process(postgres_url, counter):
            await counter.reaches(70)
            doomed.kill()
            await until_settled(database, seconds=12)
    await check(database, counter, most_uncertain=BATCH)
    await database.close()


async def test_stopped_politely_nothing_is_uncertain(
    database: Database, database_url: str, counter: PostCounter
) -> None:
    await enqueue(database, *people(EVERYBODY, tenants=EVERYBODY))
    async with sender_process(database_url, counter) as process:
        await counter.reaches(40)
        process.terminate()
        assert await asyncio.wait_for(process.wait(), 5) == 0
    assert set(await statuses(database)) == {"sent", "pending"}
    async with sender_process(database_url, counter):
        await until_settled(database, seconds=12)
    await check(database, counter, most_uncertain=0)


@pytest.mark.postgres
async def test_frozen_past_its_lease_a_sender_sends_nothing_that_others_took_over(
    postgres_url: str, counter: PostCounter
) -> None:
    database = Database(postgres_url)
    await enqueue(database, *people(EVERYBODY, tenants=EVERYBODY))
    async with (
        sender_process(postgres_url, counter) as frozen,
        sender_process(postgres_url, counter),
    ):
        await counter.reaches(40)
        frozen.send_signal(signal.SIGSTOP)
        await until_settled(database, seconds=12)
        frozen.send_signal(signal.SIGCONT)
        await asyncio.sleep(0.3)
    await check(database, counter, most_uncertain=BATCH)
    await database.close()
