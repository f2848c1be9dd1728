"""A server to try for long: in a process of its own, and it tells how late its event loop is."""

import asyncio
import multiprocessing
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

import aiohttp
from aiohttp import web

from bot.app import Tryggve
from bot.log import set_up
from bot.settings import Settings
from bot.teams.floods import Floods
from bot.web.server import Runner
from knowledge.building import building
from tests.support.town import library

LATE, EVERY = "/late", 0.02
"""Where the lateness is told, and how often it is looked at, in seconds."""

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.soak.server"])


def run(url: str, port: int) -> None:
    """Serve until killed. Everybody is let in, as often as they like."""
    set_up("CRITICAL")
    asyncio.run(_serve(Settings(demo=True, database_url=url), port))


async def _serve(settings: Settings, port: int) -> None:
    with building():
        floods = Floods(most=1_000_000, most_of_tenant=1_000_000)
        tryggve = Tryggve(settings, library=library(), floods=floods)
    late: deque[tuple[float, float]] = deque([(0.0, 0.0)], maxlen=100_000)

    async def tell(_request: web.Request) -> web.Response:
        at = len(late) * 99 // 100
        told = [sorted(column)[at] for column in zip(*late, strict=True)]
        late.clear()
        late.append((0.0, 0.0))
        return web.json_response(told)

    app = tryggve.web_app()
    app.router.add_get(LATE, tell)
    runner = Runner(app, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    while True:
        began, worked = time.perf_counter(), time.thread_time()
        await asyncio.sleep(EVERY)
        waited = time.perf_counter() - began - EVERY
        # Where the machine had no time for us, nothing of ours was in the way.
        late.append((waited, min(waited, time.thread_time() - worked)))


@dataclass(frozen=True)
class Server:
    """A running server, as it is seen from outside."""

    process: BaseProcess
    port: int
    http: aiohttp.ClientSession

    def megabytes(self) -> float:
        """What it holds of the memory, resident."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        lines = dict(line.split(":", 1) for line in status.splitlines())
        return int(lines["VmRSS"].split()[0]) * 1024 / 1e6

    async def lateness(self) -> tuple[float, float]:
        """How late the event loop was since the last time, p99 in seconds; and by its own work."""
        async with self.http.get(f"http://127.0.0.1:{self.port}{LATE}") as response:
            late, own = await response.json()
        return late, own


@asynccontextmanager
async def serving(url: str, port: int, http: aiohttp.ClientSession) -> AsyncIterator[Server]:
    """A server that answers; killed at the end, without a word of warning."""
    server = Server(await _started(url, port), port, http)
    try:
        async with asyncio.timeout(120):
            while not await _answers(http, port):
                if not server.process.is_alive():  # there was no database to begin with
                    server = Server(await _started(url, port), port, http)
                await asyncio.sleep(0.1)
        yield server
    finally:
        server.process.kill()
        await asyncio.to_thread(server.process.join, 20)


async def _started(url: str, port: int) -> BaseProcess:
    process = _FORKS.Process(target=run, args=(url, port))
    await asyncio.to_thread(process.start)
    return process


async def _answers(http: aiohttp.ClientSession, port: int) -> bool:
    try:
        async with http.get(f"http://127.0.0.1:{port}/healthz") as response:
            return response.status == 200
    except aiohttp.ClientError:
        return False
