"""`tryggve serve`: the bot, with the sender or without; `tryggve work`: the sender and the timers
alone, in any number of processes on PostgreSQL. Both until told to stop."""

import argparse
import asyncio
import signal
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from functools import partial
from typing import Any

import structlog
from aiohttp import web

from bot import log, traces
from bot.app import Tryggve
from bot.commands import demo
from bot.commands.database import demand_current_schema, told_kindly
from bot.commands.processes import is_free
from bot.settings import Settings, read_settings
from bot.terminal import Refusal
from bot.web.server import Runner
from knowledge.building import building
from knowledge.storage.database import Database
from knowledge.storage.one_sender import only_sender
from knowledge.storage.schema import migrate

events = structlog.get_logger()

SHUTDOWN_SECONDS = 20.0


def serve(chosen: argparse.Namespace) -> int:
    """Serve until Ctrl-C or SIGTERM. Returns the exit code."""
    settings = read_settings(demo=chosen.demo or None, host=chosen.host, port=chosen.port)
    if not is_free(settings.port, settings.host):
        raise Refusal("commands.port_taken", port=settings.port, other=settings.port + 1)
    with told_kindly(settings.database_url):
        if chosen.no_sender and Database(settings.database_url).is_sqlite:
            raise Refusal("commands.no_sender_on_sqlite")
        if not settings.demo:
            demand_current_schema()
        return _run(settings, partial(_serve, settings, sends=not chosen.no_sender))


def work(_chosen: argparse.Namespace) -> int:
    """Send until Ctrl-C or SIGTERM. Returns the exit code."""
    settings = read_settings()
    with told_kindly(settings.database_url):
        _demand_free_file(settings)
        demand_current_schema()
        return _run(settings, partial(_work, settings))


def _demand_free_file(settings: Settings) -> None:
    """An SQLite file has one sender. PostgreSQL has as many as there are."""
    database = Database(settings.database_url)
    with only_sender(database) as alone:
        if database.is_sqlite and not alone:
            raise Refusal("commands.work_taken")


def _run(settings: Settings, go: Callable[[], Coroutine[Any, Any, int]]) -> int:
    """Run until it is done, with the log set up, and followed where that is wanted."""
    end = traces.follow(settings)
    log.set_up()
    try:
        return asyncio.run(go())
    finally:
        end()


async def _serve(settings: Settings, *, sends: bool) -> int:
    if settings.demo and not settings.tenants:
        settings = settings.model_copy(update={"tenants": {demo.TENANT: demo.MUNICIPALITY}})
    with building():
        tryggve = Tryggve(settings)
        tryggve.engine.attention.understanding.get_ready(tryggve.library.ask)
    if settings.demo:
        await migrate(tryggve.database)
        await demo.seed(tryggve.database, datetime.now(UTC).date())
        await tryggve.conversations.forget_everything()
    runner = Runner(tryggve.web_app(sends=sends), shutdown_timeout=SHUTDOWN_SECONDS)
    await runner.setup()
    await web.TCPSite(runner, settings.host, settings.port).start()
    events.info("started", listens=f"http://{settings.host}:{settings.port}", sends=sends)
    await _until_told_to_stop()
    await runner.cleanup()
    return 0


async def _work(settings: Settings) -> int:
    with building():
        tryggve = Tryggve(settings)
    async with tryggve.at_work(sends=True, listens=False):
        events.info("started", listens="", sends=True)
        await _until_told_to_stop()
    return 0


async def _until_told_to_stop() -> None:
    """Until Ctrl-C or SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()
