"""From `tryggve serve --demo` to the first answer, and the memory of the process after it."""

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from tests.bench.processes import ALL_CORES, Bot, BotFailed, Memory, last_words, running
from tests.bench.teams import Teams
from tests.support.postgres import free_port

STARTS = 3
PATIENCE_SECONDS = 30.0
REST_SECONDS = 1.5


@dataclass(frozen=True)
class Start:
    """Seconds from the start of the process to the end of the first turn, and memory at rest."""

    seconds: float
    memory: Memory


async def starts(teams: Teams, folder: Path) -> list[Start]:
    """A few starts on a database that an uncounted one has migrated and seeded."""
    await _start(teams, folder)
    return [await _start(teams, folder) for _ in range(STARTS)]


async def _start(teams: Teams, folder: Path) -> Start:
    port, log = free_port(), folder / "serve.log"
    # -m bot is what the command `tryggve` runs; so it is this checkout, wherever that is.
    command = ("-m", "bot", "serve", "--demo", "--port", str(port))
    database_url = f"sqlite:///{folder}/demo.db"
    began = time.perf_counter()
    async with running(log, ALL_CORES, *command, TRYGGVE_DATABASE_URL=database_url) as process:
        served = Bot("serve --demo", process, f"http://127.0.0.1:{port}", log)
        await _first_answer(teams, served)
        seconds = time.perf_counter() - began
        teams.check(served, signed=False)
        await asyncio.sleep(REST_SECONDS)
        return Start(seconds, served.memory())


async def _first_answer(teams: Teams, served: Bot) -> None:
    deadline = time.perf_counter() + PATIENCE_SECONDS
    while time.perf_counter() < deadline and served.process.returncode is None:
        try:
            await teams.ask(served, 0)
        except aiohttp.ClientConnectorError:
            await asyncio.sleep(0.01)
        else:
            return
    raise BotFailed(f"serve --demo did not answer: {last_words(served.log)}")
