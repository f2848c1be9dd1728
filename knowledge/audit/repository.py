"""Rows of the log: written, and never changed."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import delete, insert, or_, select

from knowledge.audit.models import Kind, Somebody, audit, audit_people
from knowledge.storage.database import Writing, insert_for


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
    """Let what somebody did, and what was done with them, lead to nobody. The acts stay.

    The one way in which a person goes out of the log.
    """
    row = audit_people.c
    gone = (row.tenant_id == tenant_id) & (row.object_id == object_id)
    await tx.execute(delete(audit_people).where(gone))


async def forget_before(tx: Writing, moment: datetime) -> int:
    """The same for everybody who is in no act since then. Returns how many."""
    number = audit_people.c.id
    since = audit.c.at >= moment
    named = or_(audit.c.by_number == number, audit.c.whom_number == number)
    still = select(audit.c.id).where(since, named).exists()
    return (await tx.execute(delete(audit_people).where(~still))).rowcount


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
