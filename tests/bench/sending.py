"""The sender: how fast without limits, how near to Teams' limits, and what waiting costs."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from multiprocessing.process import BaseProcess

from sqlalchemy import func, select

from knowledge.delivery import tenant_pace
from knowledge.delivery.models import deliveries
from knowledge.storage.database import Database
from knowledge.storage.schema import migrate
from tests.bench.processes import ALL_CORES
from tests.bench.table import Figure, alone
from tests.support.connector import FakeConnector
from tests.support.deliveries import enqueue, people, until_settled
from tests.support.limits import TeamsLimits
from tests.support.sender_process import UNLIMITED
from tests.support.senders import ended, recipients, sender_process

TEAMS_LIMIT = 50.0
CONNECTOR_SECONDS = 0.1

ENQUEUED, ENQUEUE_BELOW_SECONDS = 15_000, 1.0
ENGINE_SENT = 40_000
ENGINE_TENANTS, ENGINE_AT_LEAST, TWO_AT_LEAST = 100, 2_000.0, 1.3
LATE_SECONDS = 1.2
"""Two workers look for work within a second of each other: what comes before does not count."""

CROWD_TENANTS, CROWD_SECONDS, CROWD_AT_LEAST = 20, 8.0, 700.0
STEADY_SECONDS, STEADY_AT_LEAST = 60.0, 88.0
IDLE_SECONDS, IDLE_BELOW = 10.0, 1.0


async def opened(url: str) -> Database:
    database = Database(url)
    await migrate(database)
    return database


@asynccontextmanager
async def workers(url: str, how_many: int, rate: float) -> AsyncIterator[list[BaseProcess]]:
    """Senders, free to run on every core."""
    async with AsyncExitStack() as stack:
        started = []
        for _ in range(how_many):
            process = await stack.enter_async_context(
                sender_process(url, rate=rate, lease_seconds=15.0)
            )
            assert process.pid is not None
            os.sched_setaffinity(process.pid, ALL_CORES)
            started.append(process)
        yield started
        for process in started:
            process.terminate()
            await ended(process)


async def engine(name: str, url: str) -> list[Figure]:
    """Enqueueing, and sending without limits to a messenger that answers at once."""
    database = await opened(url)
    began = time.perf_counter()
    await enqueue(database, *people(ENQUEUED, tenants=ENGINE_TENANTS), group="one")
    seconds = time.perf_counter() - began
    await enqueue(database, *people(ENGINE_SENT - ENQUEUED, tenants=ENGINE_TENANTS), group="more")
    one = await unlimited(database, url, 1)
    figures = [
        alone(f"enqueue of {ENQUEUED:,}, {name}", "s", [seconds], ENQUEUE_BELOW_SECONDS),
        alone(f"sent without limits, 1 worker, {name}", "/s", [one], at_least=ENGINE_AT_LEAST),
    ]
    if not database.is_sqlite:
        await enqueue(database, *people(ENGINE_SENT, tenants=ENGINE_TENANTS), group="two")
        two = await unlimited(database, url, 2)
        label = f"the same with 2 workers, {name} ({two:.0f}/s)"
        figures.append(alone(label, "×", [two / one], at_least=TWO_AT_LEAST))
    await database.close()
    return figures


async def unlimited(database: Database, url: str, how_many: int) -> float:
    """Deliveries a second while everything that waits is sent."""
    async with database.read() as tx:
        last = (await tx.execute(select(func.max(deliveries.c.due)))).scalar_one()
    async with workers(url, how_many, UNLIMITED):
        await until_settled(database, seconds=60, look_every=0.25)
    settled = deliveries.c.due
    async with database.read() as tx:
        began = select(func.min(deliveries.c.sending_started_at)).where(settled > last)
        opens = (await tx.execute(began)).scalar_one() + LATE_SECONDS
        inside = select(func.count(), func.max(settled)).where(settled > opens)
        number, closes = (await tx.execute(inside)).one()
    return float(number / (closes - opens))


async def crowd(name: str, url: str) -> Figure:
    """Twenty tenants at once, with limits, over HTTP."""
    database, limits = await opened(url), TeamsLimits()
    number = int(CROWD_TENANTS * tenant_pace.RATE * (CROWD_SECONDS + 2))
    async with connector(limits) as teams, workers(url, 1, tenant_pace.RATE):
        await enqueue(database, *recipients(teams, number, tenants=CROWD_TENANTS))
        rate = await posts_per_second(teams, CROWD_SECONDS)
    await database.close()
    label = f"{CROWD_TENANTS} tenants at once, 100 ms connector, 1 worker, {name}"
    return alone(label, "/s", [rate], at_least=CROWD_AT_LEAST)


async def steady(name: str, url: str, how_many: int) -> tuple[Figure, str]:
    """One tenant for a minute: how near to Teams' limit, and what Teams would say."""
    database, limits = await opened(url), TeamsLimits()
    number = int(tenant_pace.RATE * (STEADY_SECONDS + 5))
    async with connector(limits) as teams, workers(url, how_many, tenant_pace.RATE):
        await enqueue(database, *recipients(teams, number, tenants=1))
        rate = await posts_per_second(teams, STEADY_SECONDS)
    await database.close()
    who = f"{how_many} worker{'s' * (how_many > 1)}, {name}"
    said = f"{teams.throttled} throttled, at most {limits.worst()} in a second"
    share = 100 * rate / TEAMS_LIMIT
    label = f"share of Teams' 50/s in one tenant, 60 s, {who}"
    return alone(label, "%", [share], at_least=STEADY_AT_LEAST), f"one tenant, {who}: {said}"


async def idle(name: str, url: str) -> Figure:
    """A worker with nothing to do."""
    await (await opened(url)).close()
    async with workers(url, 1, tenant_pace.RATE) as (worker,):
        await asyncio.sleep(3.0)
        before = cpu_seconds(worker)
        await asyncio.sleep(IDLE_SECONDS)
        share = 100 * (cpu_seconds(worker) - before) / IDLE_SECONDS
    return alone(f"CPU of an idle worker, {name}", "%", [share], IDLE_BELOW)


@asynccontextmanager
async def connector(limits: TeamsLimits) -> AsyncIterator[FakeConnector]:
    async with FakeConnector(limits) as teams:
        teams.answers(delay=CONNECTOR_SECONDS, times=1_000_000)
        yield teams


async def posts_per_second(teams: FakeConnector, seconds: float) -> float:
    """Once the first have arrived, and for so many seconds."""
    await teams.receives(10, within=20)
    before, began = len(teams.posts), time.perf_counter()
    await asyncio.sleep(seconds)
    return (len(teams.posts) - before) / (time.perf_counter() - began)


def cpu_seconds(process: BaseProcess) -> float:
    assert process.pid is not None
    return time.clock_gettime((~process.pid << 3) | 2)
