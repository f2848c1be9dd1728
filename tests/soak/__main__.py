"""`make soak`: the long trials, one after the other, and whether they kept what is promised.

`python -m tests.soak talks cluster` runs those only. Ends with 1 where something was not kept.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Collection
from pathlib import Path

import aiohttp

from bot.terminal import say
from knowledge.storage.database import Database
from knowledge.storage.schema import migrate
from tests.soak.cluster import Trial, cluster
from tests.soak.server import serving
from tests.soak.talks import FailingTeams, talks
from tests.support.postgres import find_binaries, free_port, start_postgres

TURNS, WARM_UP, PEOPLE, TENANTS = 20_000, 2_000, 500, 50
FAILING = 0.02
MOST_GROWTH, MOST_LATE = 1.1, 0.05

LONG = Trial(people=40, turns=4_000, everybody=5_000, every=20.0, kills=6)


async def long_talks() -> bool:
    """Many turns on SQLite while Teams fails at times: memory, lateness, nothing lost or mixed."""
    with tempfile.TemporaryDirectory(prefix="tryggve-soak-") as folder:
        url = f"sqlite:///{Path(folder)}/tryggve.db"
        database = Database(url)
        await migrate(database)
        await database.close()
        async with (
            FailingTeams(FAILING) as teams,
            aiohttp.ClientSession() as http,
            serving(url, free_port(), http) as server,
        ):
            crowd = {"people": PEOPLE, "tenants": TENANTS}
            warm = await talks(teams, http, [server.port], turns=WARM_UP, **crowd)
            before, _ = server.megabytes(), await server.lateness()
            began = time.perf_counter()
            found = await talks(teams, http, [server.port], turns=TURNS - WARM_UP, **crowd)
            took = time.perf_counter() - began
            after, (late, own) = server.megabytes(), await server.lateness()
    say(
        f"{warm.turns + found.turns:,} turns of {PEOPLE} people in {TENANTS} tenants, "
        f"{found.turns / took:.0f}/s; Teams refused {teams.refused}"
    )
    say(f"lost {len(found.lost)}, mixed up {len(found.crossed)}, said twice {found.extra}")
    say(f"memory {before:.0f} MB when warm, {after:.0f} MB at the end: {after / before:.3f}")
    say(f"event loop late, p99: {late * 1000:.1f} ms, of it by own work {own * 1000:.1f} ms")
    _tell(found.lost + found.crossed)
    right = warm.is_right and found.is_right and not teams.faults
    return right and after / before < MOST_GROWTH and own < MOST_LATE


async def long_cluster() -> bool:
    """Two servers and two workers, one of each killed every 20 s, the database once."""
    binaries = find_binaries()
    if binaries is None:
        say("PostgreSQL saknas: klustret prövas inte")
        return False
    server = start_postgres(binaries)
    try:
        found, delivered = await cluster(server, LONG)
    finally:
        server.stop()
    say(f"{found.turns:,} turns, delivered again {found.again}, said twice {found.extra}")
    say(f"lost {len(found.lost)}, mixed up {len(found.crossed)}")
    say(f"deliveries: {', '.join(f'{name} {count}' for name, count in delivered.items())}")
    _tell(found.lost + found.crossed)
    return found.is_right


def _tell(wrong: list[str]) -> None:
    for one in wrong[:5]:
        say(f"  {one}")


TRIALS: dict[str, Callable[[], Awaitable[bool]]] = {"talks": long_talks, "cluster": long_cluster}


async def main(chosen: Collection[str]) -> int:
    kept = {}
    for name in chosen or TRIALS:
        say(f"{name} …")
        kept[name] = await TRIALS[name]()
        say(f"{name}: {'kept' if kept[name] else 'NOT KEPT'}\n")
    return 0 if all(kept.values()) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
