"""Measures everything that was promised in figures and prints it: `make bench`.

`python -m tests.bench turns start` measures those parts only.
"""

import asyncio
import itertools
import os
import platform
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import asyncpg

from bot.terminal import say
from tests.bench import seats, sending
from tests.bench.growth import growth
from tests.bench.population import few_and_many, one_and_two
from tests.bench.processes import LOAD_CORES, Bot, bot
from tests.bench.ready import starts_to_ready
from tests.bench.simulation import simulation
from tests.bench.starts import starts
from tests.bench.table import Figure, alone, compared, table
from tests.bench.teams import Teams
from tests.bench.turns import RATE_PEOPLE, Rounds, cpu_per_turn, turns_per_second
from tests.support.connector import FakeConnector
from tests.support.issuer import Issuer
from tests.support.postgres import PostgresServer, find_binaries, start_postgres

LONGEST_RUN_SECONDS = 600.0
CONNECTOR_SECONDS = 0.2
Fresh = Callable[[], Awaitable[str]]
"""Makes an empty database and returns its address."""

OURS = "tests.bench.tryggve_bot"
STOCK, SQLITE, POSTGRES = "stock", "SQLite", "PostgreSQL"

CPU_AT_MOST, CPU_AIM = 0.5, 0.3
RATE_AT_LEAST = 5.0
START_BELOW_SECONDS = 3.0
MEMORY_BELOW_MB = 190.0

HOW = """\
Stock: the echo bot of botbuilder 4.17.1, token check on. Tryggve: whole turns of question and
answer. The eleven questions come again and again, as those on our buttons do, and are searched
for once: `tryggve knowledge evaluate` tells what a search costs. Both check tokens of a local
issuer and sign their answers with a fixed token where they would ask Entra. Each bot has a core to
itself when there are two; its own CPU time alone counts, not that of the load, the connector and
PostgreSQL on the other. MB is a million bytes."""


