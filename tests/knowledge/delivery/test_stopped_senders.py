"""Senders that are stopped, frozen, and cut off in the middle of their work, as real processes."""

import asyncio
import signal
from collections.abc import AsyncIterator

import pytest

from knowledge.delivery import changes, outbox
from knowledge.delivery.models import Action, Status
from knowledge.delivery.sender import BATCH_PER_TENANT
from knowledge.storage.database import Database
from tests.support.connector import FakeConnector
from tests.support.deliveries import (
    MESSAGE,
    a_minute_passes,
    arrive,
    enqueue,
    falls_silent,
    rows,
    statuses,
    until_none_is,
    until_settled,
)
from tests.support.senders import accepted, check, ended, recipients, sender_process, signal_to

EVERYBODY = 200
TENANTS = 4


@pytest.fixture
async def teams() -> AsyncIterator[FakeConnector]:
    async with FakeConnector() as running:
        running.answers(delay=0.02, times=1_000_000)
        yield running


async def test_stopped_politely_nothing_is_uncertain(
    database: Database, database_url: str, teams: FakeConnector
) -> None:
    await enqueue(database, *recipients(teams, EVERYBODY, tenants=TENANTS))
    async with sender_process(database_url) as process:
        await accepted(teams, 40)
        process.terminate()
        assert await ended(process) == 0
    assert set(await statuses(database)) == {"sent", "pending"}
    async with sender_process(database_url):
        await until_settled(database, seconds=20)
    assert (await check(database, teams, everybody=EVERYBODY))["uncertain"] == 0


@pytest.mark.postgres
async def test_frozen_past_its_lease_a_sender_sends_nothing_that_others_took_over(
    postgres_url: str, teams: FakeConnector
) -> None:
    database = Database(postgres_url)
    await enqueue(database, *recipients(teams, EVERYBODY, tenants=TENANTS))
    async with sender_process(postgres_url) as frozen, sender_process(postgres_url):
        await accepted(teams, 40)
        signal_to(frozen, signal.SIGSTOP)
        # It may have been frozen in a transaction, with locks that the server takes back.
        await until_settled(database, seconds=30)
        signal_to(frozen, signal.SIGCONT)
        await asyncio.sleep(0.5)
    found = await check(database, teams, everybody=EVERYBODY)
    assert found["uncertain"] <= TENANTS * BATCH_PER_TENANT
    await database.close()


async def test_cancelled_while_sending_nothing_new_leaves(
    database: Database, database_url: str, teams: FakeConnector
) -> None:
    await enqueue(database, *recipients(teams, 2_000, tenants=TENANTS))
    async with sender_process(database_url):
        await accepted(teams, 40)
        async with database.write() as tx:
            await outbox.cancel(tx, "group")
        left = await falls_silent(lambda: len(teams.posts))
        await until_none_is(database, Status.SENDING)
        assert len(teams.posts) == left
    assert set(await statuses(database)) == {"sent", "cancelled"}
    assert (await statuses(database)).count("sent") == left


@pytest.mark.parametrize(
    ("database_url", "action"),
    [
        ("sqlite", Action.DELETE),
        pytest.param("postgres", Action.UPDATE, marks=pytest.mark.postgres),
    ],
    indirect=["database_url"],
)
async def test_ten_thousand_copies_are_changed_although_the_sender_is_killed_half_way(
    database: Database, database_url: str, teams: FakeConnector, action: Action
) -> None:
    copies = 10_000
    await enqueue(database, *recipients(teams, copies, tenants=40))
    await arrive(database)
    async with database.write() as tx:
        if action is Action.UPDATE:
            await changes.correct(tx, database, "group", MESSAGE)
        else:
            await changes.take_back(tx, database, "group")
    await a_minute_passes(database)
    for killed_at in (2_000, 5_000):
        async with sender_process(database_url, rate=4_500) as process:
            await accepted(teams, killed_at, seconds=30)
            process.kill()
    async with sender_process(database_url, rate=4_500):
        await until_settled(database, seconds=60)
    assert {row["status"] for row in await rows(database, action=action)} == {"sent"}
    assert {post["conversation"] for post in teams.posts} == {f"chat-{n}" for n in range(copies)}
    assert {post["kind"] for post in teams.posts} == {action.value}
