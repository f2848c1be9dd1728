"""The real rate over real HTTP: two workers stay below what Teams allows, and near it."""

from contextlib import AsyncExitStack

import pytest

from knowledge.delivery.tenant_pace import RATE
from knowledge.storage.database import Database
from tests.support.connector import FakeConnector
from tests.support.deliveries import enqueue, until, until_settled
from tests.support.limits import TeamsLimits
from tests.support.senders import recipients, sender_process


async def send(url: str, *, workers: int) -> TeamsLimits:
    """Send to 400 people in two tenants. Returns what Teams would say about the speed."""
    database, limits = Database(url), TeamsLimits()
    async with FakeConnector(limits) as teams, AsyncExitStack() as stack:
        await enqueue(database, *recipients(teams, 400, tenants=2))
        for _ in range(workers):
            await stack.enter_async_context(sender_process(url, rate=RATE, lease_seconds=15))
        await until_settled(database, seconds=20)
        assert len(teams.posts) == 400
        assert teams.throttled == 0
    await database.close()
    return limits


async def test_no_second_has_more_than_teams_allows(database_url: str) -> None:
    limits = await send(database_url, workers=1)
    assert limits.worst() <= 50
    assert limits.worst(per_conversation=True) <= 7


@pytest.mark.postgres
async def test_two_workers_share_what_teams_allows(postgres_url: str) -> None:
    limits = await send(postgres_url, workers=2)
    assert limits.worst() <= 50
    assert limits.worst(per_conversation=True) <= 7


async def test_the_connector_sees_who_goes_too_fast(sqlite_url: str) -> None:
    """The control: without it, nobody being throttled would prove nothing."""
    database, limits = Database(sqlite_url), TeamsLimits()
    async with (
        FakeConnector(limits) as teams,
        sender_process(sqlite_url, rate=3 * RATE),
    ):
        await enqueue(database, *recipients(teams, 200, tenants=1))
        await until(lambda: teams.throttled > 0)
    assert limits.worst() > 50
    await database.close()
