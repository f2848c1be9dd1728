"""What both bots' processes have in common: how they are served, and who they say they are."""

import asyncio
import signal
import sys

from aiohttp import web
from botframework.connector.auth import MicrosoftAppCredentials

from bot.terminal import say
from bot.web.server import Runner
from tests.bench.names import OWN_TOKEN


def never_ask_entra() -> None:
    """Give out a fixed token where MSAL would fetch one from Entra.

    Everything around it stays: the SDK makes its credentials as ever and signs each request with
    what they give. The stock bot is spared the token request that it would make in every turn.
    """

    def get_access_token(_self: MicrosoftAppCredentials, force_refresh: bool = False) -> str:
        return OWN_TOKEN

    MicrosoftAppCredentials.get_access_token = get_access_token


async def host(app: web.Application) -> None:
    """Serve on a free loopback port, printed as one line, until told to stop.

    The end of standard input counts too: the bot never outlives the benchmark, however that ends.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    loop.add_reader(sys.stdin.fileno(), stop.set)
    runner = Runner(app, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    say(str(runner.addresses[0][1]))
    await stop.wait()
    await runner.cleanup()
