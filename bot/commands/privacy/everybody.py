"""`tryggve tenants export|erase`: what is kept about everybody in an organisation that leaves."""

import argparse
import json
from collections import Counter

from bot.commands.access.operator import operator
from bot.commands.database import demand_current_schema, with_database
from bot.commands.privacy.identity import entra_id
from bot.commands.privacy.person import write
from bot.terminal import Refusal, say
from bot.web.files.own_data import as_json
from dialogs.conversation.texts import text
from knowledge.audit.models import Kind
from knowledge.retention.erase import ErasureService, StillAtWork
from knowledge.retention.export import note_read, read_kept
from knowledge.retention.holds import Held
from knowledge.retention.subject import list_accounts
from knowledge.storage.database import Database


def export(chosen: argparse.Namespace) -> int:
    """Write everything about everybody to a file."""
    tenant, users = _everybody(chosen)

    async def work(database: Database) -> list[dict[str, object]]:
        found: list[dict[str, object]] = []
        for user in users:
            kept = await read_kept(database, tenant, user)
            found.append({"tenant": tenant, "user": user, "kept": as_json(kept)})
            await note_read(database, Kind.PERSON_EXPORT, operator(), tenant, user)
        return found

    write(chosen.out, json.dumps(with_database(work), ensure_ascii=False, indent=2))
    say(text("retention.everybody_written", count=len(users), path=chosen.out))
    return 0


def erase(chosen: argparse.Namespace) -> int:
    """Tell how many there are; with `--yes` erase them one by one."""
    tenant, users = _everybody(chosen)
    if not chosen.yes:
        say(text("retention.everybody_known", count=len(users)))
        say(text("retention.say_yes"))
        return 0

    async def work(database: Database) -> Counter[str]:
        service, became = ErasureService(database), Counter[str]()
        for user in users:
            try:
                remains = await service.erase(tenant, user, by=operator())
                became["everybody_waits" if remains.trainings else "everybody_erased"] += 1
            except Held:
                became["everybody_held"] += 1
            except StillAtWork:
                became["everybody_at_work"] += 1
        return became

    for key, count in sorted(with_database(work).items()):
        say(text(f"retention.{key}", count=count))
    return 0


def _everybody(chosen: argparse.Namespace) -> tuple[str, list[str]]:
    """The organisation's id and its people's. Refuses where there are none."""
    tenant = entra_id(chosen.tenant)
    demand_current_schema()

    async def work(database: Database) -> list[str]:
        async with database.read() as tx:
            return await list_accounts(tx, tenant)

    if not (users := with_database(work)):
        raise Refusal("retention.nobody_known")
    return tenant, users
