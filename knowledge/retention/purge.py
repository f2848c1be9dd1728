"""Purging what is over: a chore in every process, a few rows at a time.

The rows of a batch are looked for outside any transaction, and locked and looked at again in the
transaction that purges them: of two processes, one purges and counts them.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import ColumnElement, select, update

from knowledge.audit import repository as audit
from knowledge.audit.models import Kind as Act
from knowledge.audit.models import Operator
from knowledge.errors import DatabaseBusy
from knowledge.retention import due, holds, protocol
from knowledge.retention.periods import DAYS, Kind, Periods
from knowledge.retention.register import register
from knowledge.retention.rows import (
    count,
    delete_messages,
    delete_rows,
    keys_of,
    messages_of,
    some_keys,
)
from knowledge.retention.rules import Rule, every_rule
from knowledge.retention.subject import Subject
from knowledge.storage.database import Database, Writing

EVERY = 3600.0
FIRST_AFTER = 300.0
"""Seconds from the start of a process. A start is not the time for it: somebody is waiting, and
processes are started one after the other."""

AT_ONCE = 50
"""Rows of one transaction."""

PAUSE = 0.1
"""Seconds between two of them: others want to write, too. With 200 rows and a fifth of the pause
somebody in a hundred waited five times as long for an answer."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Standing:
    """How a kind stands: its period in days, and how much of it is over."""

    kind: Kind
    days: int | None
    over: int
    waits: bool


class RetentionService:
    """Purges by rules and periods; what a hold is about stays."""

    def __init__(
        self,
        database: Database,
        periods: Periods,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.database = database
        self.periods = periods
        self.now = now
        self._warned = False

    async def purge(self, by: Operator | None = None) -> dict[Kind, int]:
        """Carry out every rule that may be carried out now, by itself or by hand. Returns what
        went, by kind."""
        gone, began = dict.fromkeys(Kind, 0), self.now()
        try:
            for rule in every_rule():
                if not self.periods.waits(rule.kind):
                    with suppress(DatabaseBusy):  # the next time makes up for it; others go on
                        await self._carry_out(rule, began, gone)
            inactive = self._before(Kind.PEOPLE)
            about = (self.database, began, inactive, self.periods.decision)
            gone[Kind.PEOPLE] += await due.erase_due(*about, pause=PAUSE)
        finally:
            self._tell(gone)
        if by:
            async with self.database.write() as tx:
                await audit.note(tx, Act.RETENTION_PURGE, by, count=sum(gone.values()))
        if not (self.periods.decision or self._warned):
            self._warned = True
            log.warning("purging_waits_for_a_decision")
        return gone

    async def look_ahead(self) -> list[Standing]:
        """What would go, by kind, without anything going: also what waits for its decision."""
        over = dict.fromkeys(Kind, 0)
        async with self.database.read() as tx:
            held = await holds.list_held(tx)
            for rule in every_rule():
                over[rule.kind] += await count(tx, rule.table, self._those(rule, held))
            inactive = await due.list_due(tx, self.now(), self._before(Kind.PEOPLE))
            over[Kind.PEOPLE] += len(inactive)
        return [
            Standing(kind, self.periods.days(kind), over[kind], self.periods.waits(kind))
            for kind in DAYS
        ]

    async def count_late(self, by: timedelta) -> int:
        """How many rows should have been purged so long ago: where purging goes on, none."""
        then = RetentionService(self.database, self.periods, lambda: self.now() - by)
        async with self.database.read() as tx:
            held = await holds.list_held(tx)
            counts = [
                await count(tx, rule.table, then._those(rule, held))
                for rule in every_rule()
                if rule.has_time and not self.periods.waits(rule.kind)
            ]
        return sum(counts)

    async def _carry_out(self, rule: Rule, began: datetime, gone: dict[Kind, int]) -> None:
        """A batch at a time; what went is added to `gone`."""
        while True:
            async with self.database.read() as looking:
                those = self._those(rule, await holds.list_held(looking))
                keys = await some_keys(looking, rule.table, those, AT_ONCE)
            if not keys:
                return
            async with self.database.write() as tx:
                those = self._those(rule, await holds.list_held(tx))  # a hold may have come
                some = await self._purge_some(tx, rule, keys_of(rule.table).in_(keys) & those)
                if some:
                    await protocol.note(tx, began, rule.kind, some, self.periods.decision)
            gone[rule.kind] += some
            if len(keys) < AT_ONCE or not some:  # another process has them
                return
            await asyncio.sleep(PAUSE)

    async def _purge_some(self, tx: Writing, rule: Rule, these: ColumnElement[bool]) -> int:
        locked = select(*rule.table.primary_key).where(these).with_for_update(skip_locked=True)
        rows = [tuple(row) for row in await tx.execute(locked)]
        if not rows:
            return 0
        ours = keys_of(rule.table).in_([row[0] if len(row) == 1 else row for row in rows])
        if rule.blank is not None:
            return int(
                (await tx.execute(update(rule.table).where(ours).values(rule.blank))).rowcount
            )
        said = await messages_of(tx, ours) if rule.table.name == "deliveries" else []
        gone = await delete_rows(tx, self.database, rule.table, ours)
        await delete_messages(tx, said)
        return gone

    def _those(self, rule: Rule, held: Sequence[Subject]) -> ColumnElement[bool]:
        over = rule.over(self._before(rule.kind))
        return over & holds.not_held(register()[rule.table.name], held)

    def _before(self, kind: Kind) -> datetime:
        return self.now() - timedelta(days=self.periods.days(kind) or 0)

    def _tell(self, gone: dict[Kind, int]) -> None:
        """To the log: what went by which decision, and nothing of what it was."""
        for kind, amount in gone.items():
            if amount:
                log.info("purged", kind=kind.value, amount=amount, decision=self.periods.decision)
