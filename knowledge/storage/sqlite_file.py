"""The SQLite file below our connections: is it still the one at its path, and can it grow?

SQLite goes on writing into a file that has been deleted, moved or replaced, and reports success:
what was saved is gone when the process ends. So the file is looked at after every commit, which
costs some microseconds. Its log is part of it: a commit lives there until it is carried over.
"""

import os
import shutil
import sqlite3
import threading
from pathlib import Path

from knowledge.errors import KnowledgeError

BUSY_MS = 3_000

LEAST_ROOM = 1_000_000
"""Bytes that must be free on the disk. SQLite's log is written over and over, so on a full disk
some small writes still succeed, and then one does not."""

_AT_FAULT = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOTADB,
}

_Identity = tuple[tuple[int, int] | None, ...]


class DatabaseLost(KnowledgeError):
    """The file at the path is not the one that is open: what was just saved will not last.

    It does not come back by itself: put the file back and start anew.
    """


class SqliteFile:
    """One database file, as this process first found it."""

    def __init__(self, path: str) -> None:
        self.path = Path(path)
        self._parts = tuple(f"{path}{ending}" for ending in ("", "-wal", "-shm"))
        self._ours: _Identity | None = None
        self._anchor: sqlite3.Connection | None = None
        self._lock = threading.Lock()

    def hold(self) -> None:
        """Before each connection: remember which file it is, and never make one in its place.

        A connection of our own stays open, because SQLite removes the log with the last one.
        """
        with self._lock:
            if self._ours is not None:
                self.demand_unchanged()
                return
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if not self.path.exists():  # nobody else on the machine may read what is kept
                self.path.touch(mode=0o600)
            self._anchor = sqlite3.connect(self.path, check_same_thread=False)
            self._anchor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
            self._anchor.execute("PRAGMA journal_mode=WAL")
            self._anchor.execute("SELECT count(*) FROM sqlite_master").fetchone()
            self._ours = self._now()

    def demand_unchanged(self) -> None:
        """Raises DatabaseLost when what is open is no longer what is at the path."""
        if self._ours is not None and self._now() != self._ours:
            raise DatabaseLost(self.path.name)

    @property
    def is_read_only(self) -> bool:
        """Somebody has taken away the right to write, though open connections still have it."""
        writable = os.access(self.path, os.W_OK) and os.access(self.path.parent, os.W_OK)
        return not writable or not self.path.stat().st_mode & 0o222

    @property
    def is_full(self) -> bool:
        return shutil.disk_usage(self.path.parent).free < LEAST_ROOM

    def is_at_fault(self, error: BaseException | None) -> bool:
        """Whether the driver says that the file or its disk did not take what was written."""
        code = getattr(error, "sqlite_errorcode", None)
        return code is not None and code & 0xFF in _AT_FAULT

    def close(self) -> None:
        if self._anchor is not None:
            self._anchor.close()
            self._anchor = None

    def _now(self) -> _Identity:
        return tuple(_identity(part) for part in self._parts)


def _identity(part: str) -> tuple[int, int] | None:
    try:
        found = os.stat(part)
    except OSError:
        return None
    return found.st_dev, found.st_ino
