"""What the log says."""

from sqlalchemy import select

from knowledge.audit.models import audit
from knowledge.storage.database import Database


async def kinds_noted(database: Database) -> list[str]:
    """The kinds of acts, in order, without the roles that tests begin with."""
    async with database.read() as tx:
        found = (await tx.execute(select(audit.c.kind).order_by(audit.c.id))).scalars()
    return [kind for kind in found if not kind.startswith("role_")]
