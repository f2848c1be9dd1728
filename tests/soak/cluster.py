"""Two servers and two workers on PostgreSQL, killed again and again; and the database too."""

import asyncio
import random
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass

import aiohttp

from knowledge.storage.database import Database
from knowledge.storage.schema import migrate
from tests.soak.server import serving
from tests.soak.talks import FailingTeams, Found, talks
from tests.support.connector import FakeConnector
from tests.support.deliveries import enqueue, until_settled
from tests.support.postgres import PostgresServer, free_port
from tests.support.senders import check, recipients, sender_process


@dataclass(frozen=True)
class Trial:
    """How long and how hard. One of each kind is killed every `every` seconds, `kills` times."""

    people: int
    turns: int
    everybody: int
    every: float
    kills: int
    settled: float = 120.0
    """Seconds that the rest may take at the end."""


async def cluster(server: PostgresServer, trial: Trial) -> tuple[Found, Counter[str]]:
    """What became of the talks and of the deliveries. Raises where one was lost or sent twice."""
    url = server.url("postgres")
    database = Database(url)
    await migrate(database)
    ports = (free_port(), free_port())
    async with (
        FailingTeams(0.0) as teams,
        FakeConnector() as others,
        aiohttp.ClientSession() as http,
        AsyncExitStack() as stack,
    ):
        others.answers(delay=0.02, times=1_000_000)
        stop = asyncio.Event()
        alive = [
            asyncio.create_task(_again_and_again(kind, number, trial, stop))
            for number, port in enumerate(ports)
            for kind in (lambda port=port: serving(url, port, http), lambda: sender_process(url))
        ]
        stack.push_async_callback(_end, stop, alive)
        await enqueue(database, *recipients(others, trial.everybody, tenants=2))
        await database.close()  # its connections die with the server
        dies = asyncio.create_task(_dies(server, trial.every * trial.kills / 2))
        found = await talks(teams, http, ports, people=trial.people, tenants=10, turns=trial.turns)
        await dies
        database = Database(url)
        await until_settled(database, seconds=trial.settled)
        delivered = await check(database, others, everybody=trial.everybody)
        assert teams.faults == []
    await database.close()
    return found, delivered


async def _again_and_again(kind, number: int, trial: Trial, stop: asyncio.Event) -> None:  # type: ignore[no-untyped-def]
    """A process that is killed and started anew, the two of a kind in turns; the last one stays."""
    chance = random.Random(number)  # noqa: S311 - for trials
    for kill in range(trial.kills):
        async with kind():
            first = number / 2 if kill == 0 else 0
            await _unless(stop, trial.every * (1 + first) * chance.uniform(0.9, 1.1))
    async with kind():
        await stop.wait()


async def _unless(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


async def _dies(server: PostgresServer, after: float) -> None:
    """The database, once, without a goodbye."""
    await asyncio.sleep(after)
    await asyncio.to_thread(server.crash)
    await asyncio.sleep(1.0)
    await asyncio.to_thread(server.start_again)


async def _end(stop: asyncio.Event, alive: list[asyncio.Task[None]]) -> None:
    stop.set()
    await asyncio.gather(*alive)
