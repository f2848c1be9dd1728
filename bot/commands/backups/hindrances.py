"""What keeps a copy from being made or put back, in one line."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.commands.database import with_database
from bot.terminal import Refusal
from knowledge.storage.backups.models import BackupFailed
from knowledge.storage.database import Database

T = TypeVar("T")


def carried_out(work: Callable[[Database], Awaitable[T]]) -> T:
    """Work on the database; what keeps it from being done ends the command."""
    try:
        return with_database(work)
    except BackupFailed as error:
        key = f"backups.hindered.{error.hindrance.value}"
        raise Refusal(key, detail=error.detail, other=error.other) from None
