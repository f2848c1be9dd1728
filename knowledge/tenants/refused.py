"""Organisations that were turned away at the door lately, so that a line in the log leads to one.

Counted in memory and written down now and then. Each comes with a signature of Microsoft's, but
anybody may have an organisation there: only the latest are kept.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Column, Integer, Table, Text, delete, select

from knowledge.storage.database import Database, Moment, Reading, Writing, metadata

MOST, LONGEST_ID = 100, 64

refused_tenants = Table(
    "refused_tenants",
    metadata,
    Column("tenant_id", Text, primary_key=True),
    Column("times", Integer, nullable=False),
    Column("last_at", Moment, nullable=False),
)


@dataclass(frozen=True)
class RefusedTenant:
    tenant_id: str
    times: int
    last_at: datetime


class Refusals:
    """Who was turned away by this process since it was last written down."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._waiting: Counter[str] = Counter()

    def count(self, tenant_id: str) -> None:
        if tenant_id in self._waiting or len(self._waiting) < MOST:
            self._waiting[tenant_id[:LONGEST_ID]] += 1

    async def write_down(self) -> None:
        """Add what was counted to what all processes have."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, Counter()
        now = datetime.now(UTC)
        async with self.database.write() as tx:
            for tenant_id, times in sorted(waiting.items()):
                row = self.database.insert(refused_tenants).values(
                    tenant_id=tenant_id, times=times, last_at=now
                )
                added = {"times": refused_tenants.c.times + times, "last_at": now}
                await tx.execute(
                    row.on_conflict_do_update(index_elements=["tenant_id"], set_=added)
                )
            await _keep_the_latest(tx)


async def list_refused(tx: Reading | Writing) -> list[RefusedTenant]:
    """The latest first."""
    latest = refused_tenants.c.last_at.desc(), refused_tenants.c.tenant_id
    rows = (await tx.execute(select(refused_tenants).order_by(*latest))).mappings()
    return [RefusedTenant(**row) for row in rows]


async def _keep_the_latest(tx: Writing) -> None:
    gone = [one.tenant_id for one in (await list_refused(tx))[MOST:]]
    if gone:
        await tx.execute(delete(refused_tenants).where(refused_tenants.c.tenant_id.in_(gone)))
