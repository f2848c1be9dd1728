"""Counting what the processes do, by the minute: for metrics, and never about anybody."""

from collections import Counter
from collections.abc import Mapping
from functools import cache

import structlog
from sqlalchemy import (
    Column,
    Insert,
    Integer,
    Table,
    Text,
    cast,
    delete,
    func,
    literal,
    select,
    true,
)

from knowledge.storage.database import Database, Reading, Writing, clock, insert_for, metadata
from knowledge.storage.many_rows import Types, as_parameter, from_parameter

EVERY = 2.0
"""Seconds between two times that a process writes down what it has counted."""

BEFORE = 0
"""The minute that holds all that is older than an hour."""

_HOUR = 60

tallies = Table(
    "tallies",
    metadata,
    Column("name", Text, primary_key=True),
    Column("minute", Integer, primary_key=True),  # since 1970
    Column("times", Integer, nullable=False),
)

_COUNTED: Types = {"name": Text, "times": Integer}

_this_minute = cast(func.floor(clock() / 60.0), Integer)

log = structlog.get_logger()


class Counts:
    """What this process has counted and not yet written down: counting costs no transaction.

    Several processes count together. What was counted since is lost with a process that dies, and
    not with one that is stopped.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counts: Counter[str] = Counter()

    def count(self, name: str) -> None:
        """Once more."""
        self._counts[name] += 1

    def add(self, counted: Mapping[str, int]) -> None:
        """What somebody else has counted."""
        self._counts.update(counted)

    async def write_down(self) -> None:
        """Never raises: the database may be away for a while, and then it is done later."""
        if not self._counts:
            return
        # Taken out before the first await: whoever else writes down meanwhile finds none of them.
        counts, self._counts = self._counts, Counter()
        try:
            async with self._database.write() as tx:
                await add(tx, self._database, counts)
        except Exception as error:
            log.warning("tallies_not_kept", exc_info=error)
            self._counts.update(counts)


async def add(tx: Writing, database: Database, counts: Mapping[str, int]) -> None:
    """Add to what has been counted in this minute."""
    rows = as_parameter(_COUNTED, sorted(counts.items()))  # everybody locks in the same order
    await tx.execute(_add(database.is_sqlite), {"rows": rows})


@cache
def _add(is_sqlite: bool) -> Insert:
    """All in one statement: one for each name would cost three times as much."""
    rows = from_parameter(is_sqlite, _COUNTED)
    # SQLite would take ON CONFLICT for the ON of a join, were there no WHERE.
    values = select(rows.c.name, _this_minute, rows.c.times).where(true())
    row = insert_for(is_sqlite, tallies).from_select(["name", "minute", "times"], values)
    more = {"times": tallies.c.times + row.excluded.times}
    return row.on_conflict_do_update(index_elements=["name", "minute"], set_=more)


async def totals(tx: Reading | Writing, *, minutes: int | None = None) -> dict[str, int]:
    """How often each thing has happened; in the latest `minutes` if given, the present included."""
    query = select(tallies.c.name, func.sum(tallies.c.times)).group_by(tallies.c.name)
    if minutes is not None:
        query = query.where(tallies.c.minute > _this_minute - minutes)
    return {name: int(times) for name, times in await tx.execute(query)}


async def fold(tx: Writing, database: Database) -> None:
    """Put what is older than an hour together, so that the table stays small."""
    old = (tallies.c.minute > BEFORE) & (tallies.c.minute < _this_minute - _HOUR)
    sums = (
        select(tallies.c.name, literal(BEFORE), func.sum(tallies.c.times))
        .where(old)
        .group_by(tallies.c.name)
    )
    row = database.insert(tallies).from_select(["name", "minute", "times"], sums)
    more = {"times": tallies.c.times + row.excluded.times}
    await tx.execute(row.on_conflict_do_update(index_elements=["name", "minute"], set_=more))
    await tx.execute(delete(tallies).where(old))
