"""Announcements: what a coordinator writes once, and what became of it."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, false
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.expression import literal_column

from knowledge.announcements.audience import Audience
from knowledge.storage.database import Moment, metadata

HEADING = range(3, 101)
TEXT = range(10, 4001)
LONGEST_LINK = 1_000
LONGEST_LINK_TITLE = 30  # a longer button is cut on a phone
LONGEST_ALT = 200


class AnnouncementStatus(StrEnum):
    """A draft is sent once, at once or after a while.

    What was sent can be paused, stopped for good, and withdrawn.
    """

    DRAFT = "draft"
    WAITING_APPROVAL = "waiting_approval"  # for a second coordinator
    SCHEDULED = "scheduled"  # for its `send_at`
    SENT = "sent"
    PAUSED = "paused"
    CANCELLED = "cancelled"  # what had left when it was stopped has arrived, and stays
    WITHDRAWN = "withdrawn"


_BEFORE_SENDING = (
    AnnouncementStatus.DRAFT,
    AnnouncementStatus.WAITING_APPROVAL,
    AnnouncementStatus.SCHEDULED,
)

OUT = (AnnouncementStatus.SENT, AnnouncementStatus.PAUSED, AnnouncementStatus.CANCELLED)
"""Some have got it, or will."""


@dataclass(frozen=True)
class Draft:
    """What the coordinator fills in. `county` is the one it comes from, or the nation.

    `training_id` is the training to sign up for from the post; `acknowledge` asks readers to say
    that they have read it. `send_at` is None for at once.
    """

    heading: str
    text: str
    link: str
    link_title: str
    county: str
    audience: Audience = field(default_factory=Audience)
    picture: str = ""
    picture_alt: str = ""
    training_id: int | None = None
    acknowledge: bool = False
    send_at: datetime | None = None

    @property
    def faults(self) -> tuple[str, ...]:
        """What must be changed before it can be kept.

        Of "heading", "text", "link", "picture", "picture_alt", "recipients" (neither channels nor
        people) and "audience" (no place).
        """
        good = {
            "heading": len(self.heading) in HEADING,
            "text": len(self.text) in TEXT,
            "link": _is_link(self.link) and len(self.link_title) <= LONGEST_LINK_TITLE,
            "picture": _is_link(self.picture),
            "picture_alt": bool(self.picture_alt or not self.picture)
            and len(self.picture_alt) <= LONGEST_ALT,
            "recipients": self.audience.to_channels or self.audience.to_people,
            "audience": bool(self.audience.places),
        }
        return tuple(name for name, is_good in good.items() if not is_good)

    def tidy(self) -> "Draft":
        """The same without spaces around, and with each choice once."""
        return replace(self.reworded(self), audience=self.audience.tidy())

    def reworded(self, other: "Draft") -> "Draft":
        """The other draft's words and picture, to whom this one goes."""
        return replace(
            self,
            heading=other.heading.strip(),
            text=other.text.strip(),
            link=other.link.strip(),
            link_title=other.link_title.strip(),
            picture=other.picture.strip(),
            picture_alt=other.picture_alt.strip(),
        )


def _is_link(url: str) -> bool:
    """No link, or one over https to a host with a name and without a password."""
    if not url:
        return True
    try:
        parts = urlsplit(url)
        named = "." in (parts.hostname or "") and parts.username is None
    except ValueError:
        return False
    one_word = url.isprintable() and " " not in url
    return parts.scheme == "https" and named and one_word and len(url) <= LONGEST_LINK


@dataclass(frozen=True)
class Announcement:
    """An announcement as it is kept. `version` grows by one with each change.

    The approver is the second coordinator, where one was needed.
    """

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
    corrected_at: datetime | None = None
    approver_tenant_id: str = ""
    approver_object_id: str = ""

    @property
    def county(self) -> str:
        return self.draft.county

    @property
    def has_left(self) -> bool:
        """True when it was sent, also when it has been withdrawn since."""
        return self.status not in _BEFORE_SENDING

    @property
    def is_approved(self) -> bool:
        return bool(self.approver_object_id)

    def is_by(self, tenant_id: str, object_id: str) -> bool:
        return (self.author_tenant_id, self.author_object_id) == (tenant_id, object_id)

    @property
    def group_key(self) -> str:
        """What its deliveries have in common in the outbox."""
        return f"announcement:{self.id}"


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
    Column("picture", Text, nullable=False, server_default=""),
    Column("picture_alt", Text, nullable=False, server_default=""),
    Column("training_id", Integer),  # of another feature, hence no foreign key
    Column("acknowledge", Boolean, nullable=False, server_default=false()),
    Column("send_at", Moment),
    Column("corrected_at", Moment),
    Column("approver_tenant_id", Text, nullable=False, server_default=""),
    Column("approver_object_id", Text, nullable=False, server_default=""),
    Column("seats_shown", Integer),  # what the posts say is left, when they were changed last
    Column("seats_shown_at", Moment),
    # A deleted draft keeps its row: SQLite would give its id, which old cards hold, to the next.
    Column("deleted_at", Moment),
    Index("announcements_by_author", "author_tenant_id", "author_object_id"),
    Index("announcements_by_training", "training_id"),
)


def status_is(status: AnnouncementStatus) -> ColumnElement[bool]:
    """A condition with the word written out: with a parameter no partial index would be used."""
    return announcements.c.status == literal_column(f"'{status.value}'")


Index(
    "announcements_to_send",
    announcements.c.send_at,
    sqlite_where=status_is(AnnouncementStatus.SCHEDULED),
    postgresql_where=status_is(AnnouncementStatus.SCHEDULED),
)
Index(
    "announcements_to_approve",
    announcements.c.county,
    sqlite_where=status_is(AnnouncementStatus.WAITING_APPROVAL),
    postgresql_where=status_is(AnnouncementStatus.WAITING_APPROVAL),
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
