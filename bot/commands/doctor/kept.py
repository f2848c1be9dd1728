"""What the database says of what this installation has decided: who is let in, what is purged."""

from collections.abc import AsyncIterator
from datetime import timedelta

from bot.commands.doctor.findings import Finding, fault, fine, note
from bot.settings import Settings
from dialogs.conversation import swedish
from dialogs.conversation.swedish import SWEDEN
from knowledge.directory.places import load_places
from knowledge.directory.service import DirectoryService
from knowledge.retention.protocol import last_purge
from knowledge.retention.purge import RetentionService
from knowledge.storage.database import Database
from knowledge.tenants.following import let_in_by

LATE = timedelta(days=2)
"""Purging goes on every hour: what has been over for so long, nobody purges."""


async def findings(database: Database, settings: Settings) -> AsyncIterator[Finding]:
    coordinators = await DirectoryService(database).count_coordinators()
    if coordinators:
        yield fine("coordinators", count=coordinators)
    else:
        yield note("no_coordinators")
    if settings.demo:
        return
    async with database.read() as tx:
        let_in = await let_in_by(tx, settings.tenants)
    yield fine("tenants", count=len(let_in)) if let_in else fault("nobody_let_in")
    if nowhere := [one for one in let_in.values() if not load_places().name_of(one)]:
        yield fault("tenants_nowhere", count=len(nowhere))
    async for one in _retention(database, settings):
        yield one


async def _retention(database: Database, settings: Settings) -> AsyncIterator[Finding]:
    periods = settings.periods
    retention = RetentionService(database, periods)
    if late := await retention.count_late(LATE):
        yield fault("not_purged", count=late)
    elif last := await last_purge(database):
        yield fine("purged", day=swedish.day(last.astimezone(SWEDEN).date()))
    else:
        yield fine("never_purged")
    if periods.decision:
        yield fine("decided", decision=periods.decision)
    else:
        waits = sum(one.over for one in await retention.look_ahead() if one.waits)
        yield note("purging_waits", count=waits) if waits else note("undecided")
