"""Copies of a database on a PostgreSQL server: archives of pg_dump's own kind."""

import re
from pathlib import Path

from sqlalchemy import text

from knowledge.storage.backups import programs
from knowledge.storage.backups.models import BackupFailed, Hindrance
from knowledge.storage.database import Database
from knowledge.storage.schema import ONE_AT_A_TIME, is_ours

BEGINS = b"PGDMP"

_FIRST = """
BEGIN;
SET lock_timeout = '10s';
SELECT pg_advisory_xact_lock(:key);
DO $$
DECLARE
    found text;
BEGIN
    FOR found IN SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
        WHERE schemaname = current_schema() LOOP
        EXECUTE 'DROP TABLE IF EXISTS ' || found || ' CASCADE';
    END LOOP;
    FOR found IN SELECT format('%s', oid::regprocedure) FROM pg_proc
        WHERE pronamespace = current_schema()::regnamespace AND NOT EXISTS (
            SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e') LOOP
        EXECUTE 'DROP FUNCTION IF EXISTS ' || found || ' CASCADE';
    END LOOP;
END $$;
"""
"""Nothing of what is there remains: a table that the copy does not know would be in the way of the
next migration. What others do meanwhile waits for the tables, and then finds the new ones."""

_OTHERS = text(
    "SELECT coalesce(nullif(application_name, ''), '?') AS name, host(client_addr) AS host,"
    " count(*) AS times FROM pg_stat_activity WHERE datname = current_database()"
    " AND usename = current_user AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    " GROUP BY 1, 2 ORDER BY 3 DESC"
)


async def copy(database: Database, to: Path) -> str:
    """Copy while others read and write. Returns the copy's revision, read from the whole of it."""
    version, schema = await _server(database)
    for program in ("pg_dump", "pg_restore"):
        await programs.demand(program, version)
    only = f'--schema="{schema}"'
    words = ("--format=custom", "--no-owner", "--no-privileges", only, f"--file={to}")
    try:
        await programs.run("pg_dump", *words, environment=database.libpq)
    except BackupFailed as error:
        if error.hindrance is Hindrance.FULL:
            raise BackupFailed(Hindrance.FULL, str(to.parent)) from error
        raise
    return await examine(to)


async def examine(path: Path) -> str:
    """Read the whole copy. Returns its revision."""
    try:
        await programs.run("pg_restore", "--file=/dev/null", str(path), environment={})
        words = ("--data-only", "--table=alembic_version", "--file=-")
        printed = await programs.run("pg_restore", *words, str(path), environment={})
    except BackupFailed as error:
        raise BackupFailed(Hindrance.DAMAGED, str(path)) from error
    found = re.search(r"^COPY .*alembic_version .*\n(.+)\n\\\.$", printed.decode(), re.MULTILINE)
    if not found or not is_ours(found[1]):
        raise BackupFailed(Hindrance.NOT_OURS, str(path))
    return found[1]


async def demand_programs(database: Database) -> None:
    """What puts a copy back is there, and knows the server."""
    version, _ = await _server(database)
    for program in ("pg_restore", "psql"):
        await programs.demand(program, version)


async def demand_alone(database: Database) -> None:
    """Nobody else is connected as our own user: servers and workers always are.

    Their connections stay open between two statements, and end with the process, however it dies:
    so nothing is left behind that says that somebody is there who is not.
    """
    # Our own: one that asks, and those that asked before and wait in the pool.
    async with database.read() as tx:
        others = (await tx.execute(_OTHERS)).all()
    if others:
        there = [f"{one.name} ({one.host or 'socket'}, {one.times})" for one in others]
        raise BackupFailed(Hindrance.IN_USE, ", ".join(there))


async def put_back(path: Path, database: Database) -> None:
    """Make the database what the copy is, in one transaction: all of it, or nothing."""
    _, schema = await _server(database)
    first = _FIRST.replace(":key", str(ONE_AT_A_TIME))
    await programs.replace_all(first, path, schema, "COMMIT;\n", database.libpq)


async def _server(database: Database) -> tuple[int, str]:
    """Its version, and the schema that our tables are in."""
    number = text("SELECT current_setting('server_version_num')::int AS number, current_schema()")
    async with database.read() as tx:
        row = (await tx.execute(number)).one()
    return row.number // 10_000, row.current_schema
