"""Databases of both kinds, and the people and things the tests talk about."""

import asyncio
import gc
import os
import sys
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import hypothesis
import pytest
import structlog

from knowledge.storage.database import Database
from knowledge.storage.schema import migrate
from tests.support.memory import memory
from tests.support.postgres import PostgresServer, find_binaries, start_postgres
from tests.support.town import Person, Town, town

EMBEDDINGS = Path(__file__).parents[1] / "var" / "embeddings"
"""Where `make embeddings` puts the optional language model."""
AGENTS = EMBEDDINGS.with_name("agents")
"""Where `make agents` puts Microsoft's living SDK."""

# Last: what both need, they need in the versions that we have.
sys.path.append(str(AGENTS))

# pytest's folders and the servers' too. On a disk everything else waits for the databases.
tempfile.tempdir = memory()

# The same examples in every run, however slow the machine: a red test is always worth a look.
hypothesis.settings.register_profile("tryggve", deadline=None, derandomize=True)
hypothesis.settings.load_profile("tryggve")


def pytest_collection_finish() -> None:
    """What has been imported stays: looking through it for rubbish took a tenth of the time."""
    gc.collect()
    gc.freeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """From here and not from a fixture: pytest then reports one place, and so one line."""
    if item.get_closest_marker("postgres") and find_binaries() is None:
        _do_without("REQUIRE_POSTGRES", "PostgreSQL saknas: testerna mot PostgreSQL hoppas över")
    if item.get_closest_marker("embeddings") and not EMBEDDINGS.is_dir():
        _do_without("REQUIRE_EMBEDDINGS", "Språkmodellen saknas: make embeddings hämtar den")
    if item.get_closest_marker("agents") and not AGENTS.is_dir():
        _do_without("REQUIRE_AGENTS", "Det levande SDK:t saknas: make agents hämtar det")


def _do_without(variable: str, reason: str) -> None:
    if os.environ.get(variable):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(autouse=True)
def heard_log() -> Iterator[None]:
    """A command silences the log of its process, which the next test may listen to."""
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server with a migrated database called "empty" to copy from."""
    binaries = find_binaries()
    assert binaries is not None
    server = start_postgres(binaries)

    async def prepare() -> None:
        admin = await asyncpg.connect(server.url("postgres"))
        await admin.execute('CREATE DATABASE "empty"')
        await admin.close()
        database = Database(server.url("empty"))
        await migrate(database)
        await database.close()

    asyncio.run(prepare())
    yield server
    server.stop()


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy from."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"

    async def prepare() -> None:
        database = Database(f"sqlite:///{path}")
        await migrate(database)
        await database.close()

    asyncio.run(prepare())
    return path


@pytest.fixture
def sqlite_url(empty_sqlite: Path, tmp_path: Path) -> str:
    """A fresh SQLite database."""
    path = tmp_path / "tryggve.db"
    path.write_bytes(empty_sqlite.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
async def postgres_url(postgres: PostgresServer) -> AsyncIterator[str]:
    """A fresh PostgreSQL database."""
    name = f"test_{uuid.uuid4().hex}"
    admin = await asyncpg.connect(postgres.url("postgres"))
    await admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "empty"')
    yield postgres.url(name)
    await admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    await admin.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """Each test that asks for it runs once on either kind of database."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture
async def tryggve(database_url: str) -> AsyncIterator[Town]:
    """An installation, on SQLite and on PostgreSQL."""
    async with town(database_url) as running:
        yield running


@pytest.fixture
def anna(tryggve: Town) -> Person:
    """A municipal employee."""
    return tryggve.person("Anna Alm")
