"""Who is not to be purged, who has been erased or waits for it, and what has been purged."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from knowledge.storage.database import Moment, metadata

holds = Table(
    "retention_holds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tenant_id", Text, nullable=False),
    Column("object_id", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("set_at", Moment, nullable=False),
    Column("released_at", Moment),
)

erasures = Table(
    "erasures",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("asked_at", Moment, nullable=False),
)
"""Those who are to be erased when the last training they are signed up for is over."""

erased_accounts = Table(
    "erased_accounts",
    metadata,
    Column("account", Text, primary_key=True),  # a checksum of the tenant's and the person's ids
    Column("at", Moment, nullable=False),
)
"""Who has been erased, as a checksum: who comes back with an old copy is erased again."""

purges = Table(
    "retention_log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("kind", Text, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("decision", Text, nullable=False),  # the reference of the decision that allows it
)

kept_counts = Table(
    "kept_counts",
    metadata,
    Column("about", Text, primary_key=True),  # "training:5", "announcement:12"
    Column("municipality", Text, primary_key=True),
    Column("position", Text, primary_key=True),
    Column("status", Text, primary_key=True),
    Column("times", Integer, nullable=False),
)
"""How many there were of what is purged, without anybody: figures outlive the people in them."""

Index("holds_by_person", holds.c.tenant_id, holds.c.object_id)
