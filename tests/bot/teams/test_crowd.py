"""Hundreds tap at once on two servers that share a database; one dies between seat and answer."""

import asyncio
import itertools
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from sqlalchemy import func, insert, select

from dialogs.conversation.texts import text
from knowledge.directory.models import people
from knowledge.premises import Premises
from knowledge.storage.database import Database
from knowledge.trainings.models import Training, signups
from knowledge.trainings.service import TrainingService
from tests.bot.teams.test_killed_server import message
from tests.knowledge.trainings.test_service import TRAINING
from tests.support.connector import FakeConnector
from tests.support.postgres import free_port
from tests.support.server_process import server_process
from tests.support.town import TENANT
from tests.support.wordings import PlainTrainings

LATE = "Svaret kommer här i chatten"
TRY_AGAIN = [text("conversation.too_much"), text("conversation.busy")]

AT_ONCE = 100
"""Connections to each server: more wait for these, as they would in front of a server."""


async def opened(database: Database, *, seats: int, crowd: int) -> int:
    """A training, and people whom Tryggve knows: they have talked before."""
    known = [
        {
            "tenant_id": TENANT,
            "object_id": f"p-{n}",
            "teams_id": f"29:{n}",
            "name": f"Person {n}",
            "installed": True,
        }
        for n in range(crowd)
    ]
    async with database.write() as tx:
        await tx.execute(insert(people), known)
    trainings = TrainingService(Premises(database), PlainTrainings())
    return await trainings.add(replace(TRAINING, seats=seats))


def tap(teams: FakeConnector, person: int, training: int) -> dict[str, Any]:
    """On "Anmäl mig"."""
    data = {"action": {"type": "Action.Execute", "verb": "sign_up", "data": {"training": training}}}
    invoke = {"type": "invoke", "name": "adaptiveCard/action", "value": data}
    return {**message(teams, person, 0), "id": f"tap-{person}", **invoke}


async def said(http: aiohttp.ClientSession, port: int, activity: dict[str, Any]) -> str:
    async with http.post(f"http://127.0.0.1:{port}/api/messages", json=activity) as answer:
        assert answer.status == 200, await answer.text()
        return str(await answer.json())


async def taps(http: aiohttp.ClientSession, port: int, teams: FakeConnector, n: int,
               training: int) -> str:  # fmt: skip
    """What the person is told in the end. On a busy machine the answer comes into the chat, or
    asks for one more tap."""
    async with asyncio.timeout(150):
        for again in itertools.count():
            seen = len(teams.posts)
            activity = {**tap(teams, n, training), "id": f"tap-{n}-{again}"}
            await asyncio.sleep(min(again, 5))
            words = await said(http, port, activity)
            while not words or LATE in words:
                await asyncio.sleep(0.1)
                words = " ".join(
                    str(post["activity"])
                    for post in teams.posts[seen:]
                    if post["conversation"] == f"a:{n}"
                )
            if not any(one in words for one in TRY_AGAIN):
                return words
    raise AssertionError


async def stand(database: Database, training: int) -> tuple[Training, list[str]]:
    """The training, and everybody's standing, the first to sign up first."""
    its = select(signups.c.status).where(signups.c.training_id == training)
    async with database.read() as tx:
        found = [*(await tx.execute(its.order_by(signups.c.id))).scalars()]
    return await TrainingService(Premises(database), PlainTrainings()).get(training), found


async def tapped_at_once(
    url: str, *, seats: int, crowd: int, unlocked: bool = False
) -> tuple[Training, list[str], list[str]]:
    """Half of the crowd on each of two servers: how it stands, and what they were told."""
    database, ports = Database(url), (free_port(), free_port())
    training = await opened(database, seats=seats, crowd=crowd)
    limit = aiohttp.TCPConnector(limit_per_host=AT_ONCE, limit=0)
    async with (
        FakeConnector() as teams,
        aiohttp.ClientSession(connector=limit) as http,
        server_process(url, ports[0], http, unlocked=unlocked),
        server_process(url, ports[1], http, unlocked=unlocked),
    ):
        those = [taps(http, ports[n % 2], teams, n, training) for n in range(crowd)]
        told = await asyncio.gather(*those)
    standing = await stand(database, training)
    await database.close()
    return *standing, told


@pytest.mark.postgres
@pytest.mark.parametrize(("seats", "crowd"), [(10, 200), (30, 1000)])
async def test_everybody_taps_at_once_on_two_servers(
    postgres_url: str, seats: int, crowd: int
) -> None:
    training, standing, told = await tapped_at_once(postgres_url, seats=seats, crowd=crowd)

    assert training.taken == seats
    assert standing == ["confirmed"] * seats + ["waiting"] * (crowd - seats)
    assert sum("anmäld" in one for one in told) == seats
    places = [f"Du har plats {n} i kön" for n in range(1, crowd - seats + 1)]
    assert sorted(one for words in told for one in places if f"{one}." in words) == sorted(places)


@pytest.mark.postgres
async def test_without_the_lock_two_servers_go_wrong(postgres_url: str) -> None:
    """The control. Taps that are refused or told the same place count as well."""
    seats, crowd = 10, 200
    training, standing, told = await tapped_at_once(
        postgres_url, seats=seats, crowd=crowd, unlocked=True
    )

    right = ["confirmed"] * seats + ["waiting"] * (crowd - seats)
    places = {words.split("Du har plats ")[1].split()[0] for words in told if "har plats" in words}
    is_right = (training.taken, standing, len(places)) == (seats, right, crowd - seats)
    assert not is_right


async def test_a_sign_up_stands_though_its_server_died_before_the_answer(
    database_url: str,
) -> None:
    """Teams delivers the tap again, as a new one: "redan"."""
    port, database = free_port(), Database(database_url)
    training = await opened(database, seats=3, crowd=1)
    async with FakeConnector() as teams, aiohttp.ClientSession() as http:
        activity = tap(teams, 0, training)
        async with server_process(database_url, port, http, mute=True) as server:
            waits = asyncio.create_task(said(http, port, activity))
            await until_signed_up(database, training)
            assert not waits.done()
            server.kill()
            with pytest.raises(aiohttp.ClientError):
                await waits
        async with server_process(database_url, port, http):
            again = await taps(http, port, teams, 0, training)
    taken, standing = await stand(database, training)
    await database.close()

    assert "Du är redan anmäld" in again
    assert (taken.taken, standing) == (1, ["confirmed"])


async def until_signed_up(database: Database, training: int) -> None:
    count = select(func.count()).where(signups.c.training_id == training)
    async with asyncio.timeout(20):
        while True:
            async with database.read() as tx:
                if (await tx.execute(count)).scalar_one():
                    return
            await asyncio.sleep(0.02)
