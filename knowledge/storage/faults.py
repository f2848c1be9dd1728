"""Why a database cannot be worked on, read from what drivers raise. One list for all commands."""

import errno
import sqlite3
import ssl
from collections.abc import Iterator
from enum import StrEnum

from sqlalchemy.exc import DBAPIError

from knowledge.errors import DatabaseBusy, KnowledgeError
from knowledge.storage.sqlite_file import DatabaseLost


class DatabaseForeign(KnowledgeError):
    """There are tables in it, and they are another program's."""


class WrongEncoding(KnowledgeError):
    """It cannot hold every character, so an answer would one day not be kept."""


class Unusable(StrEnum):
    """What keeps a database from being worked on."""

    PASSWORD = "password"  # noqa: S105 - the fault's name
    NO_DATABASE = "no_database"
    RIGHTS = "rights"
    TLS = "tls"
    UNREACHABLE = "unreachable"
    BUSY = "busy"
    CROWDED = "crowded"
    LOST = "lost"
    NO_FOLDER = "no_folder"
    NOT_A_DATABASE = "not_a_database"
    DAMAGED = "damaged"
    FOREIGN = "foreign"
    ENCODING = "encoding"
    READ_ONLY = "read_only"
    FULL = "full"
    DISK = "disk"
    REFUSED = "refused"


_STATES = {
    "28P01": Unusable.PASSWORD,
    "28000": Unusable.PASSWORD,
    "3D000": Unusable.NO_DATABASE,
    "42501": Unusable.RIGHTS,
    "25006": Unusable.READ_ONLY,
    "53100": Unusable.FULL,
    "53300": Unusable.CROWDED,
    "57P03": Unusable.UNREACHABLE,
    "55P03": Unusable.BUSY,
    "40P01": Unusable.BUSY,
}
"""By PostgreSQL's codes."""

_CODES = {
    sqlite3.SQLITE_NOTADB: Unusable.NOT_A_DATABASE,
    sqlite3.SQLITE_CORRUPT: Unusable.DAMAGED,
    sqlite3.SQLITE_CANTOPEN: Unusable.NO_FOLDER,
    sqlite3.SQLITE_READONLY: Unusable.READ_ONLY,
    sqlite3.SQLITE_PERM: Unusable.READ_ONLY,
    sqlite3.SQLITE_FULL: Unusable.FULL,
    sqlite3.SQLITE_IOERR: Unusable.DISK,
    sqlite3.SQLITE_BUSY: Unusable.BUSY,
    sqlite3.SQLITE_LOCKED: Unusable.BUSY,
}
"""By SQLite's codes."""

_NAMED: tuple[tuple[type[BaseException], Unusable], ...] = (
    (DatabaseForeign, Unusable.FOREIGN),
    (WrongEncoding, Unusable.ENCODING),
    (DatabaseBusy, Unusable.BUSY),
    (DatabaseLost, Unusable.LOST),
    (ssl.SSLError, Unusable.TLS),
    (PermissionError, Unusable.NO_FOLDER),
    (FileExistsError, Unusable.NO_FOLDER),
    (NotADirectoryError, Unusable.NO_FOLDER),
    (IsADirectoryError, Unusable.NO_FOLDER),
    (FileNotFoundError, Unusable.NO_FOLDER),
)


def why_unusable(error: BaseException) -> Unusable | None:
    """What the error says of the database; None when it says nothing of one."""
    # What we have named ourselves says what it is about, whatever led to it.
    causes = [error] if isinstance(error, KnowledgeError) else [*_causes(error)]
    for cause in causes:
        if found := _by_code(cause):
            return found
    if any(isinstance(cause, (DBAPIError, sqlite3.Error)) for cause in causes):
        return Unusable.REFUSED
    return Unusable.UNREACHABLE if isinstance(error, OSError) else None


def _by_code(error: BaseException) -> Unusable | None:
    if found := _STATES.get(getattr(error, "sqlstate", None) or ""):
        return found
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None and code & 0xFF in _CODES:
        return _CODES[code & 0xFF]
    if isinstance(error, OSError) and error.errno in (errno.EROFS, errno.ENOSPC):
        return Unusable.READ_ONLY if error.errno == errno.EROFS else Unusable.FULL
    if isinstance(error, ConnectionError) and "SSL" in str(error):  # asyncpg's word for it
        return Unusable.TLS
    return next((kind for named, kind in _NAMED if isinstance(error, named)), None)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, what the driver said, and what led to it."""
    seen: list[BaseException] = []
    here: BaseException | None = error
    while here is not None and here not in seen:
        seen.append(here)
        yield here
        here = getattr(here, "orig", None) or here.__cause__ or here.__context__
