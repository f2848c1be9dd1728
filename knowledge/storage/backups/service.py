"""What is promised of copies: one that is made is whole, and one that is put back is all there is.

A copy is an SQLite file or an archive of pg_dump, after the database's own kind.
"""

import asyncio
import errno
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from knowledge.storage.backups import embedded, files, server
from knowledge.storage.backups.models import BackupFailed, Copy, Hindrance
from knowledge.storage.database import Database
from knowledge.storage.one_sender import only_sender
from knowledge.storage.schema import HEAD, current_revision


async def back_up(database: Database, where: Path, now: datetime) -> Copy:
    """Make a copy in the folder, or as the file. Raises BackupFailed."""
    if database.file and not database.file.path.exists():  # to open it would make an empty one
        raise FileNotFoundError(errno.ENOENT, "no database", str(database.file.path))
    if await current_revision(database) is None:
        raise BackupFailed(Hindrance.NO_DATABASE, database.without_password)
    path = files.place_for(where, "db" if database.file else "dump", now)
    with files.written_whole(path) as unfinished:
        if database.file:
            source = database.file.path
            revision = await asyncio.to_thread(embedded.copy, source, unfinished)
        else:
            revision = await server.copy(database, unfinished)
    return Copy(path, revision)


async def examine(database: Database, path: Path) -> Copy:
    """The copy as something that can be put back here. Raises BackupFailed."""
    begins = files.first_bytes(path)
    is_file = begins == embedded.BEGINS
    if not is_file and not begins.startswith(server.BEGINS):
        raise BackupFailed(Hindrance.DAMAGED, str(path))
    if is_file != bool(database.file):
        raise BackupFailed(Hindrance.OTHER_KIND, str(path))
    if database.file:
        revision = await asyncio.to_thread(embedded.examine, path)
    else:
        await server.demand_programs(database)
        revision = await server.examine(path)
    if revision > HEAD:
        raise BackupFailed(Hindrance.TOO_NEW, str(path))
    return Copy(path, revision)


async def demand_alone(database: Database) -> None:
    """No server and no worker is running on it. Raises BackupFailed."""
    if database.file:
        with _alone(database):
            return
    await server.demand_alone(database)


async def put_back(database: Database, copy: Copy) -> None:
    """Make the database what the copy is. Raises BackupFailed, and then nothing has changed."""
    if database.file:
        with _alone(database):
            await asyncio.to_thread(embedded.put_back, copy.path, database.file.path)
    else:
        await current_revision(database)  # raises DatabaseForeign: what is there is not ours
        await server.demand_alone(database)
        await server.put_back(copy.path, database)
    if await current_revision(database) != copy.revision:
        raise BackupFailed(Hindrance.DAMAGED, str(copy.path))


@contextmanager
def _alone(database: Database) -> Iterator[None]:
    """What a serving process on SQLite holds for as long as it lives is held by us."""
    assert database.file  # noqa: S101 asked before
    database.file.path.parent.mkdir(parents=True, exist_ok=True)
    with only_sender(database) as alone:
        if not alone:
            raise BackupFailed(Hindrance.IN_USE, "tryggve")
        yield
