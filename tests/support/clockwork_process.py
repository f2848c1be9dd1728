"""A clockwork in a process of its own, to be killed while it carries out a timer.

`python -m tests.support.clockwork_process DATABASE_URL LEASE_SECONDS` says "begun" and goes on for
ever.
"""

import asyncio
import sys

from knowledge.storage.database import Database, Writing
from knowledge.timers.clockwork import Clockwork
from knowledge.timers.timers import Timer


async def hang(_tx: Writing, _timer: Timer) -> None:
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    await asyncio.sleep(60)


async def main(url: str, lease_seconds: str) -> None:
    clockwork = Clockwork(Database(url), lease_seconds=float(lease_seconds))
    clockwork.on("note", hang)
    await clockwork.run(asyncio.Event())


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
