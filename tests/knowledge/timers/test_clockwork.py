"""Timers: each is carried out once, by whichever process, also when another one dies."""

import asyncio
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, insert, select

from knowledge.delivery.models import messages
from knowledge.storage.database import Database, Writing
from knowledge.timers import timers
from knowledge.timers.clockwork import Clockwork
from knowledge.timers.timers import MOST_ATTEMPTS, Timer
from tests.support.deliveries import until
from tests.support.timers import hurry, ring_all, set_timer, timer_rows, until_none_is_left

FUTURE = datetime.now(UTC) + timedelta(hours=1)


class Notes:
    """Handlers that write a row, so that what was done can be counted in the database."""

    def __init__(self, *, fails: int = 0) -> None:
        self.fails = fails

    async def write(self, tx: Writing, timer: Timer) -> None:
        await tx.execute(insert(messages).values(payload=timer.key))
        if self.fails:
            self.fails -= 1
            raise RuntimeError("not today")


async def written(database: Database) -> list[str]:
    async with database.read() as tx:
        return sorted((await tx.execute(select(messages.c.payload))).scalars())


@pytest.fixture
def clockwork(database: Database) -> Clockwork:
    return with_notes(database)


def with_notes(database: Database, notes: Notes | None = None) -> Clockwork:
    clockwork = Clockwork(database)
    clockwork.on("note", (notes or Notes()).write)
    return clockwork


@pytest.fixture
async def other(database_url: str) -> AsyncIterator[Database]:
    """The same database, seen from another process."""
    database = Database(database_url)
    yield database
    await database.close()


async def test_a_timer_rings_when_it_is_due_and_is_gone(
    database: Database, clockwork: Clockwork
) -> None:
    await set_timer(database, "now")
    await set_timer(database, "later", due=FUTURE)

    assert await ring_all(clockwork) == 1
    assert await written(database) == ["now"]
    assert list(await timer_rows(database)) == ["later"]


async def test_setting_it_again_moves_it_and_changes_what_it_is_about(database: Database) -> None:
    heard: list[int] = []

    async def hear(_tx: Writing, timer: Timer) -> None:
        heard.append(timer.payload["number"])

    clockwork = Clockwork(database)
    clockwork.on("note", hear)
    await set_timer(database, "a", number=1, due=FUTURE)
    await set_timer(database, "a", number=2)
    await ring_all(clockwork)

    assert heard == [2]


async def test_a_cancelled_timer_does_not_ring(database: Database, clockwork: Clockwork) -> None:
    await set_timer(database, "a")
    async with database.write() as tx:
        assert await timers.cancel(tx, "a")
        assert not await timers.cancel(tx, "a")

    assert await ring_all(clockwork) == 0


async def test_setting_one_is_undone_with_what_it_is_about(database: Database) -> None:
    async def sign_up_and_fail() -> None:
        async with database.write() as tx:
            await timers.set(tx, database, key="a", kind="note", due=FUTURE)
            raise RuntimeError("the sign-up failed")

    with pytest.raises(RuntimeError):
        await sign_up_and_fail()

    assert await timer_rows(database) == {}


async def test_two_processes_carry_out_each_timer_once(database: Database, other: Database) -> None:
    keys = [f"timer-{number:02}" for number in range(40)]
    for key in keys:
        await set_timer(database, key)
    await asyncio.gather(*(ring_all(with_notes(one)) for one in (database, other) for _ in "ab"))

    assert await written(database) == keys
    assert await timer_rows(database) == {}


async def test_the_harness_finds_doubles_when_nothing_is_claimed(
    database: Database, other: Database
) -> None:
    """The control: looking in one transaction and acting in another must do things twice."""
    for number in range(10):
        await set_timer(database, f"timer-{number}")

    async def look_then_act(one: Database) -> None:
        keys = list(await timer_rows(one))
        await asyncio.sleep(0.01)
        for key in keys:
            async with one.write() as tx:
                await Notes().write(tx, Timer(key, "note", "", 1))
                await tx.execute(delete(timers.timers).where(timers.timers.c.key == key))

    await asyncio.gather(look_then_act(database), look_then_act(other))

    assert len(await written(database)) > 10


async def test_what_a_failed_handler_wrote_is_undone_and_it_is_tried_again_later(
    database: Database,
) -> None:
    clockwork = with_notes(database, Notes(fails=2))
    await set_timer(database, "a")
    await ring_all(clockwork)
    assert await written(database) == []
    assert (await timer_rows(database))["a"]["attempts"] == 1
    assert await ring_all(clockwork) == 0  # it waits

    for _ in range(2):
        await hurry(database)
        await ring_all(clockwork)
    assert await written(database) == ["a"]


