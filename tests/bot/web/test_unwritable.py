"""A database that takes nothing any more: it shows at once, and nobody hears "Du är anmäld"."""

import asyncio
import resource
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import aiohttp
import asyncpg
import pytest
from sqlalchemy.engine import make_url

from knowledge.alarms.watch import KIND
from knowledge.storage.database import Database
from knowledge.storage.schema import migrate
from tests.bot.commands.test_work import process, said
from tests.support.builders import create_training
from tests.support.postgres import PostgresServer, find_binaries, free_port, start_postgres
from tests.support.timers import the_time_has_come
from tests.support.town import TENANT, Person, Town, town

WITHIN = 20.0
"""Twice what is promised: the machine may be busy."""


async def answers(http: aiohttp.ClientSession, url: str, wanted: bool) -> None:
    """/readyz says so soon, and all the while /healthz says that the process lives."""
    found = None
    async with asyncio.timeout(WITHIN):
        while found is not wanted:
            async with http.get(f"{url}/readyz") as response:
                found = (await response.json())["database"]
                assert found or response.status == 503
            await asyncio.sleep(0.1)
    async with http.get(f"{url}/healthz") as response:
        assert response.status == 200


async def metrics(tryggve: Town) -> dict[str, float]:
    async with tryggve.http.get(f"{tryggve.url}/metrics") as response:
        assert response.status == 200
        page = await response.text()
    lines = (line.rpartition(" ") for line in page.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in lines}


async def tells(tryggve: Town, *, readable: int, writable: int) -> None:
    """/metrics says so soon, and is never an error."""
    wanted = {"tryggve_database_readable": readable, "tryggve_database_writable": writable}
    async with asyncio.timeout(WITHIN):
        while not wanted.items() <= (await metrics(tryggve)).items():  # noqa: ASYNC110
            await asyncio.sleep(0.1)


async def sees_a_training(tryggve: Town) -> Person:
    anna = tryggve.person("Anna Alm")
    await create_training(tryggve)
    await anna.says("utbildningar")
    return anna


def exists(file: Path) -> bool:
    """An empty one in its place would look as if all were well."""
    return file.exists()


def allow(file: Path, mode: int) -> None:
    file.chmod(mode)


def delete(file: Path) -> None:
    file.unlink()


def delete_the_log(file: Path) -> None:
    file.with_name(f"{file.name}-wal").unlink()


def delete_what_is_shared(file: Path) -> None:
    file.with_name(f"{file.name}-shm").unlink()


def delete_the_folder(file: Path) -> None:
    shutil.rmtree(file.parent)


def move_away(file: Path) -> None:
    file.rename(file.with_name("elsewhere.db"))


def replace(file: Path) -> None:
    """By a copy, as when a backup is put back while the bot runs."""
    shutil.copy(file, file.with_name("copy.db"))
    file.with_name("copy.db").replace(file)


@pytest.mark.parametrize(
    "take_away",
    [delete, delete_the_log, delete_what_is_shared, delete_the_folder, move_away, replace],
)
async def test_nothing_is_confirmed_on_a_file_that_is_gone(
    sqlite_url: str, take_away: Callable[[Path], None]
) -> None:
    file = Path(make_url(sqlite_url).database or "")
    async with town(sqlite_url) as tryggve:
        anna = await sees_a_training(tryggve)
        await answers(tryggve.http, tryggve.url, True)
        take_away(file)

        await anna.taps("Anmäl mig till 1")
        anna.hears("Något gick fel hos mig")
        await anna.says("utbildningar")
        anna.does_not_hear("Du är anmäld")
        await tryggve.tryggve.background.do("writing")  # which comes by itself every 3 s
        await answers(tryggve.http, tryggve.url, False)
        await anna.says("utbildningar")
        anna.hears("Just nu kan jag inte spara något, så räkna inte med att det du bad om är gjort")
        assert (await metrics(tryggve))["tryggve_database_writable"] == 0
        assert exists(file) is (take_away in (delete_the_log, delete_what_is_shared, replace))


