"""Whether this process is the only sender on an embedded database."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import make_url

from knowledge.storage.database import Database


@contextmanager
def only_sender(database: Database) -> Iterator[bool]:
    """Hold the lock file beside the SQLite file. False when another process has it.

    The system gives the lock back when the process dies, however it dies. PostgreSQL may have
    any number of senders: always False.
    """
    path = make_url(database.url).database
    if not database.is_sqlite or not path:
        yield False
        return
    # To hold it one need not be able to write it: somebody else may have made it, as root.
    file = os.open(f"{path}.sender", os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        yield _locked(file)
    finally:
        os.close(file)


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
