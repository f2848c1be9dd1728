"""Everything that is kept about one person, from every table, and nothing about others."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, select

from knowledge.delivery.models import deliveries, messages
from knowledge.directory.models import roles
from knowledge.retention.periods import Kind
from knowledge.retention.register import Entry, register
from knowledge.retention.subject import Subject, find_subject, rows_of
from knowledge.storage.database import Database, Reading

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Kept:
    """What is kept about a person: the rows of each table, by kind."""

    by_kind: Mapping[Kind, Mapping[str, Rows]]

    def count(self, kind: Kind) -> int:
        return sum(len(rows) for rows in self.by_kind.get(kind, {}).values())

    @property
    def is_empty(self) -> bool:
        return not self.by_kind


async def read_kept(database: Database, tenant_id: str, object_id: str) -> Kept:
    """Read it all. What a coordinator was shown may name others, and is only counted."""
    found: dict[Kind, dict[str, Rows]] = {}
    async with database.read() as tx:
        whose = await find_subject(tx, tenant_id, object_id)
        acts = (roles.c.tenant_id == tenant_id) & (roles.c.object_id == object_id)
        shown_others = (await tx.execute(select(roles.c.county).where(acts))).first() is not None
        for entry in register().values():
            if rows := await _rows(tx, entry, whose):
                found.setdefault(Kind(entry.kind), {})[entry.name] = rows
        if said := await _said_to(tx, whose):
            found.setdefault(Kind.NOTICES, {})["messages"] = said
    if shown_others:
        _hide(found)
    return Kept(found)


async def _rows(tx: Reading, entry: Entry, whose: Subject) -> Rows:
    if not entry.kind or entry.name == "messages":
        return []
    query = select(entry.table).where(rows_of(entry, whose)).order_by(*entry.table.primary_key)
    return [_own(entry, row, whose) for row in (await tx.execute(query)).mappings()]


async def _said_to(tx: Reading, whose: Subject) -> Rows:
    theirs = rows_of(register()["deliveries"], whose)
    ids = select(deliveries.c.message_id).where(theirs)
    query = select(messages).where(messages.c.id.in_(ids)).order_by(messages.c.id)
    return [
        {"id": row["id"], "payload": json.loads(row["payload"])}
        for row in (await tx.execute(query)).mappings()
    ]


def _own(entry: Entry, row: RowMapping, whose: Subject) -> dict[str, Any]:
    """The row, as far as it is about this person and not about somebody else beside them."""
    others = {name for name in (*entry.person, *entry.others) if row[name] != whose.id}
    is_theirs = not any(name in others for name in entry.person)
    for prefix in entry.accounts:
        if row[f"{prefix}object_id"] != whose.object_id:
            others |= {name for name in row if prefix and name.startswith(prefix)}
    if not is_theirs:  # they had another part in it
        mine = {name for name in entry.others if name not in others}
        others |= (entry.personal | entry.text) - mine
    return {name: _plain(value) for name, value in row.items() if name not in others}


def _hide(found: Mapping[Kind, Mapping[str, Rows]]) -> None:
    for rows in (found.get(Kind.CONVERSATIONS, {}), found.get(Kind.NOTICES, {})):
        for name, some in rows.items():
            for row in some:
                for column in register()[name].text & row.keys():
                    row[column] = None


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
