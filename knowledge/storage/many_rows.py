"""Many rows as one parameter of one statement.

A statement per row costs a trip to the database per row, and on PostgreSQL more than the change.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import JSON, FromClause, Text, bindparam, cast, column, func, select
from sqlalchemy.types import TypeEngine

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
