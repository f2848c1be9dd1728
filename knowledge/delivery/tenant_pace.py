"""A steady rate per tenant, kept in the database so that all processes share it.

Each tenant has one row with the time of its next free place in line (GCRA). Who claims
deliveries takes their places in the same transaction, and sends each when its place comes.
"""

import math
from collections.abc import Iterable, Mapping
from functools import cache

from sqlalchemy import (
    Column,
    ColumnElement,
    Float,
    Select,
    Table,
    Text,
    Update,
    bindparam,
    func,
    select,
    update,
)

from knowledge.delivery.retries import FURTHEST_RETRY
from knowledge.delivery.tenants import shut_out
from knowledge.storage.database import Database, Writing, clock, metadata
from knowledge.storage.many_rows import Types, as_parameter, from_parameter, insert_new

RATE = 45.0
"""Requests per second and tenant. Teams allows 50 and may block a bot that goes above."""

MOST_AHEAD = 0.1
"""How far ahead, in seconds, a tenant's line may reach at most when more places are taken."""

FURTHEST = 2.0
"""No line that is not held is further ahead than this, in seconds, whoever takes places in it."""

MOST_PLACES = 9
"""Places that one claim takes per tenant at most: 0.2 s of the rate."""

paces = Table(
    "paces",
    metadata,
    Column("tenant_id", Text, primary_key=True),
    Column("next_at", Float, nullable=False),
    Column("held_until", Float, nullable=False, server_default="0"),  # because Teams said so
)

_WANTED: Types = {"tenant_id": Text, "span": Float}


async def introduce(tx: Writing, database: Database, tenants: Iterable[str]) -> None:
    """Give these tenants a line to stand in. Nobody claims for a tenant that has none."""
    rows = [{"tenant_id": tenant, "next_at": 0.0} for tenant in sorted(set(tenants))]
    await insert_new(tx, database, paces, rows)


def open_lines() -> Select[tuple[str]]:
    """The tenants whose next place comes soon, who waited longest first; not `passing_over`, and
    none that is shut out.

    Their rows are locked, and those that somebody else has locked are passed over: two processes
    take places for different tenants instead of waiting for each other.
    """
    soon = select(clock() + bindparam("ahead", type_=Float)).scalar_subquery()
    return (
        select(paces.c.tenant_id)
        .where(
            paces.c.next_at <= soon,
            paces.c.tenant_id.not_in(bindparam("passing_over", expanding=True)),
            paces.c.tenant_id.not_in(shut_out()),
        )
        .order_by(paces.c.next_at)
        .with_for_update(skip_locked=True)
    )


def reach(seconds: float) -> tuple[float, int]:
    """What to claim when the next claim comes in so many seconds: how far ahead, and how much.

    Just enough that the line never stands still: what is claimed early waits in a sender's hand,
    where a kill makes it uncertain.
    """
    places = min(seconds * RATE + 1, MOST_PLACES)
    return min(seconds, MOST_AHEAD), math.ceil(places)


async def reserve(tx: Writing, database: Database, wanted: Mapping[str, int]) -> dict[str, float]:
    """Take the next places of each tenant. Returns the seconds until the first of them.

    The places that follow come `1 / RATE` seconds apart.
    """
    if not wanted:
        return {}
    spans = {tenant: places / RATE for tenant, places in sorted(wanted.items())}
    taken = await tx.execute(
        _take(database.is_sqlite), {"rows": as_parameter(_WANTED, spans.items())}
    )
    return {tenant: max(0.0, until_last - spans[tenant]) for tenant, until_last in taken}


async def hold(tx: Writing, database: Database, tenants: Mapping[str, float]) -> None:
    """Let tenants wait for so many seconds: Teams said that they get too much."""
    for tenant_id, seconds in sorted(tenants.items()):
        until = clock() + seconds
        later = later_of(database.is_sqlite, paces.c.next_at, until)
        longer = later_of(database.is_sqlite, paces.c.held_until, until)
        held = update(paces).where(paces.c.tenant_id == tenant_id)
        await tx.execute(held.values(next_at=later, held_until=longer))


async def set_right(tx: Writing, database: Database) -> int:
    """The clock has been put back: no line may stand still for longer than its rule allows.

    Returns how many did.
    """
    too_far = update(paces).where(paces.c.held_until > clock() + FURTHEST_RETRY)
    await tx.execute(too_far.values(held_until=clock()))
    free_at = later_of(database.is_sqlite, clock(), paces.c.held_until)
    stands = update(paces).where(paces.c.next_at > free_at + FURTHEST)
    return (await tx.execute(stands.values(next_at=free_at))).rowcount


def later_of(is_sqlite: bool, *moments: ColumnElement[float]) -> ColumnElement[float]:
    """The later of some moments, by the name that the database has for it."""
    return func.max(*moments) if is_sqlite else func.greatest(*moments)


@cache
def _take(is_sqlite: bool) -> Update:
    wanted = from_parameter(is_sqlite, _WANTED)
    from_now_on = later_of(is_sqlite, paces.c.next_at, clock())
    return (
        update(paces)
        .where(paces.c.tenant_id == wanted.c.tenant_id)
        .values(next_at=from_now_on + wanted.c.span)
        .returning(paces.c.tenant_id, paces.c.next_at - clock())
    )
