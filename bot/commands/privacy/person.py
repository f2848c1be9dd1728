"""`tryggve person show|export|erase`: what is kept about one person, for the officer."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from bot.commands.access.operator import operator
from bot.commands.database import demand_current_schema, with_database
from bot.commands.privacy import own_eyes
from bot.commands.privacy.identity import demand_identity
from bot.settings import read_storage_settings
from bot.terminal import Refusal, say
from bot.web.files.own_data import as_json
from dialogs.conversation.texts import text
from dialogs.own_data.cards import titles
from dialogs.own_data.periods import told
from knowledge.audit.models import Kind
from knowledge.retention.erase import ErasureService, Remains, StillAtWork
from knowledge.retention.export import Kept, note_read, read_kept
from knowledge.retention.holds import Held
from knowledge.storage.database import Database


def show(chosen: argparse.Namespace) -> int:
    """Print kinds, counts and periods."""
    kept = _kept(chosen)
    _note(chosen, Kind.PERSON_SHOW)
    for one in told(read_storage_settings().periods):
        if count := kept.count(one.kind):
            amount = text("own_data.amount", count=count)
            say(text("retention.about", what=one.what, amount=amount, how_long=one.how_long))
    return 0


def export(chosen: argparse.Namespace) -> int:
    """Write everything to a file."""
    kept, out = _kept(chosen), chosen.out
    _note(chosen, Kind.PERSON_EXPORT)
    write(out, json.dumps(as_json(kept), ensure_ascii=False, indent=2))
    say(text("retention.written", path=out))
    return 0


def erase(chosen: argparse.Namespace) -> int:
    """Tell what would stay; with `--yes` erase."""
    whose = demand_identity(chosen)
    demand_current_schema()

    async def work(database: Database) -> Remains:
        service = ErasureService(database)
        if chosen.yes:
            return await service.erase(*whose, by=operator())
        return await service.look_ahead(*whose)

    _kept(chosen)
    try:
        remains = with_database(work)
    except Held:
        raise Refusal("retention.is_held") from None
    except StillAtWork:
        raise Refusal("retention.at_work") from None
    for line in _left(remains):
        say(line)
    say(text("retention.erased" if chosen.yes else "retention.say_yes"))
    return 0


def _kept(chosen: argparse.Namespace) -> Kept:
    whose = demand_identity(chosen)
    demand_current_schema()

    async def work(database: Database) -> Kept:
        return await read_kept(database, *whose)

    kept = with_database(work)
    if kept.is_empty:
        raise Refusal("retention.unknown")
    return kept


def _note(chosen: argparse.Namespace, kind: Kind) -> None:
    whose, by = demand_identity(chosen), operator()

    async def work(database: Database) -> None:
        await note_read(database, kind, by, *whose)

    with_database(work)


def write(out: Path, content: str) -> None:
    """Write the file. Raises Refusal."""
    try:
        own_eyes.write(out, f"{content}\n".encode())
    except OSError:
        raise Refusal("retention.not_written", path=out) from None


def _left(remains: Remains) -> Iterator[str]:
    if remains.trainings:
        yield text("retention.stays_trainings", titles=titles(remains.trainings))
    if remains.announcements:
        yield text("retention.stays_announcements", count=remains.announcements)
    if remains.acts:
        yield text("retention.stays_acts", count=remains.acts)
    if remains.counties:
        yield text("retention.goes_role")
