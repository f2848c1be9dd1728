"""`tryggve work`: the sender and the timers alone, in any number of processes on PostgreSQL."""

import argparse

from bot.app import Tryggve
from bot.commands.serve import demand_current_schema, run_on_database, until_told_to_stop
from bot.settings import Settings, read_settings
from bot.terminal import Refusal, say
from dialogs.conversation.texts import text
from knowledge.delivery.one_sender import only_sender
from knowledge.storage.database import Database


def work(_chosen: argparse.Namespace) -> int:
    """Send until Ctrl-C or SIGTERM. Returns the exit code."""
    settings = read_settings()
    _demand_free_file(settings)
    return run_on_database(settings, _work(settings))


def _demand_free_file(settings: Settings) -> None:
    """An SQLite file has one sender. PostgreSQL has as many as there are."""
    database = Database(settings.database_url)
    with only_sender(database) as alone:
        if database.is_sqlite and not alone:
            raise Refusal("commands.work_taken")


async def _work(settings: Settings) -> int:
    tryggve = Tryggve(settings)
    await demand_current_schema(tryggve)
    async with tryggve.at_work(sends=True, listens=False):
        say(text("commands.working"))
        await until_told_to_stop()
    return 0
