"""A steady rate per tenant, kept in the database so that all processes share it.

Each tenant has one row with the time of its next free place in line (GCRA). Who claims
deliveries takes their places in the same transaction, and sends each when its place comes.
"""

from collections.abc import Mapping

from sqlalchemy import Column, Float, Select, Table, Text, bindparam, case, func, select

from knowledge.storage.database import Database, Writing, clock, metadata

RATE = 45.0
"""Requests per second and tenant. Teams allows 50 and may block a bot that goes above."""

AHEAD = 0.05
"""How far ahead, in seconds, places may be taken: enough to have work at hand between claims."""

paces = Table(
    "paces",
    metadata,
    Column("tenant_id", Text, primary_key=True),
    Column("next_at", Float, nullable=False),
)


def waiting_tenants() -> Select[tuple[str]]:
    """The tenants whose next place in line is still to come."""
    soon = select(clock() + AHEAD).scalar_subquery()
    return select(paces.c.tenant_id).where(paces.c.next_at > soon)


async def reserve(tx: Writing, database: Database, wanted: Mapping[str, int]) -> dict[str, float]:
    """Take the next places of each tenant. Returns the seconds until the first of them.

    The places that follow come `1 / RATE` seconds apart.
    """
    if not wanted:
        return {}
    insert = database.insert(paces).values(next_at=clock() + bindparam("span", type_=Float))
    in_line = case((paces.c.next_at > clock(), paces.c.next_at - clock()), else_=0.0)
    taken = insert.on_conflict_do_update(
        index_elements=["tenant_id"], set_={"next_at": insert.excluded.next_at + in_line}
    ).returning(paces.c.tenant_id, paces.c.next_at - clock())
    # Sorted: two processes that lock the same rows must lock them in the same order.
    rows = [{"tenant_id": tenant, "span": wanted[tenant] / RATE} for tenant in sorted(wanted)]
    return {
        tenant: max(0.0, float(until_last) - wanted[tenant] / RATE)
        for tenant, until_last in (await tx.execute(taken, rows))
    }


async def hold(tx: Writing, database: Database, tenant_id: str, seconds: float) -> None:
    """Let the tenant wait: Teams said that it gets too much."""
    insert = database.insert(paces).values(tenant_id=tenant_id, next_at=clock() + seconds)
    later = func.max if database.is_sqlite else func.greatest
    await tx.execute(
        insert.on_conflict_do_update(
            index_elements=["tenant_id"],
            set_={"next_at": later(paces.c.next_at, insert.excluded.next_at)},
        )
    )
