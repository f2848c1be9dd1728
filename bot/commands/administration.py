"""`tryggve migrate` and `seed`: work on the database, with or without a running bot."""

import argparse
from datetime import UTC, datetime

from bot.commands import demo
from bot.commands.access.operator import leave_line
from bot.commands.database import demand_current_schema, with_database
from bot.settings import read_storage_settings
from bot.terminal import Refusal, say
from dialogs.conversation.texts import text
from knowledge.audit.models import Kind
from knowledge.directory.places import load_places
from knowledge.storage.database import Database
from knowledge.storage.schema import migrate


def migrate_database(_chosen: argparse.Namespace) -> int:
    """Bring the database to the newest schema."""

    async def work(database: Database) -> None:
        if await migrate(database):
            await leave_line(database, Kind.DATABASE_MIGRATE)

    with_database(work)
    say(text("commands.migrated"))
    return 0


def seed(chosen: argparse.Namespace) -> int:
    """Invented trainings and a coordinator: never in a real installation."""
    if not chosen.demo:
        raise Refusal("commands.seed_needs_demo")
    if read_storage_settings().app_id:
        raise Refusal("commands.seed_refused")
    demand_current_schema()
    added = with_database(lambda database: demo.seed(database, datetime.now(UTC).date()))
    county = load_places().name_of(demo.COUNTY)
    say(text("commands.seeded", count=added, county=county))
    return 0
