"""A row in any table, with the rows that it points at: for what is tried over all tables."""

import secrets
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Column, Table, insert

from knowledge.storage.database import Writing

NOW = datetime.now(UTC)


async def make_row(tx: Writing, table: Table, **given: Any) -> dict[str, Any]:
    """Write a row with what is `given`, and something that fits in what else must be there.

    Returns all that was written, the key too.
    """
    values = dict(given)
    for column in table.c:
        if column.name not in values and _is_wanted(column):
            values[column.name] = await _fitting(tx, column)
    row = (await tx.execute(insert(table).values(values).returning(*table.primary_key))).one()
    return values | dict(zip(table.primary_key.columns.keys(), row, strict=True))


def _is_wanted(column: "Column[Any]") -> bool:
    numbered = column.primary_key and not column.foreign_keys and column.type.python_type is int
    alone = len(column.table.primary_key.columns) == 1
    has_default = column.server_default is not None or column.default is not None
    return not (column.nullable or has_default or (numbered and alone))


async def _fitting(tx: Writing, column: "Column[Any]") -> Any:
    for key in column.foreign_keys:
        parent = key.column
        return (await make_row(tx, parent.table))[parent.name]
    kind = column.type.python_type
    if kind is str:
        return "{}" if column.name in ("answers", "facts", "state") else secrets.token_hex(8)
    # Moments are of a kind of their own.
    return {object: NOW, date: NOW.date(), bool: False, float: NOW.timestamp(), int: 1}[kind]
