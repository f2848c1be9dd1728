"""Sender processes to kill, freeze and stop, the recipients they send to, and what must hold."""

import asyncio
import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from multiprocessing.process import BaseProcess

from knowledge.delivery.models import Status, Target
from knowledge.storage.database import Database
from tests.support.connector import FakeConnector
from tests.support.deliveries import people, rows, until
from tests.support.sender_process import run

# Forked from one that has imported everything: else starting took most of the tests' time.
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.support.sender_process"])

LEASE_SECONDS = 1.0
RATE = 450.0
"""Ten times the real one, so that a send of 2,000 does not take a minute."""


def recipients(teams: FakeConnector, how_many: int, *, tenants: int) -> list[Target]:
    """People in some tenants, whose conversations are at this connector."""
    return [
        replace(target, address=replace(target.address, service_url=teams.url_of(tenant)))
        for target in people(how_many, tenants=tenants)
        for tenant in [target.address.tenant_id]
    ]


@asynccontextmanager
async def sender_process(
    url: str, *, rate: float = RATE, lease_seconds: float = LEASE_SECONDS
) -> AsyncIterator[BaseProcess]:
    """A sender at work; killed at the end unless it has ended before."""
    process = _FORKS.Process(target=run, args=(url, lease_seconds, rate))
    await asyncio.to_thread(process.start)
    try:
        yield process
    finally:
        process.kill()
        await ended(process)


async def ended(process: BaseProcess) -> int | None:
    """Wait until the process has ended. Returns its exit code."""
    await asyncio.to_thread(process.join, 20)
    return process.exitcode


def signal_to(process: BaseProcess, number: signal.Signals) -> None:
    assert process.pid is not None
    os.kill(process.pid, number)


async def accepted(teams: FakeConnector, number: int, *, seconds: float = 20.0) -> None:
    """Wait until the connector has accepted so many activities."""
    await until(lambda: len(teams.posts) >= number, seconds)


async def check(database: Database, teams: FakeConnector, *, everybody: int) -> Counter[str]:
    """Nobody got it twice, nobody was forgotten, and what nobody knows is called uncertain.

    Returns how many deliveries have each status.
    """
    ended: dict[str, set[str]] = {Status.SENT: set(), Status.UNCERTAIN: set()}
    for row in await rows(database):
        ended[row["status"]].add(row["conversation_id"])
    sent, uncertain = ended[Status.SENT], ended[Status.UNCERTAIN]
    posts = Counter(post["conversation"] for post in teams.posts)
    assert set(posts.values()) == {1}
    assert sent <= set(posts) <= sent | uncertain
    assert len(sent) + len(uncertain) == everybody
    assert teams.faults == []
    return Counter({status: len(conversations) for status, conversations in ended.items()})
