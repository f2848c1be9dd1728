"""`tryggve backup` and `tryggve restore`: a copy of the whole database, and the way back to it."""

import argparse
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from bot.commands.database import with_database
from bot.settings import read_storage_settings
from bot.terminal import Refusal, lines, say
from dialogs.conversation.texts import text
from knowledge.storage.address import read_address
from knowledge.storage.backups import files, service
from knowledge.storage.backups.models import BackupFailed
from knowledge.storage.database import Database
from knowledge.storage.schema import HEAD, SchemaTooNew

MEGABYTE = 1_000_000

T = TypeVar("T")


def backup(chosen: argparse.Namespace) -> int:
    """Copy the database, and leave as many copies as are wanted."""
    if chosen.keep is not None and chosen.keep < 1:
        raise Refusal("backups.keep_one")
    where = _where(chosen.out)
    if chosen.keep and not files.is_folder(where):
        raise Refusal("backups.keep_in_folder")
    now = datetime.now(UTC)
    made = _carried_out(lambda database: service.back_up(database, where, now))
    megabytes = max(1, round(made.path.stat().st_size / MEGABYTE))
    say(text("backups.made", path=made.path, megabytes=megabytes, revision=made.revision))
    if chosen.keep and (gone := files.leave_newest(where, chosen.keep)):
        say(text("backups.removed", count=len(gone)))
    return 0


def restore(chosen: argparse.Namespace) -> int:
    """Make the database what it was when the copy was made."""
    try:
        copy = _carried_out(lambda database: service.examine(database, chosen.file))
    except SchemaTooNew:
        raise Refusal("backups.hindered.too_new") from None
    _carried_out(service.demand_alone)
    url = read_address(read_storage_settings().database_url).shown
    if not chosen.yes:
        say(text("backups.ask", url=url, path=copy.path, revision=copy.revision))
        if next(lines(), "").strip().casefold() != "ja":
            raise Refusal("backups.unchanged")
    _carried_out(lambda database: service.put_back(database, copy))
    older = copy.revision < HEAD
    say(text("backups.restored_older" if older else "backups.restored", path=copy.path))
    return 0


def _where(out: Path | None) -> Path:
    """The folder or the file. A folder that the setting names is made, whatever its name."""
    if out is not None:
        return out
    if not (named := read_storage_settings().backup_dir):
        raise Refusal("backups.nowhere")
    Path(named).mkdir(parents=True, exist_ok=True, mode=0o700)
    return Path(named)


def _carried_out(work: Callable[[Database], Awaitable[T]]) -> T:
    """What keeps it from being done ends the command with one line."""
    try:
        return with_database(work)
    except BackupFailed as error:
        key = f"backups.hindered.{error.hindrance.value}"
        raise Refusal(key, detail=error.detail, other=error.other) from None
