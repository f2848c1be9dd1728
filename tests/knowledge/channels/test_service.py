"""Teams and their channels: met by several at once, and by tenants with the same ids."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from knowledge.channels import repository
from knowledge.channels.models import Change, Channel, Seen
from knowledge.storage.database import Database, Writing
from tests.support.office import GOTEBORG, Office

TEAM = "19:team"


def at(second: int) -> datetime:
    """A moment in Teams."""
    return datetime(2026, 11, 22, 9, 0, second, tzinfo=UTC)


def added(channel: str, tenant: str = "tenant-gbg") -> Seen:
    return Seen(tenant, TEAM, channel, at(1), service_url="s", added=True, chosen=True)


def heard(channel: str, tenant: str = "tenant-gbg") -> Seen:
    return Seen(tenant, TEAM, channel, at(2), service_url="s")


async def team_in(office: Office, tenant: str = "tenant-gbg") -> Channel:
    async with office.database.read() as tx:
        team = await repository.find_team(tx, tenant, TEAM)
    assert team is not None
    return team


async def meet_at_once(office: Office) -> Channel:
    """The bot is added to "nyheter" while people already write to it in "fika"."""
    everyone = [added("nyheter"), *(heard("fika") for _ in range(5))]
    await asyncio.gather(*(office.channels.hear(seen) for seen in everyone))
    return await team_in(office)


async def test_a_team_met_by_many_at_once_keeps_what_was_chosen(office: Office) -> None:
    team = await meet_at_once(office)

    assert (team.conversation_id, team.municipality) == ("nyheter", GOTEBORG)


@pytest.fixture
async def unlocked(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    """An office where a team is read without being held, and messages are the last to write."""
    all_have_read = asyncio.Barrier(6)

    async def look(tx: Writing, database: Database, seen: Seen) -> Channel:
        found = await repository.find_team(tx, seen.tenant_id, seen.team_id)
        await all_have_read.wait()
        await asyncio.sleep(0.0 if seen.added else 0.3)
        assert found is not None
        return found

    database = Database(postgres_url)
    async with database.write() as tx:
        await repository.hold_team(tx, database, heard("fika"))
    monkeypatch.setattr(repository, "hold_team", look)
    yield Office(database)
    await database.close()


@pytest.mark.postgres
async def test_control_without_holding_the_team_the_choice_is_lost(unlocked: Office) -> None:
    assert (await meet_at_once(unlocked)).conversation_id == "fika"


async def test_a_team_with_the_same_id_in_another_tenant_is_left_alone(office: Office) -> None:
    for tenant in ("tenant-gbg", "tenant-kba"):
        await office.channels.hear(added("nyheter", tenant))
    deleted = Seen("tenant-kba", TEAM, "nyheter", at(3))
    await office.channels.change(deleted, Change.CHANNEL_DELETED)
    await office.channels.leave("tenant-kba", TEAM, at(4))
    await office.channels.refuse("tenant-kba", "nyheter", lost=True)

    ours, theirs = await team_in(office), await team_in(office, "tenant-kba")
    assert (ours.conversation_id, ours.installed) == ("nyheter", True)
    assert (theirs.conversation_id, theirs.installed) == (TEAM, False)
