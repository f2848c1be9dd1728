"""Rows of the log: written, and never changed."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, delete, func, insert, select, union

from knowledge.audit.models import Account, Kind, Somebody, audit, audit_people
from knowledge.storage.database import Reading, Writing, insert_for


async def note(
    tx: Writing,
    kind: Kind,
    by: Somebody | None,
    subject: str = "",
    *,
    counties: Sequence[str] = (),
    whom: Somebody | None = None,
    **facts: int | str,
) -> None:
    """Write down an act, in the transaction that does it. `facts` are numbers and codes only."""
    row = insert(audit).values(
        at=datetime.now(UTC),
        kind=kind.value,
        by_number=await _number_of(tx, by),
        whom_number=await _number_of(tx, whom),
        subject=subject,
        counties=f",{','.join(counties)}," if counties else "",
        facts=json.dumps({name: str(fact) for name, fact in facts.items()}),
    )
    await tx.execute(row)


async def forget(tx: Writing, tenant_id: str, object_id: str) -> None:
    """Let what was done with somebody lead to nobody: the acts stay.

    Who has acted for an authority stays known until the time of the log is over: else whoever has
    something to hide could take the own name out of it.
    """
    row = audit_people.c
    whose = (row.tenant_id == tenant_id) & (row.object_id == object_id)
    acted = select(audit.c.id).where(audit.c.by_number == row.id).exists()
    await tx.execute(delete(audit_people).where(whose, ~acted))


async def count_acts(tx: Reading | Writing, tenant_id: str, object_id: str) -> int:
    """How many acts are somebody's own."""
    row = audit_people.c
    whose = (row.tenant_id == tenant_id) & (row.object_id == object_id)
    acts = select(func.count()).select_from(audit).join(audit_people, audit.c.by_number == row.id)
    return int((await tx.execute(acts.where(whose))).scalar_one())


async def list_whom(tx: Reading | Writing, kind: Kind) -> list[tuple[Account, list[str]]]:
    """Whom acts of this kind were about, and in which counties."""
    row = audit_people.c
    query = select(row.tenant_id, row.object_id, audit.c.counties)
    acts = query.join(audit, audit.c.whom_number == row.id).where(audit.c.kind == kind.value)
    return [
        (Account(tenant, user), counties.strip(",").split(","))
        for tenant, user, counties in await tx.execute(acts)
    ]


def in_no_act_since(moment: datetime) -> ColumnElement[bool]:
    """Which people may go: the log leads to nobody by what is older."""
    # All who are named, read once: to look for each of 3,000 in 100,000 acts took a minute.
    roles = (audit.c.by_number, audit.c.whom_number)
    named = (select(one).where(audit.c.at >= moment, one.is_not(None)) for one in roles)
    return audit_people.c.id.not_in(union(*named))


async def _number_of(tx: Writing, one: Somebody | None) -> int | None:
    if one is None:
        return None
    account = {"tenant_id": one.tenant_id, "object_id": one.object_id}
    is_sqlite = tx.dialect.name == "sqlite"
    new = insert_for(is_sqlite, audit_people).values(account)
    await tx.execute(new.on_conflict_do_nothing(index_elements=["tenant_id", "object_id"]))
    row = audit_people.c
    same = (row.tenant_id == one.tenant_id) & (row.object_id == one.object_id)
    return int((await tx.execute(select(row.id).where(same))).scalar_one())
