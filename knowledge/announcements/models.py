"""Announcements: what a coordinator writes once, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from knowledge.announcements.audience import Audience
from knowledge.storage.database import Moment, metadata
from knowledge.storage.outbox_models import Status

HEADING = range(3, 101)
TEXT = range(10, 4001)
LONGEST_LINK = 1_000
LONGEST_LINK_TITLE = 30  # a longer button is cut on a phone


class AnnouncementStatus(StrEnum):
    """A draft is sent once; what was sent can be withdrawn."""

    DRAFT = "draft"
    SENT = "sent"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Draft:
    """What the coordinator fills in. `county` is the one it comes from, or the nation."""

    heading: str
    text: str
    link: str
    link_title: str
    county: str
    audience: Audience = field(default_factory=Audience)

    @property
    def faults(self) -> tuple[str, ...]:
        """What must be changed before it can be kept.

        Of "heading", "text", "link", "recipients" (neither channels nor people) and "audience"
        (no place).
        """
        good = {
            "heading": len(self.heading) in HEADING,
            "text": len(self.text) in TEXT,
            "link": self._link_is_good,
            "recipients": self.audience.to_channels or self.audience.to_people,
            "audience": bool(self.audience.counties or self.audience.municipalities),
        }
        return tuple(name for name, is_good in good.items() if not is_good)

    def tidy(self) -> "Draft":
        """The same without spaces around, and with each choice once."""
        return replace(self.reworded(self), audience=self.audience.tidy())

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
class Failure:
    """A recipient that was not reached, or perhaps not. `municipality` is its Swedish name."""

    target_name: str
    municipality: str
    status: Status
    reason: str


@dataclass(frozen=True)
class Report:
    """What became of an announcement.

    `counts` has each recipient once, by the state of its message; `changes` the same for the
    newest correction or withdrawal of it. `possibly_duplicated` of those sent may have come twice.
    """

    counts: Mapping[Status, int]
    changes: Mapping[Status, int]
    failures: tuple[Failure, ...]
    possibly_duplicated: int
    finished: bool

    @property
    def total(self) -> int:
        return sum(self.counts.values())


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
    Column("audience", Text, nullable=False, server_default="{}"),  # JSON of an Audience
    Column("status", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("message_id", Integer),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Index("announcements_by_author", "author_tenant_id", "author_object_id"),
)

gathered = Table(
    "gathered_announcements",
    metadata,
    Column("tenant_id", Text, nullable=False),
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("announcement_id", ForeignKey("announcements.id"), primary_key=True),
    Column("told_at", Moment),
)
"""What people get in their weekly message instead of at once."""
