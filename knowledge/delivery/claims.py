"""The outbox as senders see it: claim, settle; and recover what a dead sender held.

Any number of processes may work at once. A claim is a lease with a token of its own, and every
write is fenced by it: who was paused past its lease changes nothing any more.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import RowMapping, case, select, update

from knowledge.delivery import conversation_pace, statements, tenant_pace
from knowledge.delivery.changes import follow_up
from knowledge.delivery.messenger import Address, Message
from knowledge.delivery.models import (
    Action,
    Delivery,
    Result,
    Status,
    deliveries,
    from_payload,
    messages,
    status_is,
)
from knowledge.delivery.retries import MOST_ATTEMPTS, put_back
from knowledge.storage.database import Database, Writing, clock
from knowledge.storage.many_rows import as_parameter

LEASE_SECONDS = 15.0

_NOTHING = Message()
"""What a delete says."""


async def claim(
    tx: Writing,
    database: Database,
    lease: str,
    limit: int,
    *,
    seconds: float = LEASE_SECONDS,
    next_in: float = tenant_pace.MOST_AHEAD,
    passing_over: Collection[str] = (),
) -> list[Delivery]:
    """Take up to `limit` deliveries that are due, and their places in line. Commit, then send.

    `lease` must be new for each claim, and `next_in` is about when the next one comes. Tenants in
    `passing_over`, and those whose turn has not come, are left alone. From here on nobody can tell
    whether a delivery without an outcome has arrived.
    """
    ahead, each = tenant_pace.reach(next_in)
    wanted = {
        "lease": lease,
        "most": limit,
        "each": each,
        "ahead": ahead,
        "seconds": seconds,
        "passing_over": [*passing_over],
    }
    statement = statements.claim(database.is_sqlite)
    rows = (await tx.execute(statement, wanted)).mappings().all()
    if not rows:
        return []
    contents = await _messages(tx, {row["message_id"] for row in rows})
    claimed = sorted((_delivery(row, contents) for row in rows), key=lambda each: each.id)
    return await _in_line(tx, database, await _in_conversations(tx, database, claimed))


async def settle(tx: Writing, database: Database, results: Sequence[Result]) -> set[int]:
    """Write outcomes. Whoever lost the lease meanwhile changes nothing.

    Returns the deliveries that somebody else has locked: their outcomes are still to be written.
    """
    if not results:
        return set()
    in_order = sorted(results, key=lambda result: result.delivery.id)
    outcomes = as_parameter(statements.OUTCOME, map(_outcome, in_order))
    found = await tx.execute(statements.settle(database.is_sqlite), {"rows": outcomes})
    settled = found.mappings().all()
    await follow_up(tx, database, in_order, settled)
    await _hold(tx, database, [result for result in in_order if result.hold])
    done = {row["id"] for row in settled}
    return await _still_held(tx, [one.delivery for one in in_order if one.delivery.id not in done])


async def _still_held(tx: Writing, claimed: Sequence[Delivery]) -> set[int]:
    """Those of them whose lease has not been lost."""
    if not claimed:
        return set()
    ours = select(deliveries.c.id).where(
        status_is(Status.SENDING),
        deliveries.c.id.in_([delivery.id for delivery in claimed]),
        deliveries.c.lease_owner.in_({delivery.lease for delivery in claimed}),
    )
    return set((await tx.execute(ours)).scalars())


async def _hold(tx: Writing, database: Database, throttled: Sequence[Result]) -> None:
    """Let those wait whom Teams throttles, for the longest that it asked for."""
    by_length = sorted(throttled, key=lambda result: result.hold)
    tenants = {x.delivery.address.tenant_id: x.hold for x in by_length if not x.delivery.busy}
    await tenant_pace.hold(tx, database, tenants)
    busy = {x.delivery.conversation: x.hold for x in by_length if x.delivery.busy}
    await conversation_pace.hold(tx, database, busy)


async def recover(tx: Writing, *, everyone: bool = False) -> int:
    """Free the deliveries of senders that are gone. Returns how many.

    A post may have arrived: it becomes uncertain. An update or a delete is simply done again,
    unless nobody wants it any more.
    `everyone` does not wait for leases to run out: only for the one process that knows it is
    alone.
    """
    lost = select(deliveries.c.id).where(status_is(Status.SENDING))
    if not everyone:
        lost = lost.where(deliveries.c.due <= select(clock()).scalar_subquery())
    posted = deliveries.c.action == Action.POST
    used_up = deliveries.c.attempts >= MOST_ATTEMPTS
    status = case(
        (posted, Status.UNCERTAIN),
        (deliveries.c.unwanted, Status.CANCELLED),
        (used_up, Status.FAILED),
        else_=Status.PENDING.value,
    )
    free = (
        update(deliveries)
        .where(deliveries.c.id.in_(lost.with_for_update(skip_locked=True)))
        .values(
            status=status,
            reason=case((posted, "interrupted"), (used_up, "gave_up"), else_=""),
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


async def _in_conversations(
    tx: Writing, database: Database, claimed: Sequence[Delivery]
) -> list[Delivery]:
    """Those whose conversation has room now. The others are given back until it has."""
    by_conversation = defaultdict(list)
    for delivery in claimed:
        by_conversation[delivery.conversation].append(delivery)
    wanted = {conversation: len(group) for conversation, group in by_conversation.items()}
    waits, busy = await conversation_pace.reserve(tx, database, wanted)
    too_many = [
        put_back(delivery, retry_in=wait)
        for conversation, seconds in waits.items()
        for delivery, wait in zip(
            by_conversation[conversation][-len(seconds) :], seconds, strict=True
        )
    ]
    await settle(tx, database, too_many)
    given_back = {result.delivery.id for result in too_many}
    return [
        replace(delivery, busy=True) if delivery.conversation in busy else delivery
        for delivery in claimed
        if delivery.id not in given_back
    ]


async def _in_line(tx: Writing, database: Database, claimed: Sequence[Delivery]) -> list[Delivery]:
    """The claimed deliveries, each with its own place in its tenant's line."""
    wanted: Counter[str] = Counter()
    for delivery in claimed:
        wanted[delivery.address.tenant_id] += _requests(delivery)
    next_wait = await tenant_pace.reserve(tx, database, wanted)
    placed = []
    for delivery in claimed:
        tenant_id = delivery.address.tenant_id
        placed.append(replace(delivery, wait=next_wait[tenant_id]))
        next_wait[tenant_id] += _requests(delivery) / tenant_pace.RATE
    return placed


def _requests(delivery: Delivery) -> int:
    """A chat that is still to be opened takes a request of its own."""
    return 1 if delivery.address.conversation_id else 2


async def _messages(tx: Writing, ids: set[int | None]) -> dict[int, Message]:
    query = select(messages.c.id, messages.c.payload).where(messages.c.id.in_(ids))
    return {id: from_payload(payload) for id, payload in (await tx.execute(query))}


def _delivery(row: RowMapping, contents: Mapping[int, Message]) -> Delivery:
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
        message=contents.get(row["message_id"], _NOTHING),
        activity_id=row["activity_id"],
        attempts=row["attempts"],
        unsure=row["possibly_duplicated"],
    )


def _outcome(result: Result) -> tuple[Any, ...]:
    """The values of `statements.OUTCOME`."""
    delivery = result.delivery
    return (
        delivery.id,
        delivery.lease,
        result.status,
        result.reason,
        result.http_status,
        result.activity_id or delivery.activity_id,
        result.conversation_id or delivery.address.conversation_id,
        result.unsure,
        0 if result.counted else 1,
        result.retry_in,
    )
