"""What a send to everybody takes, by a clock of our own: the real claims and limits on SQLite.

SQLite asks us what time it is, so that hours pass in seconds. A fiftieth and a hundredth part of
the send are simulated. That the one takes twice as long as the other is what allows to multiply.
"""

import math
from pathlib import Path
from typing import Any

from sqlalchemy import event

from knowledge.delivery import claims, tenant_pace
from knowledge.delivery.models import Delivery, Result, Status
from knowledge.storage.database import Database
from tests.bench.sending import opened
from tests.bench.table import Figure
from tests.support.deliveries import enqueue, to_person

EVERYBODY, TENANTS = 1_000_000, 290
PARTS = (100, 50)
PER_SECOND = 1_000
"""What a worker gets done over HTTP, cautiously."""

TICK = 0.1
FURTHEST = 0.1
"""How far the simulation may be from the paper, as a part."""

_JULIAN_1970, _DAY = 2440587.5, 86_400.0


def sizes(everybody: int) -> list[int]:
    """Recipients per tenant: shared out as Sweden's inhabitants are over its municipalities."""
    weights = [rank**-0.8 for rank in range(1, TENANTS + 1)]
    return [max(1, round(everybody * weight / sum(weights))) for weight in weights]


def paper(everybody: int, per_second: float = PER_SECOND) -> float:
    """Seconds: those who are not finished share the worker equally, none above its own rate."""
    seconds, each_has = 0.0, 0
    for finished, size in enumerate(sorted(sizes(everybody))):
        rate = min(tenant_pace.RATE, per_second / (TENANTS - finished))
        seconds += (size - each_has) / rate
        each_has = size
    return seconds


class Clock:
    """The time that a database believes it is, in seconds since 1970."""

    def __init__(self, database: Database) -> None:
        self.now = 1_800_000_000.0
        event.listen(database._writer.sync_engine, "connect", self._install)

    def _install(self, connection: Any, _record: Any) -> None:
        connection.run_async(lambda real: real.create_function("julianday", 1, self._julian))

    def _julian(self, _moment: str) -> float:
        return self.now / _DAY + _JULIAN_1970


async def simulated(everybody: int, folder: Path) -> float:
    """How many of the clock's seconds it takes until everybody has it."""
    url = f"sqlite:///{folder}/simulated-{everybody}.db"
    await (await opened(url)).close()
    database = Database(url)
    clock = Clock(database)
    await enqueue(
        database,
        *(
            to_person(tenant * 1_000_000 + number, tenant=f"tenant-{tenant}")
            for tenant, size in enumerate(sizes(everybody))
            for number in range(size)
        ),
    )
    began, last, left = clock.now, clock.now, sum(sizes(everybody))
    while left:
        async with database.write() as tx:
            claimed = await claims.claim(
                tx, database, f"{clock.now}", int(PER_SECOND * TICK), next_in=TICK
            )
            await claims.settle(tx, database, [_sent(delivery) for delivery in claimed])
        last = max([last, *(clock.now + delivery.wait for delivery in claimed)])
        left -= len(claimed)
        clock.now += TICK
    await database.close()
    return last - began


def _sent(delivery: Delivery) -> Result:
    return Result(delivery, Status.SENT, activity_id="activity")


async def simulation(folder: Path) -> tuple[Figure, str]:
    """The figure for everybody, and how it came about."""
    took = {part: await simulated(EVERYBODY // part, folder) for part in PARTS}
    small, large = (took[part] * part for part in PARTS)
    expected = paper(EVERYBODY)
    near = all(abs(each / expected - 1) <= FURTHEST for each in (small, large))
    figure = Figure(
        f"{EVERYBODY:,} recipients, {TENANTS} tenants, virtual clock",
        tryggve=f"{large / 60:.1f} min",
        ratio=f"{large / expected:.2f}",
        target=f"{expected / 60:.1f} min ± {FURTHEST:.0%}",
        met=near,
    )
    parts = ", ".join(f"1/{part} takes {seconds:.1f} s" for part, seconds in took.items())
    workers = f"{expected / 60:.0f} min with one worker at {PER_SECOND:,}/s"
    many = f"{paper(EVERYBODY, math.inf) / 60:.0f} min with many"
    largest = f"{sizes(EVERYBODY)[0]:,} in the largest tenant at {tenant_pace.RATE:g}/s"
    return figure, f"paper: {workers}, {many} ({largest}); simulated: {parts}"
