"""Every few seconds: does the database take what is written? Each process asks for itself."""

import asyncio
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum

import structlog
from sqlalchemy.exc import DBAPIError

from knowledge.alarms import repository
from knowledge.alarms.service import AlarmService
from knowledge.errors import DatabaseBusy
from knowledge.storage.database import Database
from knowledge.storage.sqlite_file import DatabaseLost

EVERY = 3.0
PATIENCE_SECONDS = 5.0
"""How long PostgreSQL may be silent. SQLite answers for itself, and waits behind our own writes."""

FRESH_SECONDS = 10.0
"""So long a write that the disk refused counts, though a smaller one has succeeded since."""

log = structlog.get_logger()


class Fault(StrEnum):
    """Why nothing can be saved."""

    LOST = "lost"  # the file has been deleted, moved or replaced, or a part of it
    READ_ONLY = "read_only"
    FULL = "full"
    BUSY = "busy"  # another process holds the SQLite file
    REFUSED = "refused"
    SILENT = "silent"  # no answer


class WriteCheck:
    """Tries to write, and remembers since when it cannot.

    `fault` is the latest finding; None when all is well, also before anything has been tried.
    """

    def __init__(
        self,
        database: Database,
        alarms: AlarmService,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.database = database
        self.fault: Fault | None = None
        self._alarms = alarms
        self._now = now
        self._since: datetime | None = None

    async def look(self) -> None:
        """Never raises. What is wrong is logged once, and told to coordinators when it is over."""
        try:
            self.fault = await self._find()
            if self.fault:
                self._note(self.fault)
            elif self._since:
                await self._alarms.could_not_write_since(self._since)
                self._since = None
                log.warning("database_writable_again")
        except Exception as error:
            self.fault = Fault.REFUSED
            self._note(self.fault, error)

    def _note(self, fault: Fault, error: Exception | None = None) -> None:
        if self._since is None:
            self._since = self._now()
            log.error("database_unwritable", fault=fault.value, exc_info=error)

    async def _find(self) -> Fault | None:
        try:
            if fault := self._fault_of_file():
                return fault
            await self._try_to_write()
        except (DatabaseLost, FileNotFoundError):
            return Fault.LOST
        except DatabaseBusy:
            # PostgreSQL has answered, and who holds that row keeps nobody else from writing.
            return Fault.BUSY if self.database.is_sqlite else None
        except DBAPIError as error:
            return _fault_in(str(error.orig))
        except OSError:  # a refused connection, or our patience has ended
            return Fault.SILENT
        return None

    def _fault_of_file(self) -> Fault | None:
        file = self.database.file
        if file is None:
            return None
        file.demand_unchanged()
        if file.is_read_only:
            return Fault.READ_ONLY
        lately = time.monotonic() - self.database.refused_at < FRESH_SECONDS
        return Fault.FULL if file.is_full else Fault.REFUSED if lately else None

    async def _try_to_write(self) -> None:
        async with (
            asyncio.timeout(None if self.database.is_sqlite else PATIENCE_SECONDS),
            self.database.write() as tx,
        ):
            await repository.try_to_write(tx, self.database)


def _fault_in(said: str) -> Fault:
    """SQLite and PostgreSQL have their own codes, and nearly the same words."""
    if re.search(r"read-?only", said):
        return Fault.READ_ONLY
    return Fault.FULL if "full" in said or "No space" in said else Fault.REFUSED
