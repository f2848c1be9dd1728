"""Many rows as one parameter of one statement.

A statement per row costs a trip to the database per row, and on PostgreSQL more than the change.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    FromClause,
    Insert,
    Table,
    Text,
    bindparam,
    cast,
    column,
    func,
    select,
    true,
)
from sqlalchemy.types import TypeEngine

from knowledge.storage.database import Database, Writing, insert_for

Types = dict[str, type[TypeEngine[Any]]]
"""The columns of such rows, in the order of the values, and their types."""


def from_parameter(is_sqlite: bool, types: Types, parameter: str = "rows") -> FromClause:
    """The rows that `as_parameter` put into this parameter, as something to select from."""
    text = bindparam(parameter, type_=Text)
    if not is_sqlite:
        columns = [column(name, kind) for name, kind in types.items()]
        found = func.json_to_recordset(cast(text, JSON)).table_valued(*columns)
        return found.render_derived(parameter, with_types=True)
    each = func.json_each(text).table_valued("key", "value", name=f"each_of_{parameter}")
    values = (
        func.json_extract(each.c.value, f"$.{name}", type_=kind).label(name)
        for name, kind in types.items()
    )
    return select(*values).subquery(parameter)


def as_parameter(types: Types, rows: Iterable[Sequence[Any]]) -> str:
    """The rows as text. Locks are taken in their order, so give them in one that all keep to."""
    return json.dumps([dict(zip(types, row, strict=True)) for row in rows], ensure_ascii=False)


async def insert_new(
    tx: Writing, database: Database, table: Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert the rows that break no unique key. All have the same columns."""
    if rows:
        columns = tuple(rows[0])
        types = _types(table, columns)
        values = as_parameter(types, ([row[name] for name in columns] for row in rows))
        await tx.execute(_insert(database.is_sqlite, table, columns), {"rows": values})


@cache
def _insert(is_sqlite: bool, table: Table, columns: tuple[str, ...]) -> Insert:
    rows = from_parameter(is_sqlite, _types(table, columns))
    # SQLite would take ON CONFLICT for the ON of a join, were there no WHERE.
    values = select(*(rows.c[name] for name in columns)).where(true())
    return insert_for(is_sqlite, table).from_select([*columns], values).on_conflict_do_nothing()


def _types(table: Table, columns: Iterable[str]) -> Types:
    return {name: type(table.c[name].type) for name in columns}
