"""A hold that was put on since a copy was made stands when the copy is put back."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from bot.commands.access.operator import operator
from bot.commands.database import with_database
from bot.terminal import Refusal
from dialogs.conversation.texts import text
from knowledge.retention import holds
from knowledge.retention.holds import Hold
from knowledge.storage.database import Database
from knowledge.storage.schema import is_current


def known_holds() -> Sequence[Hold]:
    """What stands before the database is replaced; nothing where it cannot be read."""
    try:
        return with_database(_read)
    except Refusal:
        return []


def hold_again(before: Sequence[Hold], *, may_write: bool) -> Iterator[str]:
    """Put them on, and tell how many; and which are missing, where an older schema stands."""
    if not may_write:
        for one in before:
            yield text("backups.hold_missing", tenant=one.tenant_id, user=one.object_id)
        return
    if count := with_database(lambda database: _hold(database, before)):
        yield text("backups.held_again", count=count)


async def _read(database: Database) -> list[Hold]:
    if database.file and not database.file.path.exists():  # to open it would make an empty one
        return []
    if not await is_current(database):
        return []
    async with database.read() as tx:
        return await holds.list_holds(tx)


async def _hold(database: Database, before: Sequence[Hold]) -> int:
    async with database.write() as tx:
        known = {(one.tenant_id, one.object_id) for one in await holds.list_holds(tx)}
        lost = [one for one in before if (one.tenant_id, one.object_id) not in known]
        for one in lost:
            whose = one.tenant_id, one.object_id
            await holds.hold(tx, *whose, one.reason, datetime.now(UTC), operator())
    return len(lost)
