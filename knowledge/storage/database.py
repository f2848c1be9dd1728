"""Connections and transactions, the same on embedded SQLite and on PostgreSQL."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any, NewType

from sqlalchemy import (
    DateTime,
    Dialect,
    Executable,
    MetaData,
    RowMapping,
    Select,
    Table,
    event,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Engine, ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import Float, TypeDecorator

from knowledge.errors import DatabaseBusy
from knowledge.spans import span
from knowledge.storage.address import Address, read_address
from knowledge.storage.embedded import NO_TRANSACTIONS, Quick, begin_immediate, prepare, rows_of
from knowledge.storage.meter import Meter
from knowledge.storage.sqlite_file import SqliteFile

Reading = NewType("Reading", AsyncConnection)
Writing = NewType("Writing", AsyncConnection)
"""A connection that may change things, inside a transaction; the other one may only look."""

metadata = MetaData()

POSTGRES_FROZEN_MS = 10_000
"""After so long without a word in the middle of a transaction the client is taken to be frozen or
cut off: the server gives its locks to the others. A frozen sender kept its tenants waiting."""

POSTGRES_LOCK_MS = 1_500
"""After so long behind somebody else's lock a statement gives up: one locked row must not take
every connection, and who waits for an answer is told in time."""

POOL_SECONDS = 2.0
WRITERS, READERS = 12, 16
"""Connections of one process. Readers have their own: they wait behind no writer."""

CONNECT_SECONDS = 5.0

_LOCKED = ("55P03", "40P01")
"""PostgreSQL's codes for a lock that was not got in time, and for a deadlock."""


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


def insert_for(is_sqlite: bool, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT, in the dialect at hand."""
    return sqlite.insert(table) if is_sqlite else postgresql.insert(table)


class Database:
    """One database, opened once per process.

    `write()` is one transaction. `read()` needs none: each statement sees what is committed.
    `single()` is a single statement, reading or writing, on the shortest way there is. On SQLite a
    write begins with BEGIN IMMEDIATE behind one lock of this process: a deferred BEGIN fails at
    once with "database is locked" when it comes to upgrade, and 40 clicks on 10 seats took ten
    times as long without the lock.

    All three raise DatabaseBusy when others hold what they need for longer than a person waits.
    What writes raises DatabaseLost when the SQLite file has been taken away from below. To make one
    with an address that leads nowhere raises BadAddress; nothing is connected before it is needed.
    """

    def __init__(self, url: str) -> None:
        address = read_address(url)
        self.url = address.url.render_as_string(hide_password=False)
        self.without_password = address.shown
        self.libpq = address.libpq
        self.is_sqlite = address.is_sqlite
        self.file = SqliteFile(address.url.database or "") if self.is_sqlite else None
        self.meter = Meter()
        self.refused_at = float("-inf")
        """When SQLite last said, on our own clock, that its file or disk takes nothing."""
        self._lock = asyncio.Lock()
        self._quick = Quick(self.url, self.file) if self.file else None
        if self.file:
            self._writer = create_async_engine(self.url)
            prepare(self._writer.sync_engine, self.file)
            event.listen(self._writer.sync_engine, "begin", begin_immediate)
            self._plain = create_async_engine(self.url, **NO_TRANSACTIONS)
            prepare(self._plain.sync_engine, self.file)
        else:
            self._writer = _postgres(address, WRITERS)
            self._plain = _postgres(address, READERS, isolation_level="AUTOCOMMIT")
            _forget_together(self._writer, self._plain)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Reading]:
        """A connection that only looks."""
        with self._watched("read") as since:
            async with self._plain.connect() as connection:
                self.meter.waited(since)
                yield Reading(connection)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Writing]:
        """A transaction that commits when the block ends and rolls back when it raises."""
        one_at_a_time = self._lock if self.is_sqlite else nullcontext()
        with self._watched("write") as since:
            async with one_at_a_time, self._writer.begin() as connection:
                self.meter.waited(since)
                yield Writing(connection)
        self._demand_kept()

    async def single(self, statement: Executable, **values: Any) -> Sequence[RowMapping]:
        """Carry out one statement by itself and return its rows.

        Every turn needs three of these; make the statement once and pass the values.
        """
        with self._watched("single"):
            if self._quick is None:
                async with self._plain.connect() as connection:
                    return rows_of(await connection.execute(statement, values))
            if isinstance(statement, Select):
                return await self._quick.run(statement, values)
            async with self._lock:
                rows = await self._quick.run(statement, values)
        self._demand_kept()
        return rows

    def insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that knows ON CONFLICT, in the dialect at hand."""
        return insert_for(self.is_sqlite, table)

    async def close(self) -> None:
        """Give every connection back."""
        await self._writer.dispose()
        await self._plain.dispose()
        if self._quick:
            await self._quick.close()
        if self.file:
            self.file.close()

    def _demand_kept(self) -> None:
        """After a commit, and before anybody is told of it."""
        if self.file:
            self.file.demand_unchanged()

    @contextmanager
    def _watched(self, kind: str) -> Iterator[float]:
        """Faults get our names, and how long it takes is noted. Yields when it began."""
        since = time.perf_counter()
        try:
            with span(f"database.{kind}"):
                yield since
        except NoConnectionLeft as error:
            self.meter.refused("no_connection")
            raise DatabaseBusy from error
        except DBAPIError as error:
            self.meter.refused("locked" if _is_locked(error) else "error")
            if self.file and self.file.is_at_fault(error.orig):
                self.refused_at = time.monotonic()
            if _is_locked(error):
                raise DatabaseBusy from error
            raise
        finally:
            self.meter.took(kind, since)


def _forget_together(*engines: AsyncEngine) -> None:
    """When one finds the server gone, the others' connections are dead as well.

    They are replaced when next asked for, as the finder's own are. A task that was cancelled in the
    middle of a statement has found nothing: its connection alone is given up.
    """
    for engine in engines:
        others = [other.sync_engine for other in engines if other is not engine]

        def forget(context: ExceptionContext, others: list[Engine] = others) -> None:
            if context.is_disconnect and isinstance(context.original_exception, Exception):
                for other in others:
                    other.pool._invalidate_time = time.time()

        event.listen(engine.sync_engine, "handle_error", forget)


def _postgres(address: Address, connections: int, **options: Any) -> AsyncEngine:
    settings = {
        "application_name": "tryggve",
        "idle_in_transaction_session_timeout": str(POSTGRES_FROZEN_MS),
        "lock_timeout": str(POSTGRES_LOCK_MS),
        **address.connect.get("server_settings", {}),
    }
    connect = {"timeout": CONNECT_SECONDS, **address.connect, "server_settings": settings}
    return create_async_engine(
        address.url,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=POOL_SECONDS,
        connect_args=connect,
        **options,
    )


def _is_locked(error: DBAPIError) -> bool:
    if getattr(error.orig, "sqlstate", None) in _LOCKED:
        return True
    return getattr(error.orig, "sqlite_errorname", "").startswith("SQLITE_BUSY")
