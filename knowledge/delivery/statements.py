"""The two statements of the sender's busy loop: claim what is due, settle what is done.

Each is built once per kind of database: building them took longer than running them.
"""

from functools import cache

from sqlalchemy import (
    Float,
    FromClause,
    Integer,
    Select,
    Text,
    Update,
    and_,
    bindparam,
    case,
    select,
    true,
    update,
)

from knowledge.delivery import tenant_pace
from knowledge.delivery.models import ERASED, Action, Status, deliveries, status_is
from knowledge.delivery.pauses import not_paused
from knowledge.storage.database import clock
from knowledge.storage.many_rows import Types, from_parameter

CLAIMED = (
    "id", "lease_owner", "action", "target", "is_person", "tenant_id", "service_url",
    "conversation_id", "teams_id", "message_id", "activity_id", "attempts", "possibly_duplicated",
)  # fmt: skip
"""What a sender needs to know of a delivery."""

OUTCOME: Types = {
    "of": Integer,
    "lease": Text,
    "status": Text,
    "reason": Text,
    "http_status": Integer,
    "activity_id": Text,
    "conversation_id": Text,
    "possibly_duplicated": Integer,
    "uncounted": Integer,
    "retry_in": Float,
}


@cache
def claim(is_sqlite: bool) -> Update:
    """Takes up to `most` rows for `lease`, of each tenant whose turn has come up to `each`."""
    ready = _ready(is_sqlite).limit(bindparam("most")).cte("ready")
    # Else PostgreSQL may run the SELECT once more for each row, and take more than the limit.
    ready = ready.prefix_with("MATERIALIZED", dialect="postgresql")
    return (
        update(deliveries)
        .where(deliveries.c.id.in_(select(ready.c.id)))
        .values(
            status=Status.SENDING.value,
            lease_owner=bindparam("lease"),
            due=clock() + bindparam("seconds", type_=Float),
            sending_started_at=clock(),
            attempts=deliveries.c.attempts + 1,
        )
        .returning(*(deliveries.c[name] for name in CLAIMED))
    )


@cache
def settle(is_sqlite: bool) -> Update:
    """Writes outcomes where the lease is still held. What nobody wants any more is cancelled.

    What somebody else has locked is passed over, so that it keeps nothing else waiting. Where it
    went is not learned of somebody who has been erased meanwhile.
    """
    outcome = from_parameter(is_sqlite, OUTCOME)
    held = deliveries.c.id == outcome.c.of
    if not is_sqlite:
        in_order = (
            select(deliveries.c.id)
            .where(deliveries.c.id == outcome.c.of)
            .order_by(deliveries.c.id)  # the order in which everybody locks deliveries
            .with_for_update(of=deliveries, skip_locked=True)
        )
        locked = in_order.cte("locked").prefix_with("MATERIALIZED")
        held &= deliveries.c.id.in_(select(locked.c.id))
    again = outcome.c.status == Status.PENDING.value
    status = case(
        (and_(again, deliveries.c.unwanted), Status.CANCELLED.value), else_=outcome.c.status
    )
    copied = ("reason", "http_status", "possibly_duplicated")
    is_gone = deliveries.c.dedupe_key.startswith(ERASED)
    where = {
        name: case((is_gone, ""), else_=outcome.c[name])
        for name in ("activity_id", "conversation_id")
    }
    return (
        update(deliveries)
        .where(held, deliveries.c.lease_owner == outcome.c.lease)
        .values(
            status=status,
            lease_owner=None,
            attempts=deliveries.c.attempts - outcome.c.uncounted,
            due=clock() + outcome.c.retry_in,
            **where,
            **{name: outcome.c[name] for name in copied},
        )
        .returning(*(deliveries.c[name] for name in ("id", "status", "message_id", "changes_id")))
    )


def _ready(is_sqlite: bool) -> Select[tuple[int]]:
    """What is due, tenant by tenant: one look into the index for each whose turn has come.

    Rows that wait for their turn are never read, however many there are.
    """
    has_some = _due_of(tenant_pace.paces).limit(1).scalar_subquery().is_not(None)
    turn = tenant_pace.open_lines().where(has_some).limit(bindparam("most")).cte("turn")
    turn = turn.prefix_with("MATERIALIZED", dialect="postgresql")
    some = _due_of(turn).limit(bindparam("each"))
    if is_sqlite:  # which knows no LATERAL
        return select(deliveries.c.id).select_from(
            turn.join(deliveries, deliveries.c.id.in_(some.correlate(turn)))
        )
    theirs = some.with_for_update(skip_locked=True).lateral("theirs")
    return select(theirs.c.id).select_from(turn.join(theirs, true()))


def _due_of(tenants: FromClause) -> Select[tuple[int]]:
    """The deliveries of a tenant that are due, the oldest first."""
    row = deliveries.alias("next").c
    return (
        select(row.id)
        .where(
            row.tenant_id == tenants.c.tenant_id,
            status_is(Status.PENDING, row.status),
            row.due <= select(clock()).scalar_subquery(),
            not_paused(row.group_key, row.action == Action.POST),
        )
        .order_by(row.due, row.id)
        .correlate(tenants)
    )
