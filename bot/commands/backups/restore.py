"""`tryggve restore`: the database as it was when the copy was made."""

import argparse

from bot.commands.access.operator import leave_line
from bot.commands.backups.barred_again import bar_again, known_access
from bot.commands.backups.erased_again import erase_again, known_erased
from bot.commands.backups.held_again import hold_again, known_holds
from bot.commands.backups.hindrances import carried_out
from bot.commands.database import with_database
from bot.settings import read_storage_settings
from bot.terminal import Refusal, lines, say
from dialogs.conversation.texts import text
from knowledge.audit.models import Kind
from knowledge.storage.address import read_address
from knowledge.storage.backups import service
from knowledge.storage.schema import HEAD


def restore(chosen: argparse.Namespace) -> int:
    """Make the database what it was when the copy was made."""
    copy = carried_out(lambda database: service.examine(database, chosen.file))
    carried_out(service.demand_alone)
    url = read_address(read_storage_settings().database_url).shown
    if not chosen.yes:
        say(text("backups.ask", url=url, path=copy.path, revision=copy.revision))
        if next(lines(), "").strip().casefold() != "ja":
            raise Refusal("backups.unchanged")
    erased, held, access = known_erased(), known_holds(), known_access()
    carried_out(lambda database: service.put_back(database, copy))
    older = copy.revision < HEAD
    if not older:  # else it is migrated next, and that leaves a line
        with_database(lambda database: leave_line(database, Kind.DATABASE_RESTORE))
    say(text("backups.restored_older" if older else "backups.restored", path=copy.path))
    for line in (
        *hold_again(held, may_write=not older),
        *bar_again(access, may_write=not older),
        *erase_again(erased, may_erase=not older),
    ):
        say(line)
    return 0
