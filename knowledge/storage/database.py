"""Connections and transactions, the same on embedded SQLite and on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NewType

from sqlalchemy import DateTime, Dialect, MetaData, Table, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import Float, TypeDecorator

Reading = NewType("Reading", AsyncConnection)
Writing = NewType("Writing", AsyncConnection)
"""A connection inside a transaction. The type in a signature tells whether it may change things."""

metadata = MetaData()

SQLITE_BUSY_MS = 3_000


class Moment(TypeDecorator[datetime]):
    """A point in time: stored as UTC, always read back aware."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        if not isinstance(value, datetime):
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class clock(FunctionElement[float]):
    """The database's own clock, in seconds since 1970: one clock for all processes."""

    type = Float()
    inherit_cache = True


@compiles(clock, "postgresql")
def _clock_postgresql(element: clock, compiler: Any, **kw: Any) -> str:
    return "extract(epoch from clock_timestamp())::double precision"


@compiles(clock)
def _clock_sqlite(element: clock, compiler: Any, **kw: Any) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"


def async_url(url: str) -> str:
    """Name the async driver in a plain `sqlite:///…` or `postgresql://…` address."""
    parsed = make_url(url)
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
    driver = drivers.get(parsed.get_backend_name(), parsed.drivername)
    return parsed.set(drivername=driver).render_as_string(hide_password=False)


class Database:
    """One database, opened once per process.

    `read()` and `write()` each give one transaction. On SQLite a write begins with BEGIN
    IMMEDIATE behind one lock of this process: a deferred BEGIN fails at once with "database is
    locked" when it comes to upgrade, and 40 clicks on 10 seats took ten times as long without
    the lock.
    """

    def __init__(self, url: str) -> None:
        self.url = async_url(url)
        self.is_sqlite = make_url(self.url).get_backend_name() == "sqlite"
        self._lock = asyncio.Lock()
        if self.is_sqlite:
            self._writer = _sqlite_engine(self.url, "BEGIN IMMEDIATE")
            self._reader = _sqlite_engine(self.url, "BEGIN")
        else:
            self._writer = self._reader = create_async_engine(
                self.url, pool_size=10, max_overflow=10, pool_timeout=10, pool_pre_ping=True
            )

    @property
    def without_password(self) -> str:
        """The address as it may be shown."""
        return make_url(self.url).render_as_string(hide_password=True)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Reading]:
        """A transaction that only looks."""
        async with self._reader.begin() as connection:
            yield Reading(connection)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Writing]:
        """A transaction that commits when the block ends and rolls back when it raises."""
        if not self.is_sqlite:
            async with self._writer.begin() as connection:
                yield Writing(connection)
            return
        async with self._lock, self._writer.begin() as connection:
            yield Writing(connection)

    def insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that knows ON CONFLICT, in the dialect at hand."""
        return sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)

    async def close(self) -> None:
        """Give every connection back."""
        await self._writer.dispose()
        if self._reader is not self._writer:
            await self._reader.dispose()


def _sqlite_engine(url: str, begin: str) -> AsyncEngine:
    """An engine that opens each transaction with `begin` instead of the driver's own habit."""
    path = make_url(url).database
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(url)

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={SQLITE_BUSY_MS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        # FULL: a click that was acknowledged is still there after a power cut.
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine
