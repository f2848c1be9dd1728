"""Deleting rows with what hangs on them, and counting what goes.

Which rows of other tables go along is read from the tables' own foreign keys: what may be empty is
emptied where `_LOOSENED` says so, and all the rest is deleted first.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Executable,
    Table,
    Text,
    cast,
    delete,
    func,
    literal,
    select,
    tuple_,
    update,
)

from knowledge.announcements.models import announcements
from knowledge.delivery.models import ERASED, deliveries, messages
from knowledge.directory.models import people
from knowledge.follow_up.acknowledgements import acknowledgements
from knowledge.retention.models import kept_counts
from knowledge.retention.tables import TABLES
from knowledge.storage.database import Database, Reading, Writing
from knowledge.trainings.models import signups

_LOOSENED = frozenset(["deliveries.changes_id", "deliveries.resend_of"])
"""What may point at nothing: the row means the same without."""

GONE_PERSON = "person:0"
"""What the outbox calls somebody who is no more: a number that nobody has."""

NOBODY: dict[str, Any] = {
    **dict.fromkeys(
        ("target_name", "service_url", "conversation_id", "teams_id", "activity_id"), ""
    ),
    "target": GONE_PERSON,
    "dedupe_key": literal(ERASED).concat(cast(deliveries.c.id, Text)),
}
"""What makes a delivery lead to nobody, and still be counted."""


def keys_of(table: Table) -> Any:
    """The primary key, as one expression."""
    columns = [*table.primary_key]
    return columns[0] if len(columns) == 1 else tuple_(*columns)


async def some_keys(
    tx: Reading | Writing, table: Table, those: ColumnElement[bool], most: int
) -> list[Any]:
    """The keys of the first rows that fit."""
    columns = [*table.primary_key]
    rows = await tx.execute(select(*columns).where(those).order_by(*columns).limit(most))
    return [row[0] if len(columns) == 1 else tuple(row) for row in rows]


async def count(tx: Reading | Writing, table: Table, those: ColumnElement[bool]) -> int:
    return int(
        (await tx.execute(select(func.count()).select_from(table).where(those))).scalar_one()
    )


def references(table: Table) -> list[Column[Any]]:
    """The columns of all tables that point at this one."""
    found = [key for other in TABLES.values() for key in other.foreign_keys]
    return [key.parent for key in found if key.column.table is table]


async def delete_rows(
    tx: Writing, database: Database, table: Table, those: ColumnElement[bool]
) -> int:
    """Delete the rows that fit, and what hangs on them. Returns how many of the rows there were."""
    if table is signups:
        await _tally_signups(tx, database, those)
    if table is acknowledgements:
        await _tally_receipts(tx, database, those)
    for column in references(table):
        [key] = column.foreign_keys
        hanging = column.in_(select(key.column).where(those))
        if f"{column.table.name}.{column.name}" in _LOOSENED:
            await tx.execute(update(column.table).where(hanging).values({column.name: None}))
        elif column.table is not table:
            await delete_rows(tx, database, column.table, hanging)
    return int((await tx.execute(delete(table).where(those))).rowcount)


async def delete_messages(tx: Writing, ids: Sequence[int]) -> None:
    """Those of these messages that nothing needs any more."""
    row = messages.c
    needed = select(deliveries.c.id).where(deliveries.c.message_id == row.id).exists()
    shown = select(announcements.c.id).where(announcements.c.message_id == row.id).exists()
    await tx.execute(delete(messages).where(row.id.in_(ids), ~needed, ~shown))


async def messages_of(tx: Reading | Writing, those: ColumnElement[bool]) -> list[int]:
    """What these deliveries say."""
    query = select(deliveries.c.message_id).where(those, deliveries.c.message_id.is_not(None))
    return [*(await tx.execute(query.distinct())).scalars()]


async def _tally_signups(tx: Writing, database: Database, those: ColumnElement[bool]) -> None:
    of = literal("training:").concat(cast(signups.c.training_id, Text))
    where, what = people.c.municipality, people.c.position
    counted = select(of, where, what, signups.c.status, func.count()).join(
        people, people.c.id == signups.c.person_id
    )
    groups = counted.where(those).group_by(of, where, what, signups.c.status)
    await _tally(tx, database, groups)


async def _tally_receipts(tx: Writing, database: Database, those: ColumnElement[bool]) -> None:
    row = acknowledgements.c
    of = literal("announcement:").concat(cast(row.announcement_id, Text))
    where, what = (func.coalesce(one, "") for one in (people.c.municipality, people.c.position))
    whose = (people.c.tenant_id == row.tenant_id) & (people.c.object_id == row.object_id)
    read = literal("acknowledged")
    counted = select(of, where, what, read, func.count()).select_from(acknowledgements)
    groups = counted.outerjoin(people, whose).where(those).group_by(of, where, what)
    await _tally(tx, database, groups)


async def _tally(tx: Writing, database: Database, groups: Executable) -> None:
    columns = ("about", "municipality", "position", "status", "times")
    found = [dict(zip(columns, row, strict=True)) for row in await tx.execute(groups)]
    if found:
        row = database.insert(kept_counts)
        more = {"times": kept_counts.c.times + row.excluded.times}
        await tx.execute(row.on_conflict_do_update(index_elements=columns[:4], set_=more), found)
