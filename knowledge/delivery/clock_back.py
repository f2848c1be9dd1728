"""When the database's clock is put back, what was written before lies in the future.

Everything that is to happen would then wait for the clock to come there again, and silently. So
what is further ahead than its rule can make it is brought back. What somebody chose to send later
keeps its moment.
"""

import time

import structlog
from sqlalchemy import case, select, update

from knowledge.delivery import conversation_pace, tenant_pace
from knowledge.delivery.models import Status, deliveries, status_is
from knowledge.delivery.retries import FURTHEST_RETRY
from knowledge.storage.database import Database, Reading, Writing, clock

AT_ONCE = 1.0
"""Seconds: what is due so soon after it was written was due at once."""

NOTICEABLE = 2.0

log = structlog.get_logger()


class ClockGuard:
    """Notices that the database's clock has gone back, by the clock of this process.

    At the start nobody knows: `has_gone_back` is true the first time.
    """

    def __init__(self) -> None:
        self._ahead: float | None = None

    async def has_gone_back(self, tx: Reading | Writing) -> bool:
        """Since the last time it was asked."""
        now = float((await tx.execute(select(clock()))).scalar_one())
        ahead, before = now - time.monotonic(), self._ahead
        self._ahead = ahead
        if before is None:
            return True
        if went_back := ahead < before - NOTICEABLE:
            log.warning("clock_put_back", seconds=round(before - ahead))
        return went_back


async def set_lines_right(tx: Writing, database: Database) -> None:
    """Bring lines back that stand still for longer than they can, however that came about."""
    stood = await tenant_pace.set_right(tx, database)
    if stood := stood + await conversation_pace.set_right(tx, database):
        log.error("lines_stood_still", lines=stood)


async def set_right(tx: Writing, database: Database, lease_seconds: float) -> None:
    """Bring everything back that waits for no reason."""
    await set_lines_right(tx, database)
    now = clock()
    sending = update(deliveries).where(
        status_is(Status.SENDING), deliveries.c.due > now + lease_seconds
    )
    await tx.execute(sending.values(due=now + lease_seconds))
    at_once = deliveries.c.due <= deliveries.c.created_at + AT_ONCE
    tried = (deliveries.c.attempts > 0) & (deliveries.c.due > now + FURTHEST_RETRY)
    from_the_future = deliveries.c.created_at > now
    pending = update(deliveries).where(
        status_is(Status.PENDING), (from_the_future & at_once) | tried
    )
    created = case((from_the_future, now), else_=deliveries.c.created_at)
    await tx.execute(pending.values(due=now, created_at=created))
