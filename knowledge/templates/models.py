"""Templates: what an announcement says, without whom it goes to and when."""

from dataclasses import dataclass

from sqlalchemy import Boolean, Column, Integer, Table, Text, UniqueConstraint

from knowledge.announcements import words
from knowledge.announcements.words import Words
from knowledge.storage.database import Moment, metadata

MOST = 12
"""So many fit one card, with buttons for each; per county."""


@dataclass(frozen=True)
class Template:
    """What an announcement says, without whom it goes to and when. The heading is its name."""

    id: int
    county: str
    words: Words
    acknowledge: bool = False

    @property
    def heading(self) -> str:
        return self.words.heading


templates = Table(
    "announcement_templates",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("county", Text, nullable=False),
    *words.columns(),
    Column("acknowledge", Boolean, nullable=False),
    Column("saved_at", Moment, nullable=False),
    UniqueConstraint("county", "heading", name="one_template_per_heading"),
    sqlite_autoincrement=True,  # an old card must not name a newer template
)
