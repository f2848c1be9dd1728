"""A sender in a process of its own, to be killed.

It sends by HTTP to a counter on this machine, which outlives it:
`python -m tests.support.sender_process DATABASE_URL COUNTER_PORT LEASE_SECONDS`
"""

import asyncio
import signal
import sys

import aiohttp

from knowledge.messenger import Address, Message, Outcome, Sent
from knowledge.storage.database import Database
from knowledge.storage.sender import Sender


class HttpMessenger:
    """Posts the conversation's id to the counter."""

    def __init__(self, session: aiohttp.ClientSession, port: str) -> None:
        self.session = session
        self.url = f"http://127.0.0.1:{port}/"

    async def post(self, to: Address, message: Message) -> Sent:
        async with self.session.post(self.url, data=to.conversation_id) as answer:
            return Sent(Outcome.SENT, activity_id=await answer.text(), status=answer.status)

    async def update(self, to: Address, activity_id: str, message: Message) -> Sent:
        raise NotImplementedError

    async def delete(self, to: Address, activity_id: str) -> Sent:
        raise NotImplementedError


async def main(url: str, port: str, lease_seconds: str) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    database = Database(url)
    async with aiohttp.ClientSession() as session:
        messenger = HttpMessenger(session, port)
        await Sender(database, messenger, lease_seconds=float(lease_seconds)).run(stop)
    await database.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
