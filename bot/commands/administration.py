"""`tryggve migrate`, `seed` and `grant`: work on the database, with or without a running bot."""

import argparse
from datetime import UTC, datetime

from bot.commands import demo
from bot.commands.database import demand_current_schema, with_database
from bot.commands.privacy.identity import demand_identity
from bot.settings import read_storage_settings
from bot.terminal import Refusal, say
from dialogs.conversation.texts import text
from knowledge.directory.places import load_places
from knowledge.directory.service import DirectoryService
from knowledge.storage.database import Database
from knowledge.storage.schema import migrate


def migrate_database(_chosen: argparse.Namespace) -> int:
    """Bring the database to the newest schema."""
    with_database(migrate)
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


def grant(chosen: argparse.Namespace) -> int:
    """Give or take back the coordinator's role."""
    whose = demand_identity(chosen)
    if not load_places().is_coordinated(chosen.county):
        raise Refusal("commands.no_county", code=chosen.county)
    demand_current_schema()
    done = with_database(lambda database: _change_role(database, *whose, chosen))
    county = load_places().name_of(chosen.county)
    if not done:
        raise Refusal("commands.nothing_revoked", county=county)
    say(text("commands.revoked" if chosen.revoke else "commands.granted", county=county))
    return 0


async def _change_role(
    database: Database, tenant: str, user: str, chosen: argparse.Namespace
) -> bool:
    directory = DirectoryService(database)
    if chosen.revoke:
        return await directory.revoke(tenant, user, chosen.county)
    await directory.grant(tenant, user, chosen.county)
    return True
