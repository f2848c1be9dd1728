"""Changing what is sent: stop it, correct it, take it back, send some of it once more.

A correction reaches a recipient in one of three ways: what waits gets the new message at once,
what was sent gets an update, and what is on its way gets its update when it has arrived.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Integer,
    RowMapping,
    Text,
    case,
    cast,
    literal,
    select,
    update,
)

from knowledge.delivery import outbox
from knowledge.delivery.messenger import Message
from knowledge.delivery.models import Action, Result, Status, deliveries, status_is
from knowledge.storage.database import Database, Writing, clock

NO_ID = "no_id"
"""Why a post cannot be changed: Teams took it without saying under which id."""

_COPIED = (
    "group_key", "target", "target_name", "municipality", "is_person",
    "tenant_id", "service_url", "conversation_id", "teams_id",
)  # fmt: skip
"""What a delivery about another delivery has in common with it."""


async def stop(tx: Writing, group_key: str) -> bool:
    """Let no more of the group's posts leave. False when all had come to their end.

    What is on its way may still arrive, and what has arrived stays.
    """
    await _lock(tx, group_key)
    posts = (deliveries.c.group_key == group_key) & (deliveries.c.action == Action.POST)
    waiting = update(deliveries).where(posts, status_is(Status.PENDING))
    stopped = await tx.execute(waiting.values(status=Status.CANCELLED))
    on_its_way = update(deliveries).where(posts, status_is(Status.SENDING))
    last = await tx.execute(on_its_way.values(unwanted=True))
    return bool(stopped.rowcount or last.rowcount)


async def correct(tx: Writing, database: Database, group_key: str, message: Message) -> int:
    """Replace the group's message, sent or not. Returns the new message's id."""
    message_id = await outbox.add_message(tx, message)
    await _lock(tx, group_key)
    under_way = update(deliveries).where(
        deliveries.c.group_key == group_key,
        deliveries.c.action != Action.DELETE,
        status_is(Status.PENDING) | status_is(Status.SENDING),
    )
    await tx.execute(under_way.values(message_id=message_id))
    has_update = select(deliveries.c.changes_id).where(
        deliveries.c.group_key == group_key,
        deliveries.c.action == Action.UPDATE,
        status_is(Status.PENDING) | status_is(Status.SENDING),
    )
    sent = (deliveries.c.group_key == group_key) & deliveries.c.id.not_in(has_update)
    await _change_sent(tx, database, sent, message_id)
    return message_id


async def take_back(tx: Writing, database: Database, group_key: str) -> None:
    """Stop what has not left, and delete what has."""
    await _lock(tx, group_key)
    await outbox.cancel(tx, group_key)
    on_its_way = update(deliveries).where(
        deliveries.c.group_key == group_key,
        deliveries.c.action == Action.POST,
        status_is(Status.SENDING),
    )
    await tx.execute(on_its_way.values(message_id=None))  # `follow_up` deletes it on arrival
    await _change_sent(tx, database, deliveries.c.group_key == group_key, None)


async def send_again(
    tx: Writing,
    database: Database,
    which: ColumnElement[bool],
    message_id: int | None,
    quiet_until: datetime | None = None,
) -> int:
    """Write a new delivery for each that is chosen. Returns how many; the second time none.

    `message_id` is what the recipients should have; None for deletes. People get posts when
    `quiet_until` is over.
    """
    rests = deliveries.c.is_person & (deliveries.c.action == Action.POST)
    due = case((rests, quiet_until.timestamp()), else_=clock()) if quiet_until else clock()
    again = select(
        literal("again:").concat(cast(deliveries.c.id, Text)),
        deliveries.c.id,
        literal(message_id, Integer),
        due,
        *(deliveries.c[name] for name in ("action", "activity_id", "changes_id", *_COPIED)),
    ).where(which)
    columns = ["dedupe_key", "resend_of", "message_id", "due"]
    columns += ["action", "activity_id", "changes_id"]
    rows = database.insert(deliveries).from_select([*columns, *_COPIED], again)
    return (await tx.execute(rows.on_conflict_do_nothing())).rowcount


async def follow_up(
    tx: Writing, database: Database, results: Sequence[Result], settled: Sequence[RowMapping]
) -> None:
    """Act on what was decided while these were on their way.

    A row's `message_id` is what the recipient should have. Where it is no longer what was sent,
    an update or a delete follows. `settled` are the rows as they are now.
    """
    sent = {result.delivery.id: result.delivery.message_id for result in results}
    for row in settled:
        under_way = row["status"] in (Status.PENDING, Status.CANCELLED)
        if not under_way and row["message_id"] != sent[row["id"]]:
            post = deliveries.c.id == (row["changes_id"] or row["id"])
            await _change_sent(tx, database, post, row["message_id"])


async def _lock(tx: Writing, group_key: str) -> None:
    """Hold the group's rows in the order of their ids, as senders do: else both may deadlock.

    With `key_share` a sender may still write an update that refers to a post held here.
    """
    rows = select(deliveries.c.id).where(deliveries.c.group_key == group_key)
    await tx.execute(rows.order_by(deliveries.c.id).with_for_update(key_share=True))


async def _change_sent(
    tx: Writing, database: Database, which: ColumnElement[bool], message_id: int | None
) -> None:
    """Write an update (or with no message a delete) for each post that was sent.

    Where Teams gave no id there is nothing to name, so that has failed before it began.
    """
    action = Action.DELETE if message_id is None else Action.UPDATE
    suffix = "" if message_id is None else f":{message_id}"
    nameless = deliveries.c.activity_id == ""
    changes = select(
        case((nameless, Status.FAILED.value), else_=Status.PENDING.value),
        case((nameless, NO_ID), else_=""),
        literal(f"{action}:").concat(cast(deliveries.c.id, Text)).concat(suffix),
        literal(action.value),
        literal(message_id, Integer),
        deliveries.c.id,
        *(deliveries.c[name] for name in ("activity_id", *_COPIED)),
    ).where(
        which,
        deliveries.c.action == Action.POST,
        status_is(Status.SENT),
    )
    columns = [
        "status",
        "reason",
        "dedupe_key",
        "action",
        "message_id",
        "changes_id",
        "activity_id",
    ]
    rows = database.insert(deliveries).from_select([*columns, *_COPIED], changes)
    await tx.execute(rows.on_conflict_do_nothing())
