"""An installation that commands work on, whose database can be looked at between two of them."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import text

from knowledge.storage.database import Database
from knowledge.storage.schema import current_revision
from tests.bot.commands.running import Command, Done
from tests.knowledge.storage.test_migrations import back_to

T = TypeVar("T")

PREVIOUS = "0025"
"""The schema of a release before: it had fewer tables."""

ANNA = ("--tenant", "11111111-2222-4333-8444-555555555555",
        "--user", "00000000-0000-4000-8000-000000000001")  # fmt: skip


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Where copies are kept."""
    return tmp_path / "kopior"


def the_only(folder: Path) -> Path:
    (copy,) = folder.iterdir()
    return copy


def worked(done: Done) -> Done:
    assert done.returncode == 0, done.stderr
    return done


def refused(done: Done, *words: str) -> None:
    """In one line, and nothing else."""
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    for word in words:
        assert word in done.stderr


class Installation:
    """A database that can be looked at between two commands."""

    def __init__(self, url: str, tryggve: Command, kept: Path) -> None:
        self.url = url
        self._tryggve = tryggve
        self._settings = {"TRYGGVE_DATABASE_URL": url, "TRYGGVE_BACKUP_DIR": str(kept)}

    def does(self, *words: str, stdin: str = "", **settings: str) -> Done:
        return self._tryggve(*words, stdin=stdin, **self._settings | settings)

    def says(self, statement: str) -> list[str]:
        """One statement; the first column of what it answers."""

        async def carry_out(database: Database) -> list[str]:
            async with database.write() as tx:
                result = await tx.execute(text(statement))
                return [str(row[0]) for row in result] if result.returns_rows else []

        return self._on(carry_out)

    def goes_back_to(self, revision: str) -> None:
        self._on(lambda database: back_to(database, revision))

    def revision(self) -> str | None:
        return self._on(current_revision)

    def tables(self) -> set[str]:
        if self.url.startswith("sqlite"):
            return {*self.says("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return {*self.says("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")}

    def _on(self, work: Callable[[Database], Awaitable[T]]) -> T:
        async def run() -> T:
            database = Database(self.url)
            try:
                return await work(database)
            finally:
                await database.close()

        return asyncio.run(run())


@pytest.fixture
def office(database_url: str, tryggve: Command, kept: Path) -> Installation:
    return Installation(database_url, tryggve, kept)
