"""Several processes purge and erase at the same time: each thing once, and all of it told."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text, update

from knowledge.directory.models import people
from knowledge.errors import DatabaseBusy
from knowledge.questions.models import open_questions
from knowledge.retention import due, purge
from knowledge.retention.erase import ErasureService
from knowledge.retention.models import erasures, purges
from knowledge.retention.periods import Kind
from knowledge.retention.purge import RetentionService
from knowledge.storage.database import Database
from tests.knowledge.retention.test_purge import DECIDED, NOW, amount, later, sign_up
from tests.support.traces import traces_in

LONG_AGO = NOW - timedelta(days=2_000)
CROWD = 30


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purge, "PAUSE", 0.0)


@pytest.fixture
async def others(database_url: str) -> AsyncIterator[list[Database]]:
    """The same database, with connections of their own, as processes have."""
    opened = [Database(database_url) for _ in range(3)]
    yield opened
    for one in opened:
        await one.close()


async def crowd(database: Database, questions: int = 220) -> None:
    """Those who have not been here for years, and what somebody asked then."""
    seen = {"tenant_id": "tenant-1", "installed": True, "seen_at": LONG_AGO}
    asked = {"kind": "unanswered", "county": "07", "times": 1, "asked_at": LONG_AGO}
    async with database.write() as tx:
        persons = [
            {**seen, "object_id": f"id-{n}", "teams_id": f"29:{n}", "name": f"Per {n} Son"}
            for n in range(CROWD)
        ]
        await tx.execute(insert(people), persons)
        await tx.execute(
            insert(open_questions), [{**asked, "question": f"{n}?"} for n in range(questions)]
        )


async def protocol(database: Database) -> dict[str, int]:
    async with database.read() as tx:
        kind, total = purges.c.kind, func.sum(purges.c.amount)
        return {
            name: int(told) for name, told in await tx.execute(select(kind, total).group_by(kind))
        }


async def test_what_several_purge_at_once_goes_once_and_is_written_down_once(
    database: Database, others: list[Database]
) -> None:
    await crowd(database)
    services = [RetentionService(one, DECIDED, lambda: NOW) for one in (database, *others)]
    gone = await asyncio.gather(*(one.purge() for one in services))

    assert await amount(database, open_questions) == 0
    assert await traces_in(database, "id-", "Per ") == set()
    told = {"people": CROWD, "questions": 220}
    assert await protocol(database) == told
    for kind, total in told.items():
        assert sum(one[Kind(kind)] for one in gone) == total


@pytest.mark.postgres
async def test_two_commands_and_a_timer_get_along(postgres_url: str) -> None:
    """In processes of their own, as on a day when somebody types it twice."""
    database = Database(postgres_url)
    await crowd(database)
    tryggve = os.path.join(os.path.dirname(sys.executable), "tryggve")
    settings = {"TRYGGVE_DATABASE_URL": postgres_url, "TRYGGVE_RETENTION_DECISION": "KS 2026/12"}

    async def types() -> tuple[int | None, str]:
        process = await asyncio.create_subprocess_exec(
            tryggve, "retention", "purge",
            env={**os.environ, **settings}, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        said, _ = await asyncio.wait_for(process.communicate(), 60)
        return process.returncode, said.decode()

    timer = RetentionService(database, DECIDED, lambda: NOW)
    *typed, gone = await asyncio.gather(types(), types(), timer.purge())

    assert [code for code, _ in typed] == [0, 0]
    counts = [int(said.split()[0]) for _, said in typed]
    assert sum(counts) + sum(gone.values()) == CROWD + 220
    assert await protocol(database) == {"people": CROWD, "questions": 220}
    await database.close()


async def test_who_is_erased_twice_at_once_is_erased(
    database: Database, others: list[Database]
) -> None:
    """In the chat and by the officer, or in two windows."""
    await crowd(database, questions=1)
    for number in range(CROWD):
        both = (ErasureService(one) for one in (database, others[0]))
        await asyncio.gather(*(one.erase("tenant-1", f"id-{number}") for one in both))

    assert await traces_in(database, "id-", "Per ") == set()
    assert await amount(database, erasures) == 0


async def test_who_is_erased_while_purging_goes_on_is_erased(
    database: Database, others: list[Database]
) -> None:
    await crowd(database)

    async def erase(first: int) -> None:
        for number in range(first, CROWD, 2):
            await ErasureService(others[first]).erase("tenant-1", f"id-{number}")

    service = RetentionService(others[2], DECIDED, lambda: NOW)
    await asyncio.gather(erase(0), erase(1), service.purge())

    assert await traces_in(database, "id-", "Per ") == set()
    assert await amount(database, erasures) == 0


async def test_what_went_before_a_fault_is_written_down(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await crowd(database)

    async def crash(*_: Any, **__: Any) -> int:
        raise RuntimeError

    monkeypatch.setattr(due, "erase_due", crash)
    with pytest.raises(RuntimeError):
        await later(database, 0).purge()

    assert await protocol(database) == {"questions": 220}


async def test_what_somebody_holds_waits_and_the_rest_goes(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row that another process does not let go, and so a lock that is not got in time."""
    await crowd(database)
    await sign_up(database, "Anna Alm")
    purge_some = RetentionService._purge_some

    async def held(self: RetentionService, tx: Any, rule: Any, these: Any) -> int:
        if rule.table is open_questions:
            raise DatabaseBusy
        return await purge_some(self, tx, rule, these)

    monkeypatch.setattr(RetentionService, "_purge_some", held)
    gone = await later(database, 2_000).purge()
    assert gone[Kind.QUESTIONS] == 0
    assert gone[Kind.SIGNUPS] >= 1
    monkeypatch.undo()

    assert (await later(database, 2_000).purge())[Kind.QUESTIONS] == 220


@pytest.mark.postgres
async def test_who_writes_while_being_erased_is_waited_for(postgres_url: str) -> None:
    """A turn in another process has the person's row; the purge goes on without them."""
    database, turn = Database(postgres_url), Database(postgres_url)
    await crowd(database, questions=1)
    service = RetentionService(database, DECIDED, lambda: NOW)
    async with turn.write() as writing:
        me = people.c.object_id == "id-3"
        await writing.execute(update(people).where(me).values(seen_at=NOW))
        gone = await asyncio.wait_for(service.purge(), 10)

    assert gone[Kind.PEOPLE] == CROWD - 1
    async with database.read() as tx:
        left = await tx.execute(text("SELECT name FROM people WHERE tenant_id <> 'gone:'"))
        assert left.scalars().all() == ["Per 3 Son"]
    await turn.close()
    await database.close()
