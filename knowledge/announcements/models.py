"""Announcements: what a coordinator writes once, and what became of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text, false

from knowledge.storage.database import Moment, metadata

HEADING = range(3, 101)
TEXT = range(10, 4001)
LONGEST_LINK = 1_000
LONGEST_LINK_TITLE = 30  # a longer button is cut on a phone


class AnnouncementStatus(StrEnum):
    """A draft is sent once; what was sent can be paused, stopped for good, and withdrawn."""

    DRAFT = "draft"
    SENT = "sent"
    PAUSED = "paused"
    CANCELLED = "cancelled"  # what had left when it was stopped has arrived, and stays
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Draft:
    """What the coordinator fills in. `municipalities` holds codes; empty means the whole county.

    `training_id` is the training it invites to, `acknowledge` whether people are asked to confirm
    that they have read it.
    """

    heading: str
    text: str
    link: str
    link_title: str
    county: str
    municipalities: tuple[str, ...] = ()
    to_channels: bool = True
    to_people: bool = False
    training_id: int | None = None
    acknowledge: bool = False

    @property
    def faults(self) -> tuple[str, ...]:
        """What must be changed before it can be kept: "heading", "text", "link", "recipients"."""
        good = {
            "heading": len(self.heading) in HEADING,
            "text": len(self.text) in TEXT,
            "link": self._link_is_good,
            "recipients": self.to_channels or self.to_people,
        }
        return tuple(field for field, is_good in good.items() if not is_good)

    def tidy(self) -> "Draft":
        """The same without spaces around, and with each municipality once."""
        return replace(
            self.reworded(self), municipalities=tuple(dict.fromkeys(self.municipalities))
        )

    def reworded(self, other: "Draft") -> "Draft":
        """The other draft's words, to whom this one goes."""
        return replace(
            self,
            heading=other.heading.strip(),
            text=other.text.strip(),
            link=other.link.strip(),
            link_title=other.link_title.strip(),
        )

    @property
    def _link_is_good(self) -> bool:
        """No link, or one over https to a host with a name and without a password."""
        if len(self.link) > LONGEST_LINK or len(self.link_title) > LONGEST_LINK_TITLE:
            return False
        if not self.link:
            return True
        try:
            parts = urlsplit(self.link)
            named = "." in (parts.hostname or "") and parts.username is None
        except ValueError:
            return False
        one_word = self.link.isprintable() and " " not in self.link
        return parts.scheme == "https" and named and one_word


@dataclass(frozen=True)
class Announcement:
    """An announcement as it is kept. `version` grows by one with each correction."""

    id: int
    author_tenant_id: str
    author_object_id: str
    author_name: str
    draft: Draft
    status: AnnouncementStatus
    version: int
    message_id: int | None
    created_at: datetime
    sent_at: datetime | None

    @property
    def county(self) -> str:
        return self.draft.county

    def is_by(self, tenant_id: str, object_id: str) -> bool:
        return (self.author_tenant_id, self.author_object_id) == (tenant_id, object_id)

    @property
    def group_key(self) -> str:
        """What its deliveries have in common in the outbox."""
        return f"announcement:{self.id}"


@dataclass(frozen=True)
class Reach:
    """Whom an announcement would reach now. `municipalities_without` holds codes, by name."""

    channels: int
    people: int
    municipalities_reached: int
    municipalities_without: tuple[str, ...]


announcements = Table(
    "announcements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("author_tenant_id", Text, nullable=False),
    Column("author_object_id", Text, nullable=False),
    Column("author_name", Text, nullable=False),
    Column("county", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("link_title", Text, nullable=False),
    Column("municipalities", Text, nullable=False),  # codes, with spaces between
    Column("to_channels", Boolean, nullable=False),
    Column("to_people", Boolean, nullable=False),
    Column("training_id", Integer),
    Column("acknowledge", Boolean, nullable=False, server_default=false()),
    Column("status", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("message_id", Integer),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Index("announcements_by_author", "author_tenant_id", "author_object_id"),
)
