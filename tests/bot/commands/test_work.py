"""`tryggve work`: real processes that share what is to be sent."""

import asyncio
import os
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from knowledge.delivery.models import Target
from knowledge.delivery.sender import BATCH
from knowledge.storage.database import Database
from knowledge.storage.one_sender import only_sender
from tests.support.connector import FakeConnector
from tests.support.deliveries import enqueue, statuses, to_person, until, until_settled
from tests.support.postgres import free_port
from tests.support.timers import hurry, set_timer, timer_rows

EVERYBODY = 120


@asynccontextmanager
async def process(url: str, *words: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """`tryggve …` on this database, in demo mode: nobody signs, and Teams may be on loopback."""
    settings = {k: v for k, v in os.environ.items() if not k.startswith("TRYGGVE_")}
    settings |= {"TRYGGVE_DATABASE_URL": url, "TRYGGVE_DEMO": "true", "PYTHONUTF8": "1"}
    started = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, env=settings,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield started
    finally:
        if started.returncode is None:
            started.kill()
        await started.communicate()


async def said(one: asyncio.subprocess.Process, words: str) -> None:
    """It has printed this."""
    assert one.stdout is not None
    async with asyncio.timeout(60):
        while words not in (line := (await one.stdout.readline()).decode()):
            assert line, "the process ended"


async def stops(one: asyncio.subprocess.Process) -> int:
    one.terminate()
    return await asyncio.wait_for(one.wait(), 30)


def residents(teams: FakeConnector, count: int = EVERYBODY) -> list[Target]:
    """People in as many tenants, whose chats are at our own Teams."""
    targets = [to_person(number, tenant=f"tenant-{number}") for number in range(count)]
    return [replace(one, address=replace(one.address, service_url=teams.url)) for one in targets]


def received(teams: FakeConnector) -> Counter[str]:
    return Counter(post["conversation"] for post in teams.posts)


@pytest.mark.postgres
async def test_two_workers_share_a_send_and_one_survives_the_other(postgres_url: str) -> None:
    database = Database(postgres_url)
    async with (
        FakeConnector() as teams,
        process(postgres_url, "work") as doomed,
        process(postgres_url, "work") as survivor,
    ):
        for one in (doomed, survivor):
            await said(one, '"event": "started"')
        await enqueue(database, *residents(teams))
        await until(lambda: len(teams.posts) >= 20, seconds=20)
        doomed.kill()
        await until_settled(database, seconds=40)
        assert await stops(survivor) == 0

    outcomes = Counter(await statuses(database))
    assert set(outcomes) <= {"sent", "uncertain"}
    assert outcomes["uncertain"] <= BATCH
    assert max(received(teams).values()) == 1
    assert outcomes["sent"] <= len(received(teams)) <= EVERYBODY
    await database.close()


@pytest.mark.postgres
async def test_a_server_without_a_sender_leaves_the_sending_to_a_worker(postgres_url: str) -> None:
    database = Database(postgres_url)
    port = str(free_port())
    async with (
        FakeConnector() as teams,
        process(postgres_url, "serve", "--demo", "--no-sender", "--port", port) as server,
    ):
        await said(server, '"event": "started"')
        await set_timer(database, "weekly_note", kind="weekly_note")
        await enqueue(database, *residents(teams, 5))
        await asyncio.sleep(2.5)
        assert set(await statuses(database)) == {"pending"}
        assert (await timer_rows(database))["weekly_note"]["attempts"] == 0

        async with process(postgres_url, "work") as worker:
            await until_settled(database, seconds=40)
            await hurry(database, "weekly_note")
            async with asyncio.timeout(20):
                while (await timer_rows(database))["weekly_note"]["due"] == 0.0:  # noqa: ASYNC110
                    await asyncio.sleep(0.1)
            assert await stops(worker) == 0
        assert sum(received(teams).values()) == 5
        assert await stops(server) == 0
    await database.close()


async def test_on_sqlite_a_worker_refuses_a_file_that_a_server_sends_from(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with only_sender(database) as alone:
        assert alone
        async with process(sqlite_url, "work") as refused:
            _, complaint = await asyncio.wait_for(refused.communicate(), 60)
    assert refused.returncode == 1
    assert complaint.decode() == (
        "En annan Tryggve använder redan den här SQLite-filen. "
        "Stoppa den först, eller byt till PostgreSQL för att köra flera.\n"
    )
    await database.close()


async def test_on_sqlite_a_worker_alone_sends(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    async with FakeConnector() as teams, process(sqlite_url, "work") as worker:
        await said(worker, '"event": "started"')
        await enqueue(database, *residents(teams, 5))
        await until_settled(database, seconds=20)
        assert await stops(worker) == 0
    assert sum(received(teams).values()) == 5
    await database.close()


async def test_on_sqlite_a_server_sends_itself(sqlite_url: str) -> None:
    async with process(sqlite_url, "serve", "--demo", "--no-sender", "--port", "1") as refused:
        _, complaint = await asyncio.wait_for(refused.communicate(), 60)
    assert refused.returncode == 1
    assert complaint.decode().startswith("--no-sender fungerar bara med PostgreSQL.")
