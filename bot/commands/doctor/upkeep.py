"""What wears out with time: what proves the bot, and the latest backup."""

import os
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from bot.commands.doctor.findings import Finding, fault, fine, note
from bot.settings import Settings
from bot.teams import credentials
from dialogs.conversation import swedish
from dialogs.conversation.swedish import SWEDEN
from knowledge.alarms.models import WARN_DAYS
from knowledge.storage.address import BadAddress, read_address
from knowledge.storage.backups.files import UNFINISHED

OLD_HOURS, TOO_OLD_HOURS = 36, 7 * 24
"""A backup every night leaves at most 36 hours between two looks."""


_SECRET = ("secret", "secret_soon", "secret_expired")
_CERTIFICATE = ("certificate", "certificate_soon", "certificate_expired")


def findings(settings: Settings) -> Iterator[Finding]:
    """One function for each thing that wears out: what is to be looked at too is added here."""
    yield from _proof(settings)
    yield from _backups(settings)


def _proof(settings: Settings) -> Iterator[Finding]:
    """A secret does not say when it expires, and Microsoft does not tell the bot."""
    if settings.demo or settings.app_type == "UserAssignedMSI":
        return
    expires = credentials.expires(settings)
    if expires is None:
        yield note("secret_unknown")
        return
    words = _CERTIFICATE if settings.app_certificate else _SECRET
    yield _of_day(expires, datetime.now(SWEDEN).date(), *words)


def _of_day(expires: date, today: date, good: str, soon: str, over: str) -> Finding:
    day = swedish.day(expires)
    if expires < today:
        return fault(over, day=day)
    if (expires - today).days <= WARN_DAYS:
        return note(soon, day=day)
    return fine(good, day=day)


def _times_of_copies(folder: Path, database_url: str) -> list[float]:
    """When each was made. The database itself is no copy, should it lie in the same folder."""
    try:
        url = read_address(database_url).url
    except BadAddress:
        return []  # told already
    itself = str(Path(url.database or "").absolute())
    return [
        file.stat().st_mtime
        for file in folder.rglob("*")
        if file.is_file() and UNFINISHED not in file.name and file.stat().st_size
        if url.get_backend_name() != "sqlite" or not str(file.absolute()).startswith(itself)
    ]


def _backups(settings: Settings) -> Iterator[Finding]:
    if settings.demo:
        return
    if not settings.backup_dir:
        yield note("backups_unknown")
        return
    folder = Path(settings.backup_dir)
    if not os.path.isdir(folder):
        yield fault("no_backup_folder", path=folder)
        return
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield fault("backup_folder_denied", path=folder)
        return
    if not (made := _times_of_copies(folder, settings.database_url)):
        yield fault("no_backup", path=folder)
        return
    hours = round((time.time() - max(made)) / 3600)
    if hours > TOO_OLD_HOURS:
        yield fault("backup_too_old", hours=hours)
    else:
        yield note("backup_old", hours=hours) if hours > OLD_HOURS else fine("backup", hours=hours)
