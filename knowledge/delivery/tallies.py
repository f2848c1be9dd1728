"""Counting what the processes do, by the minute: for metrics, and never about anybody."""

from collections.abc import Mapping

from sqlalchemy import Column, Integer, Table, Text, cast, delete, func, literal, select

from knowledge.storage.database import Database, Reading, Writing, clock, metadata

BEFORE = 0
"""The minute that holds all that is older than a day."""

_DAY = 24 * 60

tallies = Table(
    "tallies",
    metadata,
    Column("name", Text, primary_key=True),
    Column("minute", Integer, primary_key=True),  # since 1970
    Column("times", Integer, nullable=False),
)

_this_minute = cast(func.floor(clock() / 60.0), Integer)


async def add(tx: Writing, database: Database, counts: Mapping[str, int]) -> None:
    """Add to what has been counted in this minute."""
    for name, times in sorted(counts.items()):  # everybody locks rows in the same order
        row = database.insert(tallies).values(name=name, minute=_this_minute, times=times)
        more = {"times": tallies.c.times + row.excluded.times}
        await tx.execute(row.on_conflict_do_update(index_elements=["name", "minute"], set_=more))


async def totals(tx: Reading | Writing, *, minutes: int | None = None) -> dict[str, int]:
    """How often each thing has happened; in the latest `minutes` if given, the present included."""
    query = select(tallies.c.name, func.sum(tallies.c.times)).group_by(tallies.c.name)
    if minutes is not None:
        query = query.where(tallies.c.minute > _this_minute - minutes)
    return {name: int(times) for name, times in await tx.execute(query)}


async def fold(tx: Writing, database: Database) -> None:
    """Put what is older than a day together, so that the table stays small."""
    old = (tallies.c.minute > BEFORE) & (tallies.c.minute < _this_minute - _DAY)
    sums = (
        select(tallies.c.name, literal(BEFORE), func.sum(tallies.c.times))
        .where(old)
        .group_by(tallies.c.name)
    )
    row = database.insert(tallies).from_select(["name", "minute", "times"], sums)
    more = {"times": tallies.c.times + row.excluded.times}
    await tx.execute(row.on_conflict_do_update(index_elements=["name", "minute"], set_=more))
    await tx.execute(delete(tallies).where(old))
