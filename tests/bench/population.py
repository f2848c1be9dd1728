"""Installations of another size: with many people stored in them, and of several processes."""

import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

from sqlalchemy import text

from knowledge.storage.database import Database
from tests.bench.processes import ALL_CORES, bot
from tests.bench.table import Figure, alone, compared
from tests.bench.teams import Teams
from tests.bench.turns import Rounds, cpu_per_turn, rush

FEW, MANY = 1_000, 1_000_000
AT_MOST = 1.3

_NUMBERS = {
    True: "WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < :last) ",
    False: "WITH g(n) AS (SELECT generate_series(1, CAST(:last AS int))) ",
}
_PEOPLE = """INSERT INTO people (tenant_id, object_id, teams_id, name, municipality,
    conversation_id, service_url, installed)
    SELECT 'tenant-' || (n % 290), 'stored-' || n, '29:stored-' || n, 'Person ' || n, '0780',
    'a:stored-' || n, 'https://x', true FROM g"""
_CHATS = """INSERT INTO conversations (key, state, seen, version, lease_until, unspoken, used_at)
    SELECT 'tenant-' || (n % 290) || '|a:stored-' || n, '{}', '[]', 1, 0.0, '{}', :now FROM g"""


Fresh = Callable[[], Awaitable[str]]
"""Makes an empty database and returns its address."""

_BOT = "tests.bench.tryggve_bot"


async def one_and_two(teams: Teams, folder: Path, keys: str, fresh: Fresh) -> list[Figure]:
    """Turns a second of one process and of two on one database, and how long a turn takes."""
    figures = []
    for many, how in ((1, "one process"), (2, "two processes")):
        url = await fresh()
        async with AsyncExitStack() as stack:
            names = [f"{how} {number}" for number in range(many)]
            each = [bot(name, folder, _BOT, keys, url, cores=ALL_CORES) for name in names]
            found = await rush(teams, [await stack.enter_async_context(one) for one in each])
        waits = f"p50 {found.half:.2f} s, p99 {found.most:.2f} s"
        figures.append(alone(f"turns, {how} on PostgreSQL; {waits}", "/s", [found.rate]))
    return figures


async def few_and_many(
    teams: Teams, folder: Path, keys: str, name: str, fresh: Fresh
) -> tuple[Figure, Rounds]:
    """What a turn costs in CPU where many people are stored, against few, round by round."""
    urls = {f"{name}, {many:,} people": await populate(await fresh(), many) for many in (FEW, MANY)}
    async with AsyncExitStack() as stack:
        each = [bot(label, folder, _BOT, keys, url) for label, url in urls.items()]
        cpu = await cpu_per_turn(teams, [await stack.enter_async_context(one) for one in each])
    few, many = cpu.values()
    label = f"CPU per turn, {name}, {MANY:,} people stored against {FEW:,}"
    return compared(label, "ms", few, many, at_most=AT_MOST), cpu


async def populate(url: str, how_many: int) -> str:
    """Store so many people. Returns the address again."""
    database = Database(url)
    async with database.write() as tx:
        for filled in (_PEOPLE, _CHATS):
            # Used just now: else the retention would be erasing all of it while we measure.
            head, tail = filled.replace(":now", str(time.time())).split("SELECT", 1)
            numbers = _NUMBERS[database.is_sqlite]
            await tx.execute(text(f"{head}{numbers}SELECT{tail}"), {"last": how_many})
    async with database.read() as tx:  # what the server would else do while we measure
        await tx.execute(text("ANALYZE" if database.is_sqlite else "VACUUM ANALYZE"))
        await tx.execute(text("PRAGMA wal_checkpoint" if database.is_sqlite else "CHECKPOINT"))
    await database.close()
    return url
