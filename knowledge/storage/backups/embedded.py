"""Copies of an embedded SQLite database: a file like itself."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from knowledge.storage.backups.models import BackupFailed, Hindrance
from knowledge.storage.faults import DatabaseForeign
from knowledge.storage.schema import is_ours

BEGINS = b"SQLite format 3"
BUSY_SECONDS = 60.0

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"


def copy(database: Path, to: Path) -> str:
    """Copy while others read and write. Returns the copy's revision, read from the whole of it."""
    with _opened(database) as source:
        try:
            source.execute("VACUUM INTO ?", (str(to),))
        except sqlite3.OperationalError as error:
            # Only the copy is written to: it is its disk, not the database's.
            if error.sqlite_errorcode in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE):
                raise BackupFailed(Hindrance.FULL, str(to.parent)) from error
            raise
    return examine(to)


def examine(path: Path) -> str:
    """Read the whole copy. Returns its revision."""
    try:
        with _opened(path) as copied:
            told = copied.execute("PRAGMA integrity_check").fetchone()[0]
            row = copied.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError as error:  # no such table
        raise BackupFailed(Hindrance.NOT_OURS, str(path)) from error
    except sqlite3.DatabaseError as error:
        raise BackupFailed(Hindrance.DAMAGED, str(path)) from error
    if told != "ok":
        raise BackupFailed(Hindrance.DAMAGED, str(path))
    if row is None or not is_ours(row[0]):
        raise BackupFailed(Hindrance.NOT_OURS, str(path))
    return str(row[0])


def put_back(path: Path, database: Path) -> None:
    """Make the database what the copy is, in one transaction: all of it, or nothing.

    The file stays the same file, so its log cannot be another's. One that SQLite cannot read is
    moved aside. Raises DatabaseForeign.
    """
    if database.exists() and _is_unreadable(database):
        for ending in ("", "-wal", "-shm"):
            part = Path(f"{database}{ending}")
            if part.exists():
                part.replace(f"{database}.damaged{ending}")
    with _opened(path) as source, closing(sqlite3.connect(database)) as target:
        target.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000:.0f}")
        source.backup(target)
    database.chmod(0o600)


def _is_unreadable(database: Path) -> bool:
    try:
        with _opened(database) as file:
            tables = {name for (name,) in file.execute(_TABLES)}
            version = _version(file) if "alembic_version" in tables else ""
            damaged: bool = file.execute("PRAGMA quick_check").fetchone()[0] != "ok"
    except sqlite3.OperationalError:  # somebody has it, or it may not be read
        raise
    except sqlite3.DatabaseError:
        return True
    if tables and not is_ours(version):
        raise DatabaseForeign
    return damaged


def _version(file: sqlite3.Connection) -> str:
    """As ours when it has none yet: a migration that was cut off has left nothing else."""
    row = file.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else "0000"


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Never made by being opened."""
    uri = f"{path.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)) as connection:
        yield connection