@dataclass
class Bench:
    """One run: where things are, and what has been found so far."""

    folder: Path
    issuer: Issuer
    http: aiohttp.ClientSession
    figures: list[Figure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    async def turns(self) -> None:
        """The bots beside each other: CPU per turn, turns a second, memory after all of it."""
        async with self._bots() as bots:
            async with self._teams() as teams:
                self._add_cpu(await cpu_per_turn(teams, bots))
            async with self._teams(CONNECTOR_SECONDS) as teams:
                self._add_rates(*await turns_per_second(teams, bots))
            used = {each.name: [each.memory().now] for each in bots}
            for name in _ours(used):
                label = f"memory after the load, {name}"
                self.figures.append(compared(label, "MB", used[STOCK], used[name]))

    async def processes(self) -> None:
        """One process and two on PostgreSQL, on every core there is."""
        async with self._databases() as databases, self._teams(CONNECTOR_SECONDS) as teams:
            if fresh := databases.get(POSTGRES):
                keys = self.issuer.metadata_url
                self.figures += await one_and_two(teams, self.folder, keys, fresh)

    async def people(self) -> None:
        """What a turn costs where many people are stored, against few."""
        async with self._databases() as databases, self._teams() as teams:
            for name, fresh in databases.items():
                keys = self.issuer.metadata_url
                figure, cpu = await few_and_many(teams, self.folder, keys, name, fresh)
                self.figures.append(figure)
                self._add_rounds("CPU ms per turn", cpu)

    async def start(self) -> None:
        """Tryggve by itself: the start, and memory at rest."""
        async with self._teams() as teams:
            found = await starts(teams, self.folder)
        seconds = [each.seconds for each in found]
        self.figures += [
            alone("start to first answer, serve --demo", "s", seconds, START_BELOW_SECONDS),
            alone("memory at rest (VmRSS)", "MB", [x.memory.now for x in found], MEMORY_BELOW_MB),
            alone("memory at most (VmHWM)", "MB", [x.memory.peak for x in found]),
        ]
        self._add_rounds("start s", {"serve --demo": seconds})

    async def ready(self) -> None:
        """A server as in operation: from its start until it may be sent people's messages."""
        async with self._databases() as databases:
            for name, fresh in databases.items():
                seconds = await starts_to_ready(self.http, self.folder, await fresh())
                self.figures.append(alone(f"start to ready, serve, {name}", "s", seconds))
                self._add_rounds("start to ready s", {name: seconds})

    async def sending(self) -> None:
        """The sender on each database, one thing at a time; then a minute of all at once."""
        async with self._databases() as databases:
            for name, fresh in databases.items():
                self.figures += await sending.engine(name, await fresh())
                self.figures.append(await sending.crowd(name, await fresh()))
                self.figures.append(await sending.idle(name, await fresh()))
                self.figures.append(await growth(name, await fresh()))
            found = await asyncio.gather(
                *[
                    sending.steady(name, await fresh(), workers)
                    for name, fresh in databases.items()
                    for workers in ((1,) if name == SQLITE else (1, 2))
                ]
            )
        self.figures += [figure for figure, _ in found]
        self.notes += [note for _, note in found]

    async def seats(self) -> None:
        """A crowd that signs up at once, and a training with thousands of people."""
        keys = self.issuer.metadata_url
        async with self._databases() as databases, self._teams() as teams:
            for name, fresh in databases.items():
                url = await fresh()
                async with bot(name, self.folder, OURS, keys, url) as running:
                    self.figures.append(await seats.crowd(name, url, running, teams))
                    self.figures += await seats.many(name, url, running, teams)
                self.figures.append(await seats.rate(name, await fresh()))

    async def simulation(self) -> None:
        """The paper calculation, checked."""
        figure, note = await simulation(self.folder)
        self.figures.append(figure)
        self.notes.append(note)

    def _add_cpu(self, cpu: Rounds) -> None:
        for name in _ours(cpu):
            label = f"CPU per turn, {name} (aim {CPU_AIM})"
            self.figures.append(compared(label, "ms", cpu[STOCK], cpu[name], at_most=CPU_AT_MOST))
        self._add_rounds("CPU ms per turn", cpu)

    def _add_rates(self, rates: Rounds, waits: Rounds) -> None:
        chats = f"{RATE_PEOPLE} chats, {CONNECTOR_SECONDS * 1000:.0f} ms connector"
        for name in _ours(rates):
            label, stock = f"turns, {chats}, {name}", rates[STOCK]
            self.figures.append(compared(label, "/s", stock, rates[name], at_least=RATE_AT_LEAST))
        for name in _ours(waits):
            self.figures.append(
                compared(f"time of such a turn, {name}", "s", waits[STOCK], waits[name])
            )
        self._add_rounds("turns/s", rates)

    def _add_rounds(self, what: str, rounds: Rounds) -> None:
        for name, values in rounds.items():
            self.notes.append(f"{what}, {name}: " + "  ".join(f"{value:.2f}" for value in values))

    @asynccontextmanager
    async def _bots(self) -> AsyncIterator[list[Bot]]:
        """The stock bot, and Tryggve on each database that this machine has."""
        keys = self.issuer.metadata_url
        async with self._databases() as databases, AsyncExitStack() as stack:
            urls = {name: await fresh() for name, fresh in databases.items()}
            started = [bot(STOCK, self.folder, "tests.bench.stock_bot", keys)]
            started += [bot(name, self.folder, OURS, keys, url) for name, url in urls.items()]
            yield [await stack.enter_async_context(each) for each in started]

    @asynccontextmanager
    async def _databases(self) -> AsyncIterator[dict[str, Fresh]]:
        """What makes an empty database, for each kind that this machine has."""
        numbers = itertools.count(1)

        async def sqlite() -> str:
            return await _migrated(f"sqlite:///{tempfile.mkdtemp(dir=self.folder)}/tryggve.db")

        if find_binaries() is None:
            self.notes.append("No PostgreSQL on this machine: measured on SQLite only.")
            yield {SQLITE: sqlite}
            return
        async with _postgres() as server:

            async def postgres() -> str:
                return await _migrated(await _created(server, f"bench{next(numbers)}"))

            yield {SQLITE: sqlite, POSTGRES: postgres}

    @asynccontextmanager
    async def _teams(self, delay: float = 0.0) -> AsyncIterator[Teams]:
        """Teams with a connector that takes `delay` seconds for each answer."""
        async with FakeConnector() as connector:
            if delay:
                connector.answers(delay=delay, times=sys.maxsize)
            yield Teams(self.issuer, connector, self.http)


@asynccontextmanager
async def _postgres() -> AsyncIterator[PostgresServer]:
    """A server of our own, free to run on every core."""
    binaries = find_binaries()
    assert binaries is not None
    server = start_postgres(binaries)
    try:
        yield server
    finally:
        server.stop()


async def _migrated(url: str) -> str:
    """One at a time: Alembic has one context per process."""
    await (await sending.opened(url)).close()
    return url


async def _created(server: PostgresServer, name: str) -> str:
    """The address of a new, empty database."""
    admin = await asyncpg.connect(server.url("postgres"))
    await admin.execute(f"CREATE DATABASE {name}")
    await admin.close()
    return server.url(name)


def _ours(rounds: Rounds) -> list[str]:
    return [name for name in rounds if name != STOCK]


async def _run(bench: Bench, chosen: Collection[str]) -> None:
    """Every part, or those chosen, also when another one fails: what was not measured says why."""
    parts: dict[str, Callable[[], Awaitable[None]]] = {
        "turns": bench.turns,
        "processes": bench.processes,
        "people": bench.people,
        "start": bench.start,
        "ready": bench.ready,
        "sending": bench.sending,
        "seats": bench.seats,
        "simulation": bench.simulation,
    }
    for name in chosen or parts:
        try:
            await parts[name]()
        except Exception as error:
            bench.notes.append(f"NOT MEASURED, {name}: {_reason(error)}")


def _reason(error: BaseException) -> str:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return f"{type(error).__name__}: {error}"


async def main(chosen: Collection[str]) -> None:
    began = time.perf_counter()
    os.sched_setaffinity(0, LOAD_CORES)
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    load = "/".join(f"{value:.1f}" for value in os.getloadavg())
    say(f"Python {platform.python_version()}, {os.cpu_count()} cores, load average {load}")
    say("Measuring for about eight minutes …")
    with tempfile.TemporaryDirectory(prefix="tryggve-bench-") as folder, Issuer() as issuer:
        issuer.token()  # makes the key, before two threads want it at once
        async with aiohttp.ClientSession() as http:
            bench = Bench(Path(folder), issuer, http)
            try:
                async with asyncio.timeout(LONGEST_RUN_SECONDS):
                    await _run(bench, chosen)
            except TimeoutError:
                bench.notes.append(f"STOPPED after {LONGEST_RUN_SECONDS:.0f} s")
    say("\n".join(["", table(bench.figures), "", *bench.notes, "", HOW]))
    say(f"Took {time.perf_counter() - began:.0f} s.")


if __name__ == "__main__":
    with suppress(asyncio.CancelledError, KeyboardInterrupt):
        asyncio.run(main(sys.argv[1:]))
