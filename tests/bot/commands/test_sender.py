"""`tryggve sender`: seen and steered from the terminal, on both databases."""

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import structlog
from sqlalchemy import insert, update

from bot.commands import main
from knowledge.alarms.service import AlarmService
from knowledge.announcements.models import Announcement, AnnouncementStatus
from knowledge.delivery import claims
from knowledge.delivery.models import Status, deliveries
from knowledge.delivery.tallies import tallies
from knowledge.storage.database import Database
from tests.support.deliveries import enqueue, people, rows
from tests.support.office import VASTRA_GOTALAND, Office

Run = Callable[..., tuple[int, str]]
Prepare = Callable[[Callable[[Database], Awaitable[Any]]], Any]


@pytest.fixture
def run(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """Runs `tryggve sender …` on the database. Exit code and what was printed."""
    for name in [name for name in os.environ if name.startswith("TRYGGVE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TRYGGVE_DATABASE_URL", database_url)

    def command(*words: str) -> tuple[int, str]:
        code = main(["sender", *words])
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    yield command
    structlog.reset_defaults()


@pytest.fixture
def prepare(database_url: str, capsys: pytest.CaptureFixture[str]) -> Prepare:
    """Does something to the database before or between commands."""

    def work(what: Callable[[Database], Awaitable[Any]]) -> Any:
        async def on_database() -> Any:
            database = Database(database_url)
            try:
                return await what(database)
            finally:
                await database.close()

        result = asyncio.run(on_database())
        capsys.readouterr()  # what was logged is not what a command says
        return result

    return work


async def send_one(database: Database) -> Announcement:
    """An announcement to five channels, written and not yet delivered. Its number is 1."""
    office = Office(database)
    kerstin = await office.employs("kerstin", coordinates=VASTRA_GOTALAND)
    for name in "abcde":
        await office.has_channel(name)
    return await office.sends(kerstin, await office.saves(kerstin))


async def claim(database: Database, token: str) -> int:
    async with database.write() as tx:
        return len(await claims.claim(tx, database, token, 10))


async def end(database: Database, status: Status, reason: str, ids: list[int]) -> None:
    row = update(deliveries).where(deliveries.c.id.in_(ids))
    async with database.write() as tx:
        await tx.execute(row.values(status=status.value, reason=reason))


def test_an_empty_queue(run: Run) -> None:
    code, said = run("status")

    assert code == 0
    assert "Inget är pausat." in said
    assert figures(said)["I kön"] == "0"


def figures(said: str) -> dict[str, str]:
    """The table as it is printed: a name, at least two spaces, a figure."""
    pairs = (line.strip().rsplit("  ", 1) for line in said.splitlines() if "  " in line.strip())
    return {name.strip(): figure.strip() for name, figure in pairs}


def test_status_is_a_plain_table(run: Run, prepare: Prepare) -> None:
    async def work_up(database: Database) -> None:
        await enqueue(database, *people(9, tenants=2))
        await end(database, Status.FAILED, "not_found", [1, 2])
        await end(database, Status.UNCERTAIN, "timeout", [3])
        await end(database, Status.SENDING, "", [4])
        async with database.write() as tx:
            long_ago = datetime.now(UTC).timestamp() - 100
            await tx.execute(
                update(deliveries).where(deliveries.c.id == 5).values(due=long_ago + 9_999)
            )
            await tx.execute(update(deliveries).where(deliveries.c.id == 6).values(due=long_ago))
            minute = int(datetime.now(UTC).timestamp() // 60)
            for name, when, times in (("sent", minute, 7), ("sent", minute - 60, 5)):
                await tx.execute(insert(tallies).values(name=name, minute=when, times=times))

    prepare(work_up)
    _, said = run("status")
    found = figures(said)
    assert found["I kön"] == "6"
    assert (found["som ska skickas nu"], found["som ska skickas senare"]) == ("4", "1")
    assert found["på väg"] == "1"
    assert found["Skickat den senaste minuten"] == "7"
    assert (found["Misslyckat"], found["not_found"], found["Osäkert"]) == ("2", "2", "1")
    assert int(found["Äldst som väntar"].removesuffix(" s")) >= 100
    assert "Eftersläpning per organisation" in said
    assert "tenant-" not in said  # an organisation's id is not for the screen

    told = json.loads(run("status", "--json")[1])
    assert (told["depth"], told["failed"], told["uncertain"]) == (6, {"not_found": 2}, 1)
    assert len(told["tenant_lag_seconds"]) == 2


def test_pause_and_resume_everything(run: Run, prepare: Prepare) -> None:
    prepare(send_one)
    assert "Allt är pausat" in run("pause")[1]
    assert "Allt är pausat" in run("status")[1]
    assert prepare(lambda database: claim(database, "a")) == 0

    assert "skickar igen" in run("resume")[1]
    assert "Inget är pausat" in run("status")[1]
    assert prepare(lambda database: claim(database, "b")) == 5


def test_pause_one_announcement_and_no_other(run: Run, prepare: Prepare) -> None:
    prepare(send_one)
    prepare(lambda database: enqueue(database, *people(3, tenants=3)))
    assert run("pause", "--announcement", "1") == (
        0, "Utskick 1 är pausat. Återuppta med tryggve sender resume --announcement 1.\n"
    )  # fmt: skip
    assert "Utskick 1 är pausat" in run("status")[1]
    assert prepare(lambda database: claim(database, "a")) == 3

    run("resume", "--announcement", "1")
    assert prepare(lambda database: claim(database, "b")) == 5


def test_what_is_paused_here_is_paused_for_its_coordinator_who_may_resume_it(
    run: Run, prepare: Prepare
) -> None:
    async def resume(database: Database) -> AnnouncementStatus:
        office = Office(database)
        kerstin = await office.employs("kerstin", coordinates=VASTRA_GOTALAND)
        before = await office.announcements.get(kerstin, 1)
        await office.sent.resume(kerstin, 1)
        return before.status

    prepare(send_one)
    run("pause", "--announcement", "1")
    assert prepare(resume) is AnnouncementStatus.PAUSED
    assert "Inget är pausat" in run("status")[1]
    assert prepare(lambda database: claim(database, "a")) == 5


def test_retry_sends_again_where_it_failed_and_nowhere_else(run: Run, prepare: Prepare) -> None:
    async def end_badly(database: Database) -> None:
        await end(database, Status.FAILED, "gave_up", [1, 2])
        await end(database, Status.UNCERTAIN, "timeout", [3])
        await end(database, Status.SENT, "", [4, 5])

    prepare(send_one)
    prepare(end_badly)
    assert "Utskick 1: 0 i kön, 2 misslyckade" in run("status")[1]
    assert "2 mottagare får utskicket en gång till" in run("retry", "--announcement", "1")[1]
    assert "0 mottagare" in run("retry", "--announcement", "1")[1]
    assert "Utskick 1: 2 i kön, 0 misslyckade" in run("status")[1]
    new = [row for row in prepare(rows) if row["resend_of"]]
    assert [row["resend_of"] for row in new] == [1, 2]
    assert json.loads(run("status", "--json")[1])["failed"] == {}


@pytest.mark.parametrize(
    "words", [("pause", "--announcement", "7"), ("retry", "--announcement", "7")]
)
def test_an_announcement_that_is_not_there_is_refused(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words) == (1, "Det finns inget utskick med nummer 7.\n")


def test_a_draft_has_nothing_to_retry(run: Run, prepare: Prepare) -> None:
    async def draft(database: Database) -> None:
        office = Office(database)
        await office.saves(await office.employs("kerstin", coordinates=VASTRA_GOTALAND))

    prepare(draft)
    for action in ("retry", "pause"):
        assert run(action, "--announcement", "1") == (1, "Utskick 1 är inte skickat.\n")


def test_a_refused_secret_is_the_first_thing_said(run: Run, prepare: Prepare) -> None:
    prepare(lambda database: AlarmService(database).credentials_refused())
    assert run("status")[1].startswith("FEL: Microsoft godtar inte botens hemlighet")

    prepare(lambda database: AlarmService(database).credentials_accepted())
    assert "FEL" not in run("status")[1]
