"""Legal holds: whose data is neither purged nor erased for now, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, false, func, insert, or_, select, update

from knowledge.errors import KnowledgeError
from knowledge.retention.models import holds
from knowledge.retention.register import Entry
from knowledge.retention.subject import Subject, find_subject, rows_of
from knowledge.storage.database import Reading, Writing


class Held(KnowledgeError):
    """The person's data must stay as it is for now."""


@dataclass(frozen=True)
class Hold:
    tenant_id: str
    object_id: str
    reason: str
    set_at: datetime


async def hold(tx: Writing, tenant_id: str, object_id: str, reason: str, now: datetime) -> None:
    """From now on nothing of the person goes."""
    row = insert(holds).values(tenant_id=tenant_id, object_id=object_id, reason=reason, set_at=now)
    await tx.execute(row)


async def release(tx: Writing, tenant_id: str, object_id: str, now: datetime) -> bool:
    """False when there was no hold."""
    its = (holds.c.tenant_id == tenant_id, holds.c.object_id == object_id)
    row = update(holds).where(*its, holds.c.released_at.is_(None)).values(released_at=now)
    return bool((await tx.execute(row)).rowcount)


async def list_holds(tx: Reading | Writing) -> list[Hold]:
    """Those that stand, the oldest first."""
    names = ("tenant_id", "object_id", "reason", "set_at")
    query = select(*(holds.c[name] for name in names)).where(holds.c.released_at.is_(None))
    return [Hold(*row) for row in await tx.execute(query.order_by(holds.c.id))]


async def list_held(tx: Reading | Writing) -> list[Subject]:
    """Whose data must stay."""
    whose = {(one.tenant_id, one.object_id) for one in await list_holds(tx)}
    return [await find_subject(tx, *one) for one in sorted(whose)]


def not_held(entry: Entry, held: Sequence[Subject]) -> ColumnElement[bool]:
    """The rows of a table that nobody's hold is about."""
    theirs = or_(false(), *(rows_of(entry, whose) for whose in held))
    return ~func.coalesce(theirs, false())
