"""Whether a delivery costs more when the table has grown from ten thousand rows to a million."""

import asyncio
import time

from sqlalchemy import text

from knowledge.delivery import claims, tenant_pace
from knowledge.delivery.models import Result, Status
from knowledge.storage.database import Database
from tests.bench.sending import opened
from tests.bench.table import Figure
from tests.support.deliveries import enqueue, people

SMALL, LARGE = 10_000, 1_000_000
TENANTS = 290
ROUNDS, BATCH = 40, 200
BETWEEN = 0.05  # seconds: as fast as it can, it would run ahead of the tenants' lines
AT_MOST = 1.3

_NUMBERS = {
    True: "WITH RECURSIVE g(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM g WHERE n < :last) ",
    False: "WITH g(n) AS (SELECT generate_series(CAST(:first AS int), CAST(:last AS int))) ",
}
_FILL = """
INSERT INTO deliveries (message_id, group_key, action, dedupe_key, target, target_name,
    municipality, is_person, tenant_id, service_url, conversation_id, teams_id, status, reason,
    attempts, due, possibly_duplicated, http_status, activity_id, created_at, unwanted)
SELECT (SELECT min(id) FROM messages), 'old' || (n / 1000), 'post', 'old' || n, 'person:' || n,
    'Person', '1480', true, 'old-tenant-' || (n % 290), 'https://x', 'old-chat-' || n, '29:' || n,
    CASE WHEN n % 2 = 0 THEN 'sent' ELSE 'pending' END, '',
    1, 0.0, 0, 201, 'activity', 0.0, false FROM g
"""
"""Half is sent, and half waits for a turn that does not come while we measure."""


async def growth(name: str, url: str) -> Figure:
    """The ratio of what a delivery costs, claimed and settled, in the large and the small table."""
    database = await opened(url)
    await enqueue(database, *people(4 * ROUNDS * BATCH, tenants=TENANTS))
    async with database.write() as tx:
        waiting = [f"old-tenant-{number}" for number in range(TENANTS)]
        await tenant_pace.introduce(tx, database, waiting)
        await tenant_pace.hold(tx, database, dict.fromkeys(waiting, 600.0))
    await fill(database, 1, SMALL)
    small = await seconds_per_delivery(database)
    await fill(database, SMALL + 1, LARGE)
    large = await seconds_per_delivery(database)
    await database.close()
    return Figure(
        f"CPU per delivery, {LARGE:,} rows against {SMALL:,}, {name}",
        tryggve=f"{large * 1e6:.0f} µs",
        ratio=f"{large / small:.2f}",
        target=f"≤ {AT_MOST:g}",
        met=large / small <= AT_MOST,
    )


async def fill(database: Database, first: int, last: int) -> None:
    async with database.write() as tx:
        await tx.execute(
            text(_FILL.replace("SELECT (", _NUMBERS[database.is_sqlite] + "SELECT (", 1)),
            {"first": first, "last": last},
        )
    async with database.read() as tx:  # what the server would else do while we measure
        await tx.execute(text("ANALYZE" if database.is_sqlite else "VACUUM ANALYZE"))
        await tx.execute(text("PRAGMA wal_checkpoint" if database.is_sqlite else "CHECKPOINT"))


async def seconds_per_delivery(database: Database) -> float:
    """CPU time, ours and the server's: the time on the wall tells what else the machine does."""
    before = await cpu_seconds(database)
    for number in range(ROUNDS):
        async with database.write() as tx:
            claimed = await claims.claim(tx, database, f"{before}/{number}", BATCH)
        assert len(claimed) == BATCH
        await asyncio.sleep(BETWEEN)
        async with database.write() as tx:
            results = [Result(each, Status.SENT, activity_id="activity") for each in claimed]
            await claims.settle(tx, database, results)
    return (await cpu_seconds(database) - before) / ROUNDS / BATCH


async def cpu_seconds(database: Database) -> float:
    """CPU time so far: this process's, and that of the server's processes that work for it."""
    if database.is_sqlite:
        return time.process_time()
    ours = text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
    async with database.read() as tx:
        pids = list((await tx.execute(ours)).scalars())
    return time.process_time() + sum(time.clock_gettime((~pid << 3) | 2) for pid in pids)
