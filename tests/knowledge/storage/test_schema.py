"""Migrations and tables say the same, forwards and back, and a newer schema is refused."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
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


def test_the_newest_migration_is_the_one_that_is_waited_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.FOLDER))

    assert ScriptDirectory.from_config(config).get_current_head() == schema.HEAD


async def test_the_first_migration_can_be_undone(database: Database) -> None:
    def undo(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(schema.FOLDER))
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
