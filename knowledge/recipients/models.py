"""What recipients decide. All but the themes they follow stands in the people table."""

from dataclasses import dataclass

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from knowledge.directory.models import Position
from knowledge.storage.database import metadata


@dataclass(frozen=True)
class Choices:
    """What one recipient has decided. `themes` are slugs of topics."""

    position: Position | None
    muted: bool
    weekly: bool
    themes: tuple[str, ...]


follows = Table(
    "follows",
    metadata,
    Column("tenant_id", Text, nullable=False),
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("theme", Text, primary_key=True),  # a topic's slug
    Index("follows_by_theme", "theme"),
)
