"""The organisations of this installation, as the settings and `tryggve tenants` have said."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Boolean, Column, ScalarSelect, Select, Table, Text, false, select, update

from knowledge.delivery.models import Status, deliveries, status_is
from knowledge.storage.database import Database, Reading, Writing, metadata

SHUT_OUT = "shut_out"
"""Why a delivery was cancelled: its organisation is not let in any more."""


class State(StrEnum):
    LET_IN = "in"
    SUSPENDED = "suspended"
    REMOVED = "removed"  # or never on the list


@dataclass(frozen=True)
class Tenant:
    """An organisation. `place` is the code of its municipality or county, "00" for the nation.

    `by_command`: the last word was said with `tryggve tenants`, and the settings do not change it.
    """

    tenant_id: str
    place: str
    state: State
    by_command: bool = False

    @property
    def let_in(self) -> bool:
        return self.state is State.LET_IN


tenants = Table(
    "tenants",
    metadata,
    Column("tenant_id", Text, primary_key=True),
    Column("place", Text, nullable=False),
    Column("state", Text, nullable=False, server_default=State.LET_IN.value),
    Column("by_command", Boolean, nullable=False, server_default=false()),
)


def shut_out() -> Select[tuple[str]]:
    """Those that are known, and get nothing more."""
    return select(tenants.c.tenant_id).where(tenants.c.state != State.LET_IN.value)


async def is_shut_out(tx: Reading | Writing, tenant_id: str) -> bool:
    row = shut_out().where(tenants.c.tenant_id == tenant_id)
    return (await tx.execute(row)).first() is not None


async def read(tx: Reading | Writing) -> dict[str, Tenant]:
    """Every known tenant, by id."""
    rows = (await tx.execute(select(tenants).order_by(tenants.c.tenant_id))).mappings()
    return {
        row["tenant_id"]: Tenant(
            row["tenant_id"], row["place"], State(row["state"]), row["by_command"]
        )
        for row in rows
    }


async def note(tx: Writing, database: Database, tenant: Tenant) -> None:
    """Keep it as it is now."""
    values = {
        "place": tenant.place,
        "state": tenant.state.value,
        "by_command": tenant.by_command,
    }
    row = database.insert(tenants).values(tenant_id=tenant.tenant_id, **values)
    await tx.execute(row.on_conflict_do_update(index_elements=["tenant_id"], set_=values))


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
