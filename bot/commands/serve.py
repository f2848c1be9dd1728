"""`tryggve serve`: the bot, with the sender or without; `tryggve work`: the sender and the timers
alone, in any number of processes on PostgreSQL. Both until told to stop."""

import argparse
import asyncio
import errno
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
from bot.commands.database import demand_current_schema, told_kindly, with_database
from bot.commands.processes import why_not_listen
from bot.settings import Settings, read_settings
from bot.terminal import Refusal
from bot.web.server import Runner
from knowledge.building import building
from knowledge.delivery import tenants
from knowledge.storage.database import Database
from knowledge.storage.one_sender import only_sender
from knowledge.storage.schema import migrate

events = structlog.get_logger()

SHUTDOWN_SECONDS = 20.0


def serve(chosen: argparse.Namespace) -> int:
    """Serve until Ctrl-C or SIGTERM. Returns the exit code."""
    settings = read_settings(demo=chosen.demo or None, host=chosen.host, port=chosen.port)
    _demand_port(settings)
    with told_kindly(settings.database_url):
        if chosen.no_sender and Database(settings.database_url).is_sqlite:
            raise Refusal("commands.no_sender_on_sqlite")
        _demand_free_file(settings)
        if not settings.demo:
            demand_current_schema()
            _demand_a_list(settings)
        return _run(settings, partial(_serve, settings, sends=not chosen.no_sender))


def work(_chosen: argparse.Namespace) -> int:
    """Send until Ctrl-C or SIGTERM. Returns the exit code."""
    settings = read_settings()
    with told_kindly(settings.database_url):
        _demand_free_file(settings)
        demand_current_schema()
        _demand_a_list(settings)
        return _run(settings, partial(_work, settings))


def _demand_port(settings: Settings) -> None:
    """It is taken, or not ours to take, or the address is another machine's."""
    error = why_not_listen(settings.port, settings.host)
    if error is None:
        return
    key = {errno.EADDRINUSE: "port_taken", errno.EACCES: "port_denied"}.get(error.errno or 0)
    where = {"host": settings.host, "port": settings.port, "other": settings.port + 1}
    raise Refusal(f"commands.{key or 'no_such_host'}", **where)


def _demand_free_file(settings: Settings) -> None:
    """An SQLite file has one process. PostgreSQL has as many as there are.

    Two would share the work, but a restore asks for the lock of one, and would not see the other.
    """
    database = Database(settings.database_url)
    with only_sender(database) as alone:
        if database.is_sqlite and not alone:
            raise Refusal("commands.file_taken")


def _demand_a_list(settings: Settings) -> None:
    """Where no organisation was ever named, nobody would get an answer, nor know why."""

    async def is_empty(database: Database) -> bool:
        async with database.read() as tx:
            return not await tenants.read(tx)

    if not settings.demo and not settings.tenants and with_database(is_empty):
        raise Refusal("access.nobody_listed")


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
        attention = tryggve.engine.attention
        attention.understanding.get_ready(attention.find)
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
