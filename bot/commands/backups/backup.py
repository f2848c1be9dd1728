"""`tryggve backup`: a copy of the whole database, while it is used."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from bot.commands.access.operator import leave_line
from bot.commands.backups.hindrances import carried_out
from bot.commands.database import with_database
from bot.settings import read_storage_settings
from bot.terminal import Refusal, say
from dialogs.conversation.texts import text
from knowledge.audit.models import Kind
from knowledge.storage.backups import files, service
from knowledge.storage.schema import HEAD

MEGABYTE = 1_000_000


def backup(chosen: argparse.Namespace) -> int:
    """Copy the database, and leave as many copies as are wanted."""
    if chosen.keep is not None and chosen.keep < 1:
        raise Refusal("backups.keep_one")
    where = _where(chosen.out)
    if chosen.keep and not files.is_folder(where):
        raise Refusal("backups.keep_in_folder")
    now = datetime.now(UTC)
    made = carried_out(lambda database: service.back_up(database, where, now))
    megabytes = max(1, round(made.path.stat().st_size / MEGABYTE))
    say(text("backups.made", path=made.path, megabytes=megabytes, revision=made.revision))
    if made.revision == HEAD:  # an older database is migrated first, and that leaves a line
        _leave_line()
    if chosen.keep and (gone := files.leave_newest(where, chosen.keep)):
        say(text("backups.removed", count=len(gone)))
    return 0


def _leave_line() -> None:
    """The copy is there, also where the database takes nothing any more."""
    try:
        with_database(lambda database: leave_line(database, Kind.DATABASE_BACKUP))
    except Refusal:
        say(text("backups.unnoted"))


def _where(out: Path | None) -> Path:
    """The folder or the file. A folder that the setting names is made, whatever its name."""
    if out is not None:
        return out
    if not (named := read_storage_settings().backup_dir):
        raise Refusal("backups.nowhere")
    Path(named).mkdir(parents=True, exist_ok=True, mode=0o700)
    return Path(named)
