"""`tryggve serve`: the bot and the sender in one process, until told to stop."""

import asyncio
import signal
from datetime import UTC, datetime

from aiohttp import web

from bot import demo, log
from bot.app import Tryggve
from bot.children import is_free
from bot.lines import refuse, say
from bot.settings import Settings
from dialogs.texts import text
from knowledge.storage.schema import is_current, migrate

SHUTDOWN_SECONDS = 20.0


def serve(settings: Settings) -> int:
    """Serve until Ctrl-C or SIGTERM. Returns the exit code."""
    if not is_free(settings.port, settings.host):
        other = settings.port + 1
        return refuse(text("commands.port_taken", port=settings.port, other=other))
    log.set_up()
    return asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> int:
    if settings.demo and not settings.tenants:
        settings = settings.model_copy(update={"tenants": {demo.TENANT: demo.MUNICIPALITY}})
    tryggve = Tryggve(settings)
    if settings.demo:
        await migrate(tryggve.database)
        await demo.seed(tryggve.database, datetime.now(UTC).date())
    elif not await is_current(tryggve.database):
        await tryggve.close()
        return refuse(text("commands.not_migrated"))
    runner = web.AppRunner(
        tryggve.web_app(),
        access_log=None,
        shutdown_timeout=SHUTDOWN_SECONDS,
        # A header that trickles in for longer than this is an attack, not Teams.
        keepalive_timeout=75.0,
    )
    await runner.setup()
    await web.TCPSite(runner, settings.host, settings.port).start()
    say(text("commands.started", address=f"http://{settings.host}:{settings.port}"))
    await _until_told_to_stop()
    await runner.cleanup()
    return 0


async def _until_told_to_stop() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()
