"""Looking at timers from outside, and hurrying them."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from bot.app import Tryggve
from knowledge.storage.database import Database
from knowledge.timers import timers
from knowledge.timers.clockwork import Clockwork
from knowledge.trainings import reminders

PAST = datetime.now(UTC) - timedelta(minutes=1)


async def set_timer(
    database: Database, key: str = "a", *, kind: str = "note", due: datetime = PAST, **payload: Any
) -> None:
    async with database.write() as tx:
        await timers.set(tx, database, key=key, kind=kind, due=due, payload=payload)


async def timer_rows(database: Database) -> dict[str, dict[str, Any]]:
    """Every timer, by its key."""
    async with database.read() as tx:
        rows = (await tx.execute(select(timers.timers))).mappings()
        return {row["key"]: dict(row) for row in rows}


async def hurry(database: Database, kind: str = "") -> None:
    """The time of the timers has come; leases have run out."""
    row = update(timers.timers).values(due=0.0)
    if kind:
        row = row.where(timers.timers.c.kind == kind)
    async with database.write() as tx:
        await tx.execute(row)


def keep_own_time(tryggve: Tryggve) -> None:
    """A reminder that is to come by this installation's own clock does not by the machine's.

    In a story that is told on 21 November the reminder of the 26th would come whenever the real
    day is later, in the middle of whatever is said. It rings when the test says so.
    """
    ring = tryggve.clockwork.ring

    async def ring_what_has_come() -> bool:
        await _hold_back(tryggve.database, tryggve.now())
        return await ring()

    tryggve.clockwork.ring = ring_what_has_come  # type: ignore[method-assign]


async def _hold_back(database: Database, here: datetime) -> None:
    row, real = timers.timers.c, datetime.now(UTC)
    early = row.due.between(here.timestamp() + 1, real.timestamp())
    its = (row.kind == reminders.KIND) & early & row.lease.is_(None) & (row.attempts == 0)
    async with database.read() as looking:
        if not (await looking.execute(select(row.key).where(its).limit(1))).first():
            return
    async with database.write() as tx:
        ahead = (real - here).total_seconds()
        await tx.execute(update(timers.timers).where(its).values(due=row.due + ahead))


async def ring_all(clockwork: Clockwork) -> int:
    """Carry out everything that is due. Returns how many there were."""
    count = 0
    while await clockwork.ring():
        count += 1
    return count


async def the_time_has_come(tryggve: Tryggve, kind: str) -> None:
    """The timers of that kind ring now, whichever of this and the background carries them out."""
    await _until_quiet(tryggve.database, kind)  # what rings already saw the world as it was
    await hurry(tryggve.database, kind)
    await ring_all(tryggve.clockwork)
    await _until_quiet(tryggve.database, kind)
    tryggve.bell.ring()


async def _until_quiet(database: Database, kind: str) -> None:
    async with asyncio.timeout(15):
        while await _is_ringing(database, kind):  # noqa: ASYNC110 - as below
            await asyncio.sleep(0.01)


async def _is_ringing(database: Database, kind: str) -> bool:
    rows = (await timer_rows(database)).values()
    return any(row["kind"] == kind and (row["lease"] or row["due"] == 0.0) for row in rows)


async def until_none_is_left(database: Database, seconds: float = 15.0) -> None:
    """Wait until every timer has rung."""
    async with asyncio.timeout(seconds):
        while await timer_rows(database):  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.05)
