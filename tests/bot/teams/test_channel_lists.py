"""Reading the channels of a team: in pages, in the background, however often it fails."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.teams import channel_lists
from bot.teams.channel_lists import page_from
from knowledge.channels.models import TeamChannel, channel_readings
from tests.support.team_room import GENERAL, TeamRoom, announces
from tests.support.town import TENANT, Town, town

TENANTS = {TENANT: "0780"}


async def _names(tryggve: Town, room: TeamRoom) -> list[str]:
    return [one.name for one in await _channels(tryggve, room)]


async def _channels(tryggve: Town, room: TeamRoom) -> list[TeamChannel]:
    _, channels = await tryggve.tryggve.channel_choice.list_of(room.tenant, room.id)
    return channels


async def _until_read(tryggve: Town) -> None:
    """Wait until no list is wanted any more."""
    query = select(func.count()).select_from(channel_readings)
    for _ in range(500):
        async with tryggve.tryggve.database.read() as tx:
            if not (await tx.execute(query)).scalar_one():
                return
        await asyncio.sleep(0.01)
    raise AssertionError("the list is still wanted")


def _listed(room: TeamRoom, *shorts: str) -> list[dict[str, Any]]:
    named = [
        {"id": room.channel(short), "name": short.title(), "type": "standard"} for short in shorts
    ]
    return [{"id": room.id, "name": None, "type": "standard"}, *named]


async def test_the_channels_are_known_when_the_bot_was_added(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        room = TeamRoom(tryggve)
        tryggve.teams.channels[room.id] = _listed(room, "nyheter", "fika")
        await room.tells("installed", "nyheter")
        await _until_read(tryggve)

        assert await _names(tryggve, room) == ["", "Fika", "Nyheter"]


@pytest.fixture
def _looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is put off is looked for at once, not after five seconds."""
    monkeypatch.setattr(channel_lists, "EVERY", 0.05)


@pytest.mark.usefixtures("_looks_often")
async def test_a_list_in_pages_goes_on_where_teams_asked_to_wait(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        room = TeamRoom(tryggve)
        many = [f"kanal {number:02}" for number in range(1, 60)]
        tryggve.teams.channels[room.id] = _listed(room, *many)
        tryggve.teams.page_size = 10
        for _ in range(3):
            tryggve.teams.answers(kind="list")
        busy = {"Retry-After": "0.2"}
        tryggve.teams.answers(status=429, headers=busy, kind="list", times=2)
        await room.tells("installed")
        await tryggve.until(lambda: len(_asked(tryggve)) == 8, within=20)
        await _until_read(tryggve)

        assert _asked(tryggve) == ["", "10", "20", "30", "30", "30", "40", "50"]
        assert await _names(tryggve, room) == ["", *(name.title() for name in many)]


@pytest.mark.usefixtures("_looks_often")
async def test_what_fails_is_read_again_and_what_is_hopeless_is_not(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        room = TeamRoom(tryggve)
        tryggve.teams.channels[room.id] = _listed(room, "fika")
        broken = {"body": b"<html>", "headers": {"Retry-After": "0.2"}}
        tryggve.teams.answers(status=503, kind="list", **broken)
        await room.tells("installed")
        await tryggve.until(lambda: len(_asked(tryggve)) == 2, within=20)
        await _until_read(tryggve)
        assert await _names(tryggve, room) == ["", "Fika"]

        tryggve.teams.answers(status=403, kind="list")
        await room.tells("installed")
        await tryggve.until(lambda: len(_asked(tryggve)) == 3)
        await _until_read(tryggve)
        assert await _names(tryggve, room) == ["", "Fika"]


async def test_a_channel_deleted_while_the_bot_was_away_is_noticed(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        room = TeamRoom(tryggve)
        tryggve.teams.channels[room.id] = _listed(room, "nyheter", "fika")
        await room.tells("installed", "nyheter")
        await _until_read(tryggve)
        await room.tells("removed")
        tryggve.teams.channels[room.id] = _listed(room, "fika")
        await room.tells("installed")
        await _until_read(tryggve)
        assert await _names(tryggve, room) == ["", "Fika"]
        await tryggve.until(lambda: bool(room.got("når jag inte längre")))

        await announces(await tryggve.coordinator("Kerstin Karlsson", "07"), "Ny handbok")
        assert room.got("Ny handbok") == [GENERAL]


async def test_a_private_channel_outlives_a_list_that_does_not_name_it(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        room = TeamRoom(tryggve)
        await room.hears(tryggve.person("Anna Alm"), "utskick hit", "radet", kind="private")
        await _until_read(tryggve)
        await room.tells("installed")
        await _until_read(tryggve)

        assert [one.kind for one in await _channels(tryggve, room)] == ["standard", "private"]


@pytest.mark.parametrize(
    "answer", [None, [], {}, {"conversations": "x"}, {"conversations": {}}, "text", 7]
)
def test_something_else_is_no_page(answer: Any) -> None:
    assert page_from(answer) is None


def test_a_page_is_read_with_care() -> None:
    odd = [None, "x", {}, {"id": 5}, {"id": "19:a\x00"}, {"id": "x" * 2000}]
    page = page_from(
        {"conversations": [*odd, {"id": "19:b", "name": "<b>Nyheter</b>\n", "type": "Secret"}]}
    )

    assert page is not None
    assert [(one.conversation_id, one.name, one.kind) for one in page.channels] == [
        ("19:b", "Nyheter", "")
    ]


def _asked(tryggve: Town) -> list[str]:
    """Where each page that was asked for begins."""
    return [
        one["query"].get("continuationToken", "")
        for one in tryggve.teams.requests
        if one["kind"] == "list"
    ]
