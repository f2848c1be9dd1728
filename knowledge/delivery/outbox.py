"""The outbox as features see it: what is to be sent is written with what it is about.

Both in one transaction, so that neither is there without the other. Senders work through
`claims.py`; what has been sent is changed through `changes.py`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, insert, select, update

from knowledge.delivery import tenant_pace
from knowledge.delivery.messenger import Address, Message
from knowledge.delivery.models import (
    Action,
    Status,
    Target,
    deliveries,
    from_payload,
    messages,
    status_is,
    to_row,
)
from knowledge.storage.database import Database, Reading, Writing, clock
from knowledge.storage.many_rows import insert_new

NotBefore = Callable[[Target], datetime | None]
"""When a target may be reached at the earliest; None for at once."""

_AT_ONCE = 500
"""So many groups in one statement."""


class Recipient(Protocol):
    """The part of a person that the outbox needs; `directory.models.Person` has it."""

    @property
    def id(self) -> int: ...
    @property
    def tenant_id(self) -> str: ...
    @property
    def teams_id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def municipality(self) -> str: ...
    @property
    def conversation_id(self) -> str: ...
    @property
    def service_url(self) -> str: ...


async def enqueue(
    tx: Writing,
    database: Database,
    *,
    group_key: str,
    message: Message,
    targets: Iterable[Target],
    not_before: NotBefore = lambda _target: None,
) -> int:
    """Write a message and one delivery per target. Returns the message's id.

    A target is reached once per group, however often it is written. Wake the sender after commit.
    """
    message_id = await add_message(tx, message)
    targets = list(targets)
    await tenant_pace.introduce(tx, database, (target.address.tenant_id for target in targets))
    now: list[dict[str, Any]] = []
    later: list[dict[str, Any]] = []
    for target in targets:
        row, when = _row(group_key, message_id, target), not_before(target)
        if when is None:
            now.append(row)
        else:
            later.append({**row, "due": when.timestamp()})
    for rows in (now, later):  # apart: the rows of one statement have the same columns
        await insert_new(tx, database, deliveries, rows)
    return message_id


async def enqueue_notice(
    tx: Writing,
    database: Database,
    person: Recipient,
    message: Message,
    dedupe_key: str,
    not_before: datetime | None = None,
) -> None:
    """Write one personal message to one person; once per `dedupe_key`."""
    group_key = f"notice:{dedupe_key}"
    await enqueue_once(
        tx,
        database,
        group_key=group_key,
        message=message,
        target=to_person(person),
        not_before=not_before,
    )


@dataclass(frozen=True)
class Notice:
    """A message of its own to one person."""

    group_key: str
    person: Recipient
    message: Message


async def enqueue_each(
    tx: Writing, database: Database, notices: Sequence[Notice], not_before: datetime | None
) -> None:
    """Write many personal messages at once, each once per group. The groups must be new."""
    if not notices:
        return
    rows = [to_row(one.message) for one in notices]
    added = insert(messages).returning(messages.c.id, sort_by_parameter_order=True)
    ids = (await tx.execute(added, rows)).scalars()
    await tenant_pace.introduce(tx, database, {one.person.tenant_id for one in notices})
    later = {"due": not_before.timestamp()} if not_before else {}
    sent = [
        {**_row(one.group_key, id_, to_person(one.person)), **later}
        for id_, one in zip(ids, notices, strict=True)
    ]
    await insert_new(tx, database, deliveries, sent)


async def enqueue_once(
    tx: Writing,
    database: Database,
    *,
    group_key: str,
    message: Message,
    target: Target,
    not_before: datetime | None = None,
) -> bool:
    """Write one message to one target, unless the group is there. Returns whether it did."""
    if await is_known(tx, group_key):
        return False
    await enqueue(
        tx,
        database,
        group_key=group_key,
        message=message,
        targets=[target],
        not_before=lambda _target: not_before,
    )
    return True


async def remember_sent(
    tx: Writing, database: Database, *, group_key: str, target: Target, id: str
) -> None:
    """What has been sent there without the outbox, as Teams calls it: so that it can be changed."""
    await tenant_pace.introduce(tx, database, [target.address.tenant_id])
    sent = {"status": Status.SENT.value, "activity_id": id, "due": clock()}
    row = database.insert(deliveries).values(**_row(group_key, None, target), **sent)
    await tx.execute(row.on_conflict_do_nothing())


async def is_known(tx: Reading | Writing, group_key: str) -> bool:
    """Whether the group has any delivery, whatever became of it."""
    known = select(deliveries.c.id).where(deliveries.c.group_key == group_key).limit(1)
    return (await tx.execute(known)).first() is not None


def to_person(person: Recipient) -> Target:
    """The person's own chat, which is opened first if need be."""
    address = Address(person.tenant_id, person.service_url, person.conversation_id, person.teams_id)
    return Target(f"person:{person.id}", person.name, address, True, person.municipality)


async def add_message(tx: Writing, message: Message) -> int:
    row = insert(messages).values(to_row(message)).returning(messages.c.id)
    return int((await tx.execute(row)).scalar_one())


async def get_message(tx: Reading | Writing, message_id: int) -> Message:
    """A message as it was written."""
    query = select(messages.c.payload, messages.c.training_id).where(messages.c.id == message_id)
    return from_payload(*(await tx.execute(query)).one())


async def cancel_all(tx: Writing, group_keys: Sequence[str]) -> None:
    """Stop what has not left yet of all of these groups."""
    for first in range(0, len(group_keys), _AT_ONCE):
        await _cancel(tx, deliveries.c.group_key.in_(group_keys[first : first + _AT_ONCE]))


async def cancel(tx: Writing, group_key: str) -> int:
    """Stop what has not left yet. Returns how many deliveries were cancelled.

    What is on its way cannot be stopped, but it is not tried again. Deletes go on: they are part
    of stopping.
    """
    return await _cancel(tx, deliveries.c.group_key == group_key)


async def _cancel(tx: Writing, those: ColumnElement[bool]) -> int:
    group = those & (deliveries.c.action != Action.DELETE)
    stop = update(deliveries).where(group, status_is(Status.PENDING))
    stopped = await tx.execute(stop.values(status=Status.CANCELLED))
    on_its_way = update(deliveries).where(group, status_is(Status.SENDING))
    await tx.execute(on_its_way.values(unwanted=True))
    return stopped.rowcount


def _row(group_key: str, message_id: int | None, target: Target) -> dict[str, Any]:
    return {
        "message_id": message_id,
        "group_key": group_key,
        "action": Action.POST,
        "dedupe_key": f"{group_key}:{target.key}",
        "target": target.key,
        "target_name": target.name,
        "municipality": target.municipality,
        "is_person": target.is_person,
        "tenant_id": target.address.tenant_id,
        "service_url": target.address.service_url,
        "conversation_id": target.address.conversation_id,
        "teams_id": target.address.teams_id,
    }
