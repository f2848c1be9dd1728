"""`tryggve person show|export|erase`: what is kept about one person, for the officer."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from bot.commands.database import demand_current_schema, with_database
from bot.commands.privacy.identity import demand_identity
from bot.settings import read_storage_settings
from bot.terminal import Refusal, say
from bot.web.own_data_files import as_json
from dialogs.conversation.texts import text
from dialogs.own_data.cards import titles
from dialogs.own_data.periods import told
from knowledge.retention.erase import ErasureService, Remains, StillAtWork
from knowledge.retention.export import Kept, read_kept
from knowledge.retention.holds import Held
from knowledge.storage.database import Database


def show(chosen: argparse.Namespace) -> int:
    """Print kinds, counts and periods."""
    kept = _kept(chosen)
    for one in told(read_storage_settings().periods):
        if count := kept.count(one.kind):
            amount = text("own_data.amount", count=count)
            say(text("retention.about", what=one.what, amount=amount, how_long=one.how_long))
    return 0


def export(chosen: argparse.Namespace) -> int:
    """Write everything to a file."""
    kept, out = _kept(chosen), chosen.out
    try:
        _write(out, json.dumps(as_json(kept), ensure_ascii=False, indent=2))
    except OSError:
        raise Refusal("retention.not_written", path=out) from None
    say(text("retention.written", path=out))
    return 0


def erase(chosen: argparse.Namespace) -> int:
    """Tell what would stay; with `--yes` erase."""
    whose = demand_identity(chosen)
    demand_current_schema()

    async def work(database: Database) -> Remains:
        service = ErasureService(database)
        return await (service.erase(*whose) if chosen.yes else service.look_ahead(*whose))

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


def _write(out: Path, content: str) -> None:
    """For nobody's eyes but the one's who asked for it."""
    out.touch(mode=0o600)
    out.write_text(content + "\n", "utf-8")


def _left(remains: Remains) -> Iterator[str]:
    if remains.trainings:
        yield text("retention.stays_trainings", titles=titles(remains.trainings))
    if remains.announcements:
        yield text("retention.stays_announcements", count=remains.announcements)
    if remains.counties:
        yield text("retention.goes_role")
