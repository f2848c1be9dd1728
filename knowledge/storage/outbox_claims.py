"""The outbox as senders see it: claim, start, settle; and recover what a dead sender held.

Any number of processes may work at once. A claim is a lease with a token of its own, and every
write is fenced by it: who was paused past its lease changes nothing any more.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Float, RowMapping, bindparam, case, select, update

from knowledge.messenger import Address, Message
from knowledge.storage import pace
from knowledge.storage.database import Database, Writing, clock
from knowledge.storage.outbox_changes import follow_up
from knowledge.storage.outbox_models import (
    Action,
    Delivery,
    Result,
    Status,
    deliveries,
    from_payload,
    messages,
    status_is,
)
from knowledge.storage.retries import MOST_ATTEMPTS

LEASE_SECONDS = 15.0

# The statements of the busy loop are built once: building them took longer than running them.

_ready = (
    select(deliveries.c.id)
    .where(
        status_is(Status.PENDING),
        deliveries.c.due <= select(clock()).scalar_subquery(),
        deliveries.c.tenant_id.not_in(pace.waiting_tenants()),
        deliveries.c.tenant_id.not_in(bindparam("passing_over", expanding=True)),
    )
    .order_by(deliveries.c.due, deliveries.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
    .cte("ready")
    # Else PostgreSQL may run the SELECT once more for each row, and take more than the limit.
    .prefix_with("MATERIALIZED", dialect="postgresql")
)

_CLAIM = (
    update(deliveries)
    .where(deliveries.c.id.in_(select(_ready.c.id)))
    .values(
        status=Status.SENDING.value,
        lease_owner=bindparam("lease"),
        due=clock() + bindparam("seconds", type_=Float),
        sending_started_at=None,
        attempts=deliveries.c.attempts + 1,
    )
    .returning(*deliveries.c)
)

_mine = (
    select(deliveries.c.id)
    .where(
        deliveries.c.id.in_(bindparam("ids", expanding=True)),
        deliveries.c.lease_owner == bindparam("lease"),
    )
    .order_by(deliveries.c.id)  # the order in which everybody locks deliveries
    .with_for_update()
)

_START = (
    update(deliveries)
    .where(deliveries.c.id.in_(_mine.scalar_subquery()))
    .values(sending_started_at=clock())
    .returning(deliveries.c.id)
)

_SETTLE = (
    # The other columns come from `_outcome`.
    update(deliveries)
    .where(deliveries.c.id == bindparam("of"), deliveries.c.lease_owner == bindparam("lease"))
    .values(
        attempts=deliveries.c.attempts - bindparam("uncounted"),
        due=clock() + bindparam("retry_in", type_=Float),
    )
)


async def claim(
    tx: Writing,
    database: Database,
    lease: str,
    limit: int,
    *,
    seconds: float = LEASE_SECONDS,
    passing_over: Collection[str] = (),
) -> list[Delivery]:
    """Take up to `limit` deliveries that are due, and their places in their tenants' lines.

    `lease` must be new for each claim. Tenants in `passing_over`, and those whose turn has not
    come, are left alone.
    """
    wanted = {"lease": lease, "most": limit, "seconds": seconds, "passing_over": [*passing_over]}
    rows = (await tx.execute(_CLAIM, wanted)).mappings().all()
    return await _with_places(tx, database, sorted(rows, key=lambda row: int(row["id"])))


async def mark_started(tx: Writing, claimed: Sequence[Delivery]) -> set[int]:
    """Note that these are about to be sent; commit before the first is. Returns which still may be.

    From here on nobody can tell whether a delivery without an outcome has arrived.
    """
    if not claimed:
        return set()
    mine = {"lease": claimed[0].lease, "ids": [delivery.id for delivery in claimed]}
    return set((await tx.execute(_START, mine)).scalars())


async def settle(tx: Writing, database: Database, results: Sequence[Result]) -> None:
    """Write outcomes. Whoever lost the lease meanwhile changes nothing."""
    if not results:
        return
    in_order = sorted(results, key=lambda result: result.delivery.id)
    await tx.execute(_SETTLE, [_outcome(result) for result in in_order])
    for result in in_order:
        if result.hold:
            await pace.hold(tx, database, result.delivery.address.tenant_id, result.hold)
    await follow_up(tx, database, in_order)


async def recover(tx: Writing, *, everyone: bool = False) -> int:
    """Free the deliveries of senders that are gone. Returns how many.

    A post that had been started may have arrived: it becomes uncertain. Updates and deletes are
    repeated, which does no harm. `everyone` does not wait for leases to run out: only for the one
    process that knows it is alone.
    """
    lost = select(deliveries.c.id).where(status_is(Status.SENDING))
    if not everyone:
        lost = lost.where(deliveries.c.due <= select(clock()).scalar_subquery())
    started = deliveries.c.sending_started_at.is_not(None) & (deliveries.c.action == Action.POST)
    used_up = deliveries.c.attempts >= MOST_ATTEMPTS
    status = case((started, Status.UNCERTAIN), (used_up, Status.FAILED), else_=Status.PENDING.value)
    free = (
        update(deliveries)
        .where(deliveries.c.id.in_(lost.with_for_update(skip_locked=True)))
        .values(
            status=status,
            reason=case((started, "interrupted"), (used_up, "gave_up"), else_=""),
            lease_owner=None,
            due=clock(),
        )
    )
    return (await tx.execute(free)).rowcount


async def renew(tx: Writing, leases: Collection[str], seconds: float = LEASE_SECONDS) -> set[int]:
    """Keep leases from running out. Returns the deliveries that are still held by them."""
    mine = select(deliveries.c.id).where(
        status_is(Status.SENDING), deliveries.c.lease_owner.in_(leases)
    )
    longer = update(deliveries).where(
        deliveries.c.id.in_(mine.with_for_update(skip_locked=True).scalar_subquery())
    )
    renewed = longer.values(due=clock() + seconds).returning(deliveries.c.id)
    return set((await tx.execute(renewed)).scalars())


def _outcome(result: Result) -> dict[str, Any]:
    delivery = result.delivery
    return {
        "of": delivery.id,
        "lease": delivery.lease,
        "lease_owner": None,
        "status": result.status,
        "reason": result.reason,
        "http_status": result.http_status,
        "activity_id": result.activity_id or delivery.activity_id,
        "conversation_id": result.conversation_id or delivery.address.conversation_id,
        "possibly_duplicated": result.unsure,
        "uncounted": 0 if result.counted else 1,
        "retry_in": result.retry_in,
    }


async def _with_places(
    tx: Writing, database: Database, rows: Sequence[RowMapping]
) -> list[Delivery]:
    """The claimed rows with their messages, each with its own place in its tenant's line."""
    wanted = Counter(str(row["tenant_id"]) for row in rows)
    next_wait = await pace.reserve(tx, database, wanted)
    contents = await _messages(tx, {row["message_id"] for row in rows})
    claimed = []
    for row in rows:
        tenant = row["tenant_id"]
        claimed.append(
            _delivery(row, contents.get(row["message_id"], Message()), next_wait[tenant])
        )
        next_wait[tenant] += 1 / pace.RATE
    return claimed


async def _messages(tx: Writing, ids: set[int]) -> dict[int, Message]:
    query = select(messages.c.id, messages.c.payload).where(messages.c.id.in_(ids))
    return {id: from_payload(payload) for id, payload in (await tx.execute(query))}


def _delivery(row: RowMapping, message: Message, wait: float) -> Delivery:
    return Delivery(
        id=row["id"],
        lease=row["lease_owner"],
        action=Action(row["action"]),
        target=row["target"],
        is_person=row["is_person"],
        address=Address(
            row["tenant_id"], row["service_url"], row["conversation_id"], row["teams_id"]
        ),
        message_id=row["message_id"],
        message=message,
        activity_id=row["activity_id"],
        attempts=row["attempts"],
        unsure=row["possibly_duplicated"],
        wait=wait,
    )
