"""The organisations of this installation, as the settings said when it was last started."""

from sqlalchemy import Boolean, Column, ScalarSelect, Select, Table, Text, select, update

from knowledge.delivery.models import Status, deliveries, status_is
from knowledge.storage.database import Database, Reading, Writing, metadata

SHUT_OUT = "shut_out"
"""Why a delivery was cancelled: its organisation has been taken off the list."""

tenants = Table(
    "tenants",
    metadata,
    Column("tenant_id", Text, primary_key=True),
    Column("place", Text, nullable=False),  # the code of its municipality or county
    Column("let_in", Boolean, nullable=False),
)


def shut_out() -> Select[tuple[str]]:
    """Those that were on the list, and get nothing more."""
    return select(tenants.c.tenant_id).where(~tenants.c.let_in)


async def read(tx: Reading | Writing) -> dict[str, tuple[str, bool]]:
    """The place of each known tenant, and whether it is let in."""
    rows = await tx.execute(select(tenants))
    return {row.tenant_id: (row.place, row.let_in) for row in rows}


async def note(
    tx: Writing, database: Database, tenant_id: str, place: str, *, let_in: bool
) -> None:
    row = database.insert(tenants).values(tenant_id=tenant_id, place=place, let_in=let_in)
    changed = {"place": place, "let_in": let_in}
    await tx.execute(row.on_conflict_do_update(index_elements=["tenant_id"], set_=changed))


async def stop(tx: Writing) -> int:
    """End what waits for tenants that are shut out; what is on its way is not tried again.

    What somebody holds is left for the next time.
    """
    waiting = update(deliveries).where(deliveries.c.id.in_(_theirs(Status.PENDING)))
    ended = await tx.execute(waiting.values(status=Status.CANCELLED.value, reason=SHUT_OUT))
    on_its_way = update(deliveries).where(deliveries.c.id.in_(_theirs(Status.SENDING)))
    await tx.execute(on_its_way.values(unwanted=True))
    return ended.rowcount


def _theirs(status: Status) -> ScalarSelect[int]:
    theirs = select(deliveries.c.id).where(
        deliveries.c.tenant_id.in_(shut_out()), status_is(status)
    )
    return theirs.with_for_update(skip_locked=True).scalar_subquery()
