"""Processes to measure: started, looked at from outside, ended."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90.0
STOP_SECONDS = 10.0

ALL_CORES = sorted(os.sched_getaffinity(0))
LOAD_CORES, BOT_CORES = ALL_CORES[:1], ALL_CORES[-1:]
"""A bot alone on one core; the people, the connector, the issuer and PostgreSQL on another. The
bots' figures of reference were measured like that, and a bot that moves between cores wavers."""


class BotFailed(Exception):
    """A bot did not start, or did not answer as it should."""


@dataclass(frozen=True)
class Memory:
    """Resident memory in MB (10⁶ bytes): now (VmRSS) and at most since the start (VmHWM)."""

    now: float
    peak: float


@dataclass(frozen=True)
class Bot:
    """A bot in a process of its own, and the file it logs to."""

    name: str
    process: asyncio.subprocess.Process
    address: str
    log: Path

    def cpu_seconds(self) -> float:
        """CPU time used so far by all its threads, ended ones included, to the microsecond."""
        # Linux's clock of another process; /proc/<pid>/stat counts the same in steps of 10 ms.
        return time.clock_gettime((~self.process.pid << 3) | 2)

    def memory(self) -> Memory:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        lines = dict(line.split(":", 1) for line in status.splitlines())
        now, peak = (int(lines[name].split()[0]) * 1024 / 1e6 for name in ("VmRSS", "VmHWM"))
        return Memory(now, peak)


@asynccontextmanager
async def bot(
    name: str, folder: Path, module: str, *arguments: str, cores: Sequence[int] = BOT_CORES
) -> AsyncIterator[Bot]:
    """Run one of the bots of this package; it prints its port when it is up."""
    log = folder / f"{name}.log"
    async with running(log, cores, "-m", module, *arguments) as process:
        port = await _port(process)
        if not port:
            raise BotFailed(f"{name} did not start: {last_words(log)}")
        yield Bot(name, process, f"http://127.0.0.1:{port}", log)


async def _port(process: asyncio.subprocess.Process) -> int:
    """The port that a bot of this package prints; 0 when it does not come that far."""
    assert process.stdout is not None
    try:
        line = await asyncio.wait_for(process.stdout.readline(), START_SECONDS)
    except TimeoutError:
        return 0
    return int(line) if line.strip().isdigit() else 0


@asynccontextmanager
async def running(
    log: Path, cores: Sequence[int], *arguments: str, **environment: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run Python with these arguments, without the settings of whoever runs the benchmark."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TRYGGVE_")}
    # A warm install has its modules compiled: without, half a second of a start is compiling.
    clean.pop("PYTHONDONTWRITEBYTECODE", None)
    # From Python 3.13 on the stock bot's thread pool would shrink with the cores that are left it.
    clean["PYTHON_CPU_COUNT"] = str(os.cpu_count())
    with log.open("ab") as errors:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            cwd=ROOT,
            env=clean | environment,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
        )
    try:
        os.sched_setaffinity(process.pid, cores)
        yield process
    finally:
        await _end(process)


async def _end(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        # Also reads what is left on the pipe, which a process may be waiting to get rid of.
        await asyncio.wait_for(process.communicate(), STOP_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()


def last_words(log: Path) -> str:
    """The last line a process left behind."""
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "nothing was logged"
