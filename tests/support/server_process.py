"""A server in a process of its own, to be killed in the middle of its turns."""

import asyncio
import multiprocessing
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, repeat
from multiprocessing.process import BaseProcess

import aiohttp
from aiohttp import web

from bot import app
from bot.app import Tryggve
from bot.log import set_up
from bot.settings import Settings
from dialogs.conversation.engine import Engine, Speak
from dialogs.conversation.talk import Reply, Turn
from knowledge.storage import conversations
from knowledge.storage.conversations import Conversations, OpenTurn
from knowledge.storage.database import Writing
from knowledge.trainings import desk, repository, seats
from knowledge.trainings.models import Training
from tests.support.town import library

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.support.server_process"])

UNLOCKED_THINKS = chain([4.0, 4.0], repeat(0.5))
"""Seconds: at first so long that the other server, however slow the machine, thinks as well."""

UNLOCKED_AT_ONCE = 20
"""So few together that each server has several goes: of two single ones, the later would find the
seats gone, be refused and do it again, alone and right."""


class Forgetful(Conversations):
    """Notes what was heard, and not what is still to be said: for controls."""

    async def _close(self, key: str, activity_id: str, owner: str, opened: OpenTurn) -> None:
        opened.unspoken = []
        await super()._close(key, activity_id, owner, opened)


class Mute(Engine):
    """Does all that is wanted, and never says it: for a death between the two."""

    async def handle(self, turn: Turn, speak: Speak) -> None:
        async def never(_reply: Reply) -> None:
            await asyncio.Event().wait()

        await super().handle(turn, never)


@dataclass(frozen=True)
class Flaws:
    """What is wrong with a server, for controls and deaths."""

    forgetful: bool = False
    unlocked: bool = False
    mute: bool = False


def run(url: str, port: int, flaws: Flaws) -> None:
    """Serve until killed. In the demo only the gate is open: nothing is forgotten at the start."""
    set_up("CRITICAL")
    if flaws.unlocked:
        repository.find_training_for_update = repository.find_training
        desk.MOST_AT_ONCE = UNLOCKED_AT_ONCE
        _think_before_writing()
    asyncio.run(_serve(Settings(demo=True, database_url=url), port, flaws))


def _think_before_writing() -> None:
    """So long between counting and writing that the other server surely counts the same."""
    take_seats = seats.take_seats

    async def slowly(
        tx: Writing, training: Training, person_ids: Sequence[int], now: datetime
    ) -> tuple[Training, list[int]]:
        await asyncio.sleep(next(UNLOCKED_THINKS))
        return await take_seats(tx, training, person_ids, now)

    seats.take_seats = slowly


async def _serve(settings: Settings, port: int, flaws: Flaws) -> None:
    if flaws.mute:  # before it is wired: the endpoint keeps the method that it is given
        app.Engine = Mute  # type: ignore[misc]
        conversations.LEASE_SECONDS = 5.0  # and when it is dead, others wait for the end of it
    tryggve = Tryggve(settings, library=library())
    if flaws.forgetful:
        tryggve.engine.conversations = Forgetful(tryggve.database)
    runner = web.AppRunner(tryggve.web_app(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, backlog=1024).start()
    await asyncio.Event().wait()


@asynccontextmanager
async def server_process(
    url: str, port: int, http: aiohttp.ClientSession, **flaws: bool
) -> AsyncIterator[BaseProcess]:
    """A server that answers; killed at the end."""
    process = _FORKS.Process(target=run, args=(url, port, Flaws(**flaws)))
    await asyncio.to_thread(process.start)
    async with asyncio.timeout(60):
        while not await _answers(http, port):  # noqa: ASYNC110 - seen from outside
            await asyncio.sleep(0.05)
    try:
        yield process
    finally:
        process.kill()
        await asyncio.to_thread(process.join, 20)


async def _answers(http: aiohttp.ClientSession, port: int) -> bool:
    try:
        async with http.get(f"http://127.0.0.1:{port}/healthz") as response:
            return response.status == 200
    except aiohttp.ClientError:
        return False
