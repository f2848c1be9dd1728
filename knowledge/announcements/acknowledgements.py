"""Who has said that they have read an announcement: one row per person, and no names."""

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from knowledge.storage.database import Moment, metadata

acknowledgements = Table(
    "acknowledgements",
    metadata,
    Column("announcement_id", Integer, ForeignKey("announcements.id"), primary_key=True),
    Column("tenant_id", Text, primary_key=True),
    Column("object_id", Text, primary_key=True),
    Column("at", Moment, nullable=False),
)
