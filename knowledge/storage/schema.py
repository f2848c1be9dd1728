"""Bringing the database to the newest schema, and telling whether it is there.

Alembic is imported only when there is something to migrate: it costs a fifth of a second and
6 MB, and a server that starts on a current database needs neither.
"""

import re
from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, Table, Text, inspect, select

from knowledge.errors import KnowledgeError
from knowledge.storage.database import Database
from knowledge.storage.faults import DatabaseForeign

HEAD = "0025"
"""The newest migration. A test compares it with the files."""

FOLDER = Path(__file__).parent / "migrations"

_OURS = re.compile(r"\d{4}")
"""Our revisions are numbers. Alembic's own are not: it keeps other programs' databases too."""

_version = Table("alembic_version", MetaData(), Column("version_num", Text))


class SchemaTooNew(KnowledgeError):
    """The database was migrated by a newer Tryggve: this one would not understand it."""


async def migrate(database: Database) -> None:
    """Run the migrations that are missing. Raises SchemaTooNew."""
    if await is_current(database):
        return
    async with database.write() as tx:
        await tx.run_sync(_upgrade)


async def is_current(database: Database) -> bool:
    """True when no migration is missing."""
    return await current_revision(database) == HEAD


async def current_revision(database: Database) -> str | None:
    """The revision the database is at; None when it is empty. Raises DatabaseForeign."""

    def look(connection: Connection) -> str | None:
        if not inspect(connection).has_table(_version.name):
            if inspect(connection).get_table_names():
                raise DatabaseForeign
            return None
        revision = connection.execute(select(_version.c.version_num)).scalar_one_or_none()
        if revision and not _OURS.fullmatch(revision):
            raise DatabaseForeign
        return revision

    async with database.read() as tx:
        return await tx.run_sync(look)


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    if connection.dialect.name == "postgresql":  # a change of tables may wait for those in use
        connection.exec_driver_sql("SET LOCAL lock_timeout = '60s'")
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:  # the database names a revision that these files do not have
        raise SchemaTooNew from error
