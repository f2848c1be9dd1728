"""Migrations and tables say the same, forwards and back, and a newer schema is refused."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

import bot.app  # noqa: F401 - imports every table
from knowledge.storage import schema
from knowledge.storage.database import Database, metadata
from knowledge.storage.schema import SchemaTooNew, is_current, migrate


async def test_the_migrations_build_exactly_the_tables(database: Database) -> None:
    def difference(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))

    async with database.read() as tx:
        assert await tx.run_sync(difference) == []


async def test_the_first_migration_can_be_undone(database: Database) -> None:
    def undo(connection: Connection) -> None:
        config = Config()
        folder = Path(schema.__file__).parent / "migrations"
        config.set_main_option("script_location", str(folder))
        config.attributes["connection"] = connection
        command.downgrade(config, "base")

    assert await is_current(database)
    async with database.write() as tx:
        await tx.run_sync(undo)
    assert not await is_current(database)
    await migrate(database)
    assert await is_current(database)


async def test_a_database_from_a_newer_version_is_refused(database: Database) -> None:
    async with database.write() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaTooNew):
        await migrate(database)
