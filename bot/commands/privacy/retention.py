"""`tryggve retention`: how long each kind of data is kept, what would go, and legal holds."""

import argparse
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from bot.commands.access.operator import operator
from bot.commands.database import demand_current_schema, with_database
from bot.commands.privacy.identity import demand_identity
from bot.settings import read_storage_settings
from bot.terminal import Refusal, say
from dialogs.conversation import swedish
from dialogs.conversation.texts import text
from dialogs.own_data.periods import told
from knowledge.retention import holds
from knowledge.retention.holds import Hold
from knowledge.retention.purge import RetentionService, Standing
from knowledge.storage.database import Database


def show(chosen: argparse.Namespace) -> int:
    """Print the table; with `--dry-run` also how much of each kind is over."""
    demand_current_schema()
    periods = read_storage_settings().periods
    standing, held = with_database(_read)
    over = {one.kind: one for one in standing}
    for one in told(periods):
        say(text("retention.line", kind=one.kind.value, what=one.what, how_long=one.how_long))
        say(text("retention.why", why=one.why))
        if chosen.dry_run:
            say(_would_go(over[one.kind]))
    for line in (*_decision(periods.decision), *_holds(held)):
        say(line)
    return 0


def purge(_chosen: argparse.Namespace) -> int:
    """Purge what is over now, as the running bot does every hour."""
    demand_current_schema()

    async def work(database: Database) -> int:
        gone = await RetentionService(database, read_storage_settings().periods).purge(operator())
        return sum(gone.values())

    say(text("retention.purged", count=with_database(work)))
    return 0


def hold(chosen: argparse.Namespace) -> int:
    """Nothing of this person goes until the hold is released."""
    whose = demand_identity(chosen)
    demand_current_schema()

    async def work(database: Database) -> None:
        async with database.write() as tx:
            await holds.hold(tx, *whose, chosen.reason, datetime.now(UTC), operator())

    with_database(work)
    say(text("retention.held"))
    return 0


def release(chosen: argparse.Namespace) -> int:
    """The periods count again."""
    whose = demand_identity(chosen)
    demand_current_schema()

    async def work(database: Database) -> bool:
        async with database.write() as tx:
            return await holds.release(tx, *whose, datetime.now(UTC), operator())

    if not with_database(work):
        raise Refusal("retention.not_held")
    say(text("retention.released"))
    return 0


async def _read(database: Database) -> tuple[list[Standing], list[Hold]]:
    standing = await RetentionService(database, read_storage_settings().periods).look_ahead()
    async with database.read() as tx:
        return standing, await holds.list_holds(tx)


def _would_go(standing: Standing) -> str:
    if standing.waits and standing.over:
        return text("retention.waits", count=standing.over)
    return text("retention.over", count=standing.over)


def _decision(decision: str) -> Iterator[str]:
    yield text("retention.decided", decision=decision) if decision else text("retention.undecided")


def _holds(held: Sequence[Hold]) -> Iterator[str]:
    for one in held:
        yield text(
            "retention.hold_line",
            tenant=one.tenant_id,
            user=one.object_id,
            reason=one.reason,
            moment=swedish.moment(one.set_at),
        )
