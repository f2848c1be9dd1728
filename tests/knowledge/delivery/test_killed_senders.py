"""`kill -9`, twenty times in one send to 2,000 people: what was on its way is called uncertain."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import suppress
from multiprocessing.process import BaseProcess

import pytest

from knowledge.delivery.sender import BATCH_PER_TENANT
from knowledge.storage.database import Database
from tests.support.connector import FakeConnector
from tests.support.deliveries import enqueue, rows, until_settled
from tests.support.senders import accepted, check, ended, recipients, sender_process

EVERYBODY = 2_000
KILLS = 20
TENANTS = 2
BATCH = TENANTS * BATCH_PER_TENANT
"""The most that a sender has in hand when it sends to so few tenants."""


@pytest.fixture
async def teams() -> AsyncIterator[FakeConnector]:
    async with FakeConnector() as running:
        running.answers(delay=0.02, times=1_000_000)
        yield running


async def kill_later(process: BaseProcess, teams: FakeConnector, chance: random.Random) -> None:
    """Kill the sender at a random moment of its work."""
    with suppress(TimeoutError):  # another one did the rest
        await accepted(teams, len(teams.posts) + chance.randint(1, 60), seconds=2)
    await asyncio.sleep(chance.uniform(0.0, 0.05))
    process.kill()
    await ended(process)


async def in_the_air(database: Database) -> set[int]:
    """What senders hold, dead ones included."""
    return {row["id"] for row in await rows(database) if row["status"] == "sending"}


async def test_killed_and_started_again_twenty_times_nothing_is_lost_or_sent_twice(
    database: Database, database_url: str, teams: FakeConnector
) -> None:
    chance = random.Random(19)  # noqa: S311 - the same moments in every run
    await enqueue(database, *recipients(teams, EVERYBODY, tenants=TENANTS))
    left_behind: set[int] = set()
    for _ in range(KILLS):
        async with sender_process(database_url) as process:
            await kill_later(process, teams, chance)
        lost = await in_the_air(database) - left_behind
        assert len(lost) <= BATCH
        left_behind |= lost
    async with sender_process(database_url):
        await until_settled(database, seconds=30)
    found = await check(database, teams, everybody=EVERYBODY)
    assert found["uncertain"] == len(left_behind)
    assert found["sent"] > EVERYBODY / 4


@pytest.mark.postgres
async def test_a_survivor_takes_over_from_twenty_killed_senders(
    postgres_url: str, teams: FakeConnector
) -> None:
    chance = random.Random(21)  # noqa: S311 - as above
    database = Database(postgres_url)
    await enqueue(database, *recipients(teams, EVERYBODY, tenants=TENANTS))
    async with sender_process(postgres_url):
        for _ in range(KILLS):
            async with sender_process(postgres_url) as doomed:
                await kill_later(doomed, teams, chance)
        await until_settled(database, seconds=30)
    found = await check(database, teams, everybody=EVERYBODY)
    assert found["uncertain"] <= KILLS * BATCH
    await database.close()
