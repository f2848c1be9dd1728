"""What has been purged, when, and by which decision: never what it was."""

from datetime import datetime

from sqlalchemy import func, insert, select, update

from knowledge.retention.models import purges
from knowledge.retention.periods import Kind
from knowledge.storage.database import Database, Writing


async def note(tx: Writing, began: datetime, kind: Kind, amount: int, decision: str) -> None:
    """In the transaction that purges: what is gone is written down, whatever happens next.

    Of each time that it `began`, a kind has one row.
    """
    told = {"at": began, "kind": kind.value, "decision": decision}
    row = purges.c
    same = [row[name] == value for name, value in told.items()]
    more = update(purges).where(*same).values(amount=row.amount + amount)
    if not (await tx.execute(more)).rowcount:
        await tx.execute(insert(purges).values(**told, amount=amount))


async def last_purge(database: Database) -> datetime | None:
    """When something was purged last; None when nothing ever was."""
    async with database.read() as tx:
        last: datetime | None = (await tx.execute(select(func.max(purges.c.at)))).scalar_one()
    return last
