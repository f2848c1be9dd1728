"""Whether this process is the only sender on an embedded database."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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
    with Path(f"{path}.sender").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
