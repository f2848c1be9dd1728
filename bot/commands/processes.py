"""Processes that live and die together: started, waited for, ended as one."""

import asyncio
import os
import signal
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

GOODBYES = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Died(Exception):
    """A child ended although nobody asked it to."""

    def __init__(self, child: "Child") -> None:
        super().__init__(child.name)
        self.child = child


class TooSlow(Exception):
    """A child runs but never answered."""

    def __init__(self, child: "Child") -> None:
        super().__init__(child.name)
        self.child = child


@dataclass
class Child:
    """One process, and the address that answers 200 when it is up.

    `log` gets what it prints; `own_log` is a file it writes by itself.
    """

    name: str
    command: Sequence[str]
    answers_at: str
    folder: Path
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    own_log: Path | None = None
    process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it in a group of its own.

        Ctrl-C in a terminal goes to the whole foreground group: a child outside it is ended by us,
        in our order, and not by the terminal.
        """
        with self.log.open("wb") as log:
            self.process = await asyncio.create_subprocess_exec(
                *self.command,
                cwd=self.folder,
                env={**os.environ, **self.environment},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
            )

    async def died(self) -> None:
        """Returns never: raises Died when the process ends."""
        assert self.process is not None  # noqa: S101 start() comes first
        await self.process.wait()
        raise Died(self)

    async def is_up(self, web: aiohttp.ClientSession) -> None:
        """Returns when the address answers."""
        while True:
            with suppress(aiohttp.ClientError, TimeoutError):
                async with web.get(self.answers_at) as answer:
                    if answer.status == 200:
                        return
            await asyncio.sleep(0.05)

    async def end(self, patience: float) -> None:
        """Ask the whole group to end, wait, then insist."""
        if self.process is None:
            return
        for demand, wait in ((signal.SIGTERM, patience), (signal.SIGKILL, None)):
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, demand)
            with suppress(TimeoutError):
                await asyncio.wait_for(self.process.wait(), wait)
                # The leader is gone; what it started and left behind goes now.
                with suppress(ProcessLookupError):
                    os.killpg(self.process.pid, signal.SIGKILL)
                return

    def last_lines(self, count: int = 12) -> str:
        """What it wrote last."""
        logs = [log for log in (self.log, self.own_log) if log and log.exists()]
        written = "\n".join(log.read_text("utf-8", "replace").rstrip() for log in logs)
        return "\n".join(written.splitlines()[-count:])


async def run_together(
    children: Sequence[Child],
    on_ready: Callable[[], None],
    *,
    time_limit: float = 60,
    patience: float = 20,
) -> None:
    """Start all, say when all are up, and stay until a person stops us: then end all.

    Raises Died or TooSlow, with all others ended, when one of them does not do its part.
    """
    stopped, loop = asyncio.Event(), asyncio.get_running_loop()
    for goodbye in GOODBYES:
        loop.add_signal_handler(goodbye, stopped.set)
    tasks: list[asyncio.Task[object]] = [asyncio.create_task(stopped.wait())]
    try:
        for child in children:
            await child.start()
        tasks += [asyncio.create_task(child.died()) for child in children]
        tasks.append(asyncio.create_task(_all_up(children, time_limit)))
        await _first(tasks)
        if not stopped.is_set():
            on_ready()
            await _first(tasks[:-1])
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*(child.end(patience) for child in children))
        for goodbye in GOODBYES:
            loop.remove_signal_handler(goodbye)


async def _all_up(children: Sequence[Child], time_limit: float) -> None:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as web:
        for child in children:
            try:
                await asyncio.wait_for(child.is_up(web), time_limit)
            except TimeoutError:
                raise TooSlow(child) from None


async def _first(tasks: Sequence[asyncio.Task[object]]) -> None:
    """Wait until one of them is done, and raise what it raised."""
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        task.result()


def is_free(port: int, host: str = "") -> bool:
    """Whether nobody listens there yet; without a host, on any of the machine's addresses."""
    return why_not_listen(port, host) is None


def why_not_listen(port: int, host: str = "") -> OSError | None:
    """What keeps us from listening there. None: nothing."""
    both = not host and socket.has_dualstack_ipv6()
    family = socket.AF_INET6 if both or ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, port), family=family, dualstack_ipv6=both):
            return None
    except OSError as error:
        return error
