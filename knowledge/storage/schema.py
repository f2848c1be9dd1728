"""Bringing the database to the newest schema, and telling whether it is there."""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from knowledge.errors import KnowledgeError
from knowledge.storage.database import Database


class SchemaTooNew(KnowledgeError):
    """The database was migrated by a newer Tryggve: this one would not understand it."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


async def migrate(database: Database) -> None:
    """Run the migrations that are missing. Raises SchemaTooNew."""
    revision = await current_revision(database)
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if revision is not None and revision not in known:
        raise SchemaTooNew(revision)

    def upgrade(connection: Connection) -> None:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

    async with database.write() as tx:
        await tx.run_sync(upgrade)


async def is_current(database: Database) -> bool:
    """True when no migration is missing."""
    head = await asyncio.to_thread(ScriptDirectory.from_config(_config()).get_current_head)
    return await current_revision(database) == head


async def current_revision(database: Database) -> str | None:
    """The revision the database is at; None when it is empty."""

    def look(connection: Connection) -> str | None:
        return MigrationContext.configure(connection).get_current_revision()

    async with database.read() as tx:
        return await tx.run_sync(look)
