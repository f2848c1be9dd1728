"""Bringing the database to the newest schema, and telling whether it is there.

Alembic is imported only when there is something to migrate: it costs a fifth of a second and
6 MB, and a server that starts on a current database needs neither.
"""

import asyncio
import re
from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, Table, Text, inspect, select

from knowledge.errors import DatabaseBusy, KnowledgeError
from knowledge.storage.database import Database
from knowledge.storage.faults import DatabaseForeign, WrongEncoding

HEAD = "0032"
"""The newest migration. A test compares it with the files."""

FOLDER = Path(__file__).parent / "migrations"

_OURS = re.compile(r"\d{4}")
"""Our revisions are numbers. Alembic's own are not: it keeps other programs' databases too."""

_version = Table("alembic_version", MetaData(), Column("version_num", Text))


ONE_AT_A_TIME = 20230701
"""The advisory lock of whoever changes or replaces tables, on PostgreSQL."""

PATIENCE_SECONDS = 300.0
"""How long one who wants to migrate waits for another who does."""


class SchemaTooNew(KnowledgeError):
    """The database was migrated by a newer Tryggve: this one would not understand it."""


async def migrate(database: Database) -> bool:
    """Run the migrations that are missing. False when there were none. Raises SchemaTooNew.

    Several may come at once, as when all containers start: one does it, and the others wait.
    """
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            try:
                if await is_current(database):
                    return False
                async with database.write() as tx:
                    return await tx.run_sync(_upgrade)
            except DatabaseBusy:
                # SQLite is busy for as long as another migrates. PostgreSQL says so only when
                # somebody holds a table, and that will not pass in a moment.
                if not database.is_sqlite:
                    raise
                await asyncio.sleep(0.2)


async def is_current(database: Database) -> bool:
    """True when no migration is missing. Raises SchemaTooNew."""
    return is_newest(await current_revision(database))


def is_newest(revision: str | None) -> bool:
    """Raises SchemaTooNew."""
    if revision is not None and revision > HEAD:
        raise SchemaTooNew(revision)
    return revision == HEAD


def is_ours(revision: str) -> bool:
    """Whether Tryggve can have given it."""
    return _OURS.fullmatch(revision) is not None


async def current_revision(database: Database) -> str | None:
    """The revision the database is at; None when it is empty. Raises DatabaseForeign."""

    async with database.read() as tx:
        return await tx.run_sync(_look)


def _look(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_version.name):
        if inspect(connection).get_table_names():
            raise DatabaseForeign
        return None
    revision = connection.execute(select(_version.c.version_num)).scalar_one_or_none()
    if revision and not is_ours(revision):
        raise DatabaseForeign
    return revision


def _demand_every_character(connection: Connection) -> None:
    """Raises WrongEncoding. Names and answers are in Unicode, whatever the server's habit is."""
    if connection.dialect.name == "postgresql":
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
        if encoding != "UTF8":
            raise WrongEncoding(encoding)


def _upgrade(connection: Connection) -> bool:
    from alembic import command
    from alembic.config import Config

    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE_SECONDS:.0f}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
        # A change of tables may wait for those in use.
        connection.exec_driver_sql("SET LOCAL lock_timeout = '60s'")
    if is_newest(_look(connection)):  # another was first
        return False
    _demand_every_character(connection)
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    return True
