"""Whoever has been erased since a copy was made is erased again when it is put back."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.commands.access.operator import operator
from bot.commands.database import with_database
from bot.terminal import Refusal
from dialogs.conversation.texts import text
from knowledge.retention import erased
from knowledge.retention.erase import ErasureService, StillAtWork
from knowledge.retention.holds import Held
from knowledge.storage.database import Database

Accounts = list[tuple[str, str]]


def known_erased() -> Mapping[str, datetime] | None:
    """What the database remembers before it is replaced; None when it cannot be read."""
    try:
        return with_database(erased.list_erased)
    except Refusal:
        return None


def erase_again(before: Mapping[str, datetime] | None, *, may_erase: bool) -> Iterator[str]:
    """Erase them, and tell how many; and who is left, for a hold or an older schema stands."""
    if before is None:
        yield text("backups.erased_unknown")
        return
    known = with_database(erased.list_erased) or {}
    since = {one: at for one, at in before.items() if one not in known or known[one] < at}
    back = with_database(lambda database: erased.list_back(database, since))
    left = with_database(lambda database: _erase(database, back)) if may_erase else back
    if may_erase:
        with_database(lambda database: erased.carry_over(database, since))
    if count := len(back) - len(left):
        yield text("backups.erased_again", count=count)
    for tenant, user in left:
        yield text("backups.still_back", tenant=tenant, user=user)


async def _erase(database: Database, back: Accounts) -> Accounts:
    """Returns who could not be erased: they are held, or something of theirs waits."""
    service, left = ErasureService(database), []
    for whose in back:
        try:
            await service.erase(*whose, by=operator())
        except (Held, StillAtWork):
            left.append(whose)
    return left
