"""A sender in a process of its own, to be killed, frozen and measured.

It speaks HTTP to a connector on this machine, as it would to Teams. `senders.py` starts it.
"""

import asyncio
import signal

from bot.auth import HostAllowList
from bot.connector import Connector
from bot.messenger import TeamsMessenger
from knowledge.storage import pace
from knowledge.storage.database import Database
from knowledge.storage.sender import Sender


def run(url: str, lease_seconds: float, rate: float) -> None:
    """Send until SIGTERM."""
    pace.RATE = rate
    asyncio.run(_send(url, lease_seconds))


async def _send(url: str, lease_seconds: float) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    database = Database(url)
    connector = Connector(HostAllowList(allow_loopback=True), None)
    await Sender(database, TeamsMessenger(connector), lease_seconds=lease_seconds).run(stop)
    await connector.close()
    await database.close()
