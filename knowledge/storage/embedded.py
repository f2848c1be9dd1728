"""How we talk with the embedded SQLite: each connection set up our way, single statements fast."""

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import (
    Connection,
    CursorResult,
    Engine,
    Executable,
    RowMapping,
    create_engine,
    event,
)
from sqlalchemy.engine import make_url

from knowledge.storage.sqlite_file import BUSY_MS, SqliteFile

NO_TRANSACTIONS: dict[str, Any] = {
    "isolation_level": "AUTOCOMMIT",
    "skip_autocommit_rollback": True,
    "pool_reset_on_return": None,
}

FLEETING = "fleeting"
"""The execution option of a statement whose effect is nothing that anybody was told."""


def prepare(engine: Engine, file: SqliteFile) -> None:
    """Set every connection up our way, on the one file that is ours."""

    @event.listens_for(engine, "do_connect")
    def only_to_ours(*_connecting: Any) -> None:
        file.hold()

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        cursor.execute("PRAGMA journal_mode=WAL")
        # FULL: a click that was acknowledged is still there after a power cut.
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        # Some builds of SQLite do it by themselves, and others leave what is deleted in the file.
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.close()


def begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def rows_of(result: CursorResult[Any]) -> Sequence[RowMapping]:
    return result.mappings().all() if result.returns_rows else []


class Quick:
    """Single statements on SQLite, each in one trip to a thread of its own.

    The async driver makes four trips to its thread for a statement, and with BEGIN and COMMIT
    nine. Measured for a turn's three statements: 3.6 ms of CPU that way, 1.2 ms this way.

    A statement marked FLEETING is kept through the death of a process, and perhaps not through a
    power cut: the disk is not waited for, which takes 4 ms and 0.15 ms of CPU. Whatever is
    committed after it brings it to the disk as well.
    """

    def __init__(self, url: str, file: SqliteFile) -> None:
        self._thread = ThreadPoolExecutor(1, "sqlite")
        plain = make_url(url).set(drivername="sqlite").render_as_string(hide_password=False)
        self._engine = create_engine(plain, **NO_TRANSACTIONS)
        prepare(self._engine, file)
        self._connections: dict[bool, Connection] = {}

    async def run(self, statement: Executable, values: Mapping[str, Any]) -> Sequence[RowMapping]:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._run, statement, values)

    def _run(self, statement: Executable, values: Mapping[str, Any]) -> Sequence[RowMapping]:
        fleeting = bool(statement.get_execution_options().get(FLEETING))
        if fleeting not in self._connections:
            self._connections[fleeting] = self._engine.connect()
            if fleeting:
                self._connections[fleeting].exec_driver_sql("PRAGMA synchronous=NORMAL")
        return rows_of(self._connections[fleeting].execute(statement, values))

    async def close(self) -> None:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._close)
        self._thread.shutdown()

    def _close(self) -> None:
        for connection in self._connections.values():
            connection.close()
        self._engine.dispose()