async def test_a_file_that_is_put_back_is_good_again(sqlite_url: str) -> None:
    file = Path(make_url(sqlite_url).database or "")
    async with town(sqlite_url) as tryggve:
        anna = await sees_a_training(tryggve)
        move_away(file)
        await answers(tryggve.http, tryggve.url, False)
        file.with_name("elsewhere.db").rename(file)
        await answers(tryggve.http, tryggve.url, True)

        await anna.taps("Anmäl mig till 1")
        anna.hears("Du är anmäld")


async def test_a_file_without_the_right_to_write_is_noticed(sqlite_url: str) -> None:
    file = Path(make_url(sqlite_url).database or "")
    async with town(sqlite_url) as tryggve:
        allow(file, 0o444)
        await answers(tryggve.http, tryggve.url, False)
        allow(file, 0o644)
        await answers(tryggve.http, tryggve.url, True)


async def test_coordinators_are_told_when_it_is_over(sqlite_url: str) -> None:
    file = Path(make_url(sqlite_url).database or "")
    async with town(sqlite_url, tenants={TENANT: "0780"}) as tryggve:
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await kerstin.installs()
        for mode, good in ((0o444, False), (0o644, True)):
            allow(file, mode)
            await answers(tryggve.http, tryggve.url, good)
        await the_time_has_come(tryggve.tryggve, KIND)

        await kerstin.is_told("Jag har inte kunnat spara")
        kerstin.hears("tog databasen inte emot något")


async def test_a_disk_without_room_is_noticed_and_reading_goes_on(sqlite_url: str) -> None:
    """The process may make no file longer: for SQLite that is a full disk."""
    port = str(free_port())
    url = f"http://127.0.0.1:{port}"
    async with (
        aiohttp.ClientSession() as http,
        process(sqlite_url, "serve", "--demo", "--port", port) as bot,
    ):
        await said(bot, '"event": "started"')
        await answers(http, url, True)
        before = resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
        await answers(http, url, False)
        async with http.get(f"{url}/metrics") as response:
            page = await response.text()
            assert "tryggve_database_writable 0.0" in page
            assert "tryggve_database_readable 1.0" in page

        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, before)
        await answers(http, url, True)
    with sqlite3.connect(make_url(sqlite_url).database or "") as afterwards:
        assert afterwards.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    afterwards.close()


@pytest.fixture
def mortal() -> Iterator[PostgresServer]:
    """A server of the test's own."""
    binaries = find_binaries()
    assert binaries is not None
    server = start_postgres(binaries)
    yield server
    server.stop()


@pytest.mark.postgres
async def test_a_postgresql_that_only_reads_and_then_is_gone_and_comes_back(
    mortal: PostgresServer,
) -> None:
    url = mortal.url("postgres")
    database = Database(url)
    await migrate(database)
    await database.close()
    async with town(url) as tryggve:
        anna = await sees_a_training(tryggve)
        await answers(tryggve.http, tryggve.url, True)
        await _only_reads(url, True)
        await answers(tryggve.http, tryggve.url, False)
        await tells(tryggve, readable=1, writable=0)
        await anna.taps("Anmäl mig till 1")
        anna.hears("Just nu kan jag inte spara något")

        await asyncio.to_thread(mortal.crash)
        await answers(tryggve.http, tryggve.url, False)
        await tells(tryggve, readable=0, writable=0)
        await asyncio.to_thread(mortal.start_again)
        await _only_reads(url, False)
        await answers(tryggve.http, tryggve.url, True)
        await anna.says("utbildningar")
        await anna.taps("Anmäl mig till 1")
        anna.hears("Du är anmäld")


async def _only_reads(url: str, only: bool) -> None:
    """For every session that comes; those that are there are ended."""
    admin = await asyncpg.connect(url, server_settings={"default_transaction_read_only": "off"})
    value = "on" if only else "off"
    await admin.execute(f"ALTER DATABASE postgres SET default_transaction_read_only = {value}")
    await admin.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND usename = 'tryggve'"
    )
    await admin.close()
