"""A sender in a process of its own, to be killed, frozen and measured.

It speaks HTTP to a connector on this machine, as it would to Teams. `senders.py` starts it.
"""

import asyncio
import math
import signal
import time

import aiohttp

from bot.log import set_up
from bot.teams.auth import HostAllowList
from bot.teams.connector import Connector
from bot.teams.messenger import TeamsMessenger
from knowledge.delivery import tenant_pace
from knowledge.delivery.messenger import Address, Message, Outcome, Sent
from knowledge.delivery.sender import Sender
from knowledge.storage.database import Database
from tests.support.limits import LEFT_AT

UNLIMITED = math.inf


class Stamping(Connector):
    """Says in each request when it left, by the clock that all processes of a machine share.

    So a connector that is busy for a moment does not think that what it finds came at once.
    """

    def _client(self) -> aiohttp.ClientSession:
        session = super()._client()
        if not session.trace_configs:
            tracing = aiohttp.TraceConfig()
            tracing.on_request_start.append(_stamp)
            tracing.freeze()
            session.trace_configs.append(tracing)
        return session


async def _stamp(
    _session: object, _context: object, asked: aiohttp.TraceRequestStartParams
) -> None:
    asked.headers[LEFT_AT] = str(time.monotonic())


class Accepting:
    """A messenger that accepts at once: what is measured then is the sender alone."""

    async def post(self, to: Address, message: Message) -> Sent:
        return Sent(Outcome.SENT, activity_id="activity", conversation_id=to.conversation_id)

    async def update(self, to: Address, activity_id: str, message: Message) -> Sent:
        return Sent(Outcome.SENT)

    async def delete(self, to: Address, activity_id: str) -> Sent:
        return Sent(Outcome.SENT)


def run(url: str, lease_seconds: float, rate: float) -> None:
    """Send until SIGTERM. Without any limit it speaks to nobody."""
    set_up("ERROR")
    tenant_pace.RATE = rate
    asyncio.run(_send(url, lease_seconds))


async def _send(url: str, lease_seconds: float) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    database = Database(url)
    connector = Stamping(HostAllowList(allow_loopback=True), None)
    messenger = Accepting() if tenant_pace.RATE == UNLIMITED else TeamsMessenger(connector)
    await Sender(database, messenger, lease_seconds=lease_seconds).run(stop)
    await connector.close()
    await database.close()
