"""A loop whose database is away comes back more and more seldom, and says so once."""

import asyncio
from typing import Any

from structlog.testing import capture_logs

from bot.background import Background, Chore
from knowledge.delivery.sender import Sender
from knowledge.storage.database import Database
from knowledge.storage.retreat import LONGEST_SECONDS, Retreat
from knowledge.timers.clockwork import Clockwork
from tests.support.fakes import FakeMessenger
from tests.support.postgres import free_port


def fails(retreat: Retreat, error: Exception, times: int = 1) -> list[float]:
    """How long it waits each time."""

    def once() -> float:
        try:
            raise error
        except Exception as raised:
            return retreat.failed(raised)

    return [once() for _ in range(times)]


def test_each_wait_is_longer_until_the_longest() -> None:
    waits = fails(Retreat("loop", first=1.0), OSError("away"), 12)

    assert waits[0] == 1.0
    assert all(LONGEST_SECONDS / 2 <= one <= LONGEST_SECONDS for one in waits[5:])
    assert max(waits) <= LONGEST_SECONDS


def test_it_is_said_once_and_when_something_else_is_wrong_and_when_it_is_over() -> None:
    retreat = Retreat("loop", first=1.0, chore="digests")
    with capture_logs() as lines:
        fails(retreat, OSError("away"), 50)
        fails(retreat, ValueError("a bug"), 50)
        fails(retreat, OSError("away again"), 50)
        retreat.succeeded()
        retreat.succeeded()
        fails(retreat, OSError("the next day"))

    assert [one["outcome"] for one in lines] == ["failed", "failed", "failed", "over", "failed"]
    assert lines[3]["times"] == 150
    assert {one["chore"] for one in lines} == {"digests"}


def test_after_a_success_it_begins_anew() -> None:
    retreat = Retreat("loop", first=1.0)
    fails(retreat, OSError("away"), 10)
    retreat.succeeded()

    assert fails(retreat, OSError("away")) == [1.0]


def told(lines: list[Any], event: str, **about: str) -> list[str]:
    mine = [one for one in lines if one["event"] == event and about.items() <= one.items()]
    return [one["outcome"] for one in mine]


async def test_a_worker_without_a_database_says_it_once() -> None:
    """Nobody answers at the address: sender, clockwork and chores all find out, and go on."""
    database = Database(f"postgresql://x@127.0.0.1:{free_port()}/x")

    async def looks() -> None:
        async with database.read():
            pass

    stop = asyncio.Event()
    with capture_logs() as lines:
        chores = Background([Chore("digests", 0.2, looks)])
        chores.start(listens=False)
        loops = [Sender(database, FakeMessenger()).run(stop), Clockwork(database).run(stop)]
        working = [asyncio.create_task(loop) for loop in loops]
        await asyncio.sleep(5.0)
        stop.set()
        await asyncio.gather(*working, chores.stop())
    await database.close()

    assert told(lines, "sender_round") == ["failed"]
    assert told(lines, "clockwork") == ["failed"]
    assert told(lines, "background", chore="digests") == ["failed"]
