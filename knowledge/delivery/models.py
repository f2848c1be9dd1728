"""The outbox's tables: one message, one delivery per recipient. The table is the queue.

A delivery goes `pending → sending → ` one final state and never leaves that. A retry goes back to
`pending` with a later `due`.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, Table, Text
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.expression import literal_column

from knowledge.delivery.messenger import Address, Message
from knowledge.storage.database import clock, metadata


class Status(StrEnum):
    """Where a delivery stands. All but the first two are final."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    NOT_INSTALLED = "not_installed"
    BLOCKED = "blocked"
    FAILED = "failed"
    UNCERTAIN = "uncertain"  # may have arrived: never sent again by itself
    CANCELLED = "cancelled"


ERASED = "gone:"
"""How the dedupe key begins of what went to somebody who has been erased: it leads to nobody."""


class Action(StrEnum):
    """What a delivery does. An update and a delete may safely be repeated, a post may not."""

    POST = "post"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True)
class Target:
    """Somebody or somewhere to send to. `key` is unique within a group: "channel:5", "person:7"."""

    key: str
    name: str
    address: Address
    is_person: bool
    municipality: str = ""


@dataclass(frozen=True)
class Delivery:
    """A claimed delivery: what a sender needs to know to carry it out.

    `lease` is the claim's own token: only who has it may write the outcome. `wait` is the number
    of seconds to hold back so that the tenant's rate is kept. `unsure` counts the attempts so far
    that may have arrived although Teams answered with an error. `busy` is true when the
    conversation has had several messages lately.
    """

    id: int
    lease: str
    action: Action
    target: str
    is_person: bool
    address: Address
    message_id: int | None
    message: Message
    activity_id: str
    attempts: int
    unsure: int
    wait: float = 0.0
    busy: bool = False

    @property
    def conversation(self) -> tuple[str, str]:
        """The tenant and where in it: the conversation, or the person whose it will be."""
        return self.address.tenant_id, self.address.conversation_id or self.address.teams_id


@dataclass(frozen=True)
class Result:
    """What became of a claimed delivery.

    `status` PENDING means: again in `retry_in` seconds. `counted` is false when no attempt was
    made. `hold` makes the whole tenant, or only the busy conversation, wait that many seconds.
    """

    delivery: Delivery
    status: Status
    reason: str = ""
    http_status: int = 0
    activity_id: str = ""
    conversation_id: str = ""
    retry_in: float = 0.0
    unsure: int = 0
    counted: bool = True
    hold: float = 0.0


messages = Table(
    "messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("payload", Text, nullable=False),  # JSON; a row is never changed
    Column("training_id", Integer),  # what it is about, for who is asked "när börjar den?"
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("message_id", Integer, ForeignKey("messages.id")),  # null for a delete
    Column("group_key", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("dedupe_key", Text, nullable=False, unique=True),
    Column("target", Text, nullable=False),
    Column("target_name", Text, nullable=False),
    Column("municipality", Text, nullable=False),
    Column("is_person", Boolean, nullable=False),
    Column("tenant_id", Text, nullable=False),
    Column("service_url", Text, nullable=False),
    Column("conversation_id", Text, nullable=False),
    Column("teams_id", Text, nullable=False),
    Column("status", Text, nullable=False, default=Status.PENDING.value),
    Column("reason", Text, nullable=False, default=""),
    Column("attempts", Integer, nullable=False, default=0),  # counted at the claim
    Column("due", Float, nullable=False, default=clock()),  # schedule, retry and lease in one
    Column("lease_owner", Text),
    Column("sending_started_at", Float),
    Column("possibly_duplicated", Integer, nullable=False, default=0),  # how many times, at most
    Column("http_status", Integer, nullable=False, default=0),
    Column("activity_id", Text, nullable=False, default=""),
    Column("created_at", Float, nullable=False, default=clock()),
    Column("unwanted", Boolean, nullable=False, default=False),  # cancelled when on its way
    Column("changes_id", Integer, ForeignKey("deliveries.id")),  # the post to update or delete
    Column("resend_of", Integer, ForeignKey("deliveries.id"), unique=True),
    Index("deliveries_by_group", "group_key"),
    Index("deliveries_by_message", "message_id"),  # what says nothing any more can be purged
)


def status_is(status: Status, of: ColumnElement[str] = deliveries.c.status) -> ColumnElement[bool]:
    """A condition with the word written out: with a parameter no partial index would be used."""
    return of == literal_column(f"'{status.value}'")


# What has reached somebody since a question was asked.
Index(
    "deliveries_to_people",
    deliveries.c.target,
    sqlite_where=deliveries.c.is_person,
    postgresql_where=deliveries.c.is_person,
)

# The tenant comes first: whatever waits for its turn costs the others nothing.
Index(
    "deliveries_to_claim",
    deliveries.c.tenant_id,
    deliveries.c.due,
    deliveries.c.id,
    sqlite_where=status_is(Status.PENDING),
    postgresql_where=status_is(Status.PENDING),
)
Index(
    "deliveries_on_their_way",
    deliveries.c.due,
    sqlite_where=status_is(Status.SENDING),
    postgresql_where=status_is(Status.SENDING),
)
# Whoever deletes a delivery has to know what changes it; few change anything.
Index(
    "deliveries_by_changed",
    deliveries.c.changes_id,
    sqlite_where=deliveries.c.changes_id.is_not(None),
    postgresql_where=deliveries.c.changes_id.is_not(None),
)


def to_payload(message: Message) -> str:
    # Not by `asdict`, which copies a card node by node: 0.67 ms for a notice instead of 0.15.
    fields = {"text": message.text, "card": message.card, "summary": message.summary}
    return json.dumps(fields, ensure_ascii=False)


def from_payload(payload: str, training: int | None = None) -> Message:
    fields: dict[str, Any] = json.loads(payload)
    return Message(**fields, training=training)


def to_row(message: Message) -> dict[str, Any]:
    return {"payload": to_payload(message), "training_id": message.training}
