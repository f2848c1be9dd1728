"""What has been purged, when, and by which decision: never what it was."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, insert, select

from knowledge.retention.models import purges
from knowledge.retention.periods import Kind
from knowledge.storage.database import Database, Writing


async def note(tx: Writing, now: datetime, gone: Mapping[Kind, int], decision: str) -> None:
    rows = [
        {"at": now, "kind": kind.value, "amount": amount, "decision": decision}
        for kind, amount in gone.items()
    ]
    if rows:
        await tx.execute(insert(purges), rows)


async def last_purge(database: Database) -> datetime | None:
    """When something was purged last; None when nothing ever was."""
    async with database.read() as tx:
        last: datetime | None = (await tx.execute(select(func.max(purges.c.at)))).scalar_one()
    return last