async def test_a_poisonous_timer_stops_and_holds_nobody_up(database: Database) -> None:
    async def only_b(tx: Writing, timer: Timer) -> None:
        if timer.key == "a":
            raise RuntimeError("never")
        await Notes().write(tx, timer)

    clockwork = Clockwork(database)
    clockwork.on("note", only_b)
    await set_timer(database, "a")
    for _ in range(MOST_ATTEMPTS + 3):
        await hurry(database)
        await ring_all(clockwork)
    await set_timer(database, "b")
    await ring_all(clockwork)

    assert await written(database) == ["b"]
    stopped = (await timer_rows(database))["a"]
    assert (stopped["status"], stopped["attempts"]) == ("stopped", MOST_ATTEMPTS)


async def test_who_lost_the_timer_meanwhile_has_done_nothing(
    database: Database, other: Database
) -> None:
    """A process that was frozen past its lease: the other one's work stands, its own is undone."""
    await set_timer(database, "a")
    async with database.write() as tx:
        frozen = await timers.claim(tx, "frozen", ["note"])
    assert frozen is not None
    await hurry(database)
    await ring_all(with_notes(other))

    async def thaw() -> None:
        async with database.write() as tx:
            await Notes().write(tx, frozen)
            await timers.finish(tx, frozen)

    with pytest.raises(timers.NoLongerOurs):
        await thaw()
    assert await written(database) == ["a"]


async def test_a_timer_that_is_set_anew_while_it_rings_rings_again(database: Database) -> None:
    await set_timer(database, "a")
    async with database.write() as tx:
        ringing = await timers.claim(tx, "x", ["note"])
    assert ringing is not None
    await set_timer(database, "a", due=FUTURE)

    with pytest.raises(timers.NoLongerOurs):
        async with database.write() as tx:
            await timers.finish(tx, ringing)
    assert list(await timer_rows(database)) == ["a"]


async def test_a_killed_process_is_taken_over_from(database: Database, database_url: str) -> None:
    await set_timer(database, "a")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.support.clockwork_process", database_url, "3",
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert await process.stdout.readline() == b"begun\n"
    process.kill()
    await process.wait()

    clockwork, stop = with_notes(database), asyncio.Event()
    running = asyncio.create_task(clockwork.run(stop))
    await until_none_is_left(database)
    stop.set()
    await running
    assert await written(database) == ["a"]


async def test_a_kind_that_this_process_does_not_know_is_left_to_others(
    database: Database, clockwork: Clockwork
) -> None:
    await set_timer(database, "a", kind="of_a_newer_version")

    assert await ring_all(clockwork) == 0
    assert (await timer_rows(database))["a"]["attempts"] == 0


async def test_what_recurs_is_there_from_the_start_and_rings_again(database: Database) -> None:
    rung = 0

    async def count(_tx: Writing, _timer: Timer) -> datetime:
        nonlocal rung
        rung += 1
        return FUTURE

    for _ in "ab":  # two starts, one timer
        clockwork, stop = Clockwork(database), asyncio.Event()
        clockwork.on("recurring", count, always=True)
        running = asyncio.create_task(clockwork.run(stop))
        await until(lambda: rung == 1)
        stop.set()
        await running
    assert (await timer_rows(database))["recurring"]["due"] == pytest.approx(FUTURE.timestamp())


async def test_the_sender_is_woken_after_the_commit(database: Database) -> None:
    seen: list[list[str]] = []
    woken = asyncio.Event()
    clockwork = Clockwork(database, woken.set)
    clockwork.on("note", Notes().write)
    await set_timer(database, "a")
    await ring_all(clockwork)
    seen.append(await written(database))

    assert woken.is_set()
    assert seen == [["a"]]


async def test_a_database_that_is_away_for_a_moment_stops_nothing(database_url: str) -> None:
    class Shaky(Database):
        failures = 2

        async def single(self, statement, **values):  # type: ignore[no-untyped-def]
            if self.failures:
                self.failures -= 1
                raise ConnectionResetError
            return await super().single(statement, **values)

    database = Shaky(database_url)
    await set_timer(database, "a")
    stop = asyncio.Event()
    running = asyncio.create_task(with_notes(database).run(stop))
    await until_none_is_left(database)
    stop.set()
    await running
    assert await written(database) == ["a"]
    await database.close()


async def test_a_kind_is_registered_once(clockwork: Clockwork) -> None:
    with pytest.raises(ValueError, match="note"):
        clockwork.on("note", Notes().write)
