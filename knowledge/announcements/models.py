"""Announcements: what a coordinator writes once, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, false
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.expression import literal_column

from knowledge.announcements import words
from knowledge.announcements.audience import Audience
from knowledge.announcements.words import Words
from knowledge.storage.database import Moment, metadata


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

LEFT = tuple(status for status in AnnouncementStatus if status not in _BEFORE_SENDING)
"""It was sent, also when it has been withdrawn since."""

OUT = (AnnouncementStatus.SENT, AnnouncementStatus.PAUSED, AnnouncementStatus.CANCELLED)
"""Some have got it, or will."""


@dataclass(frozen=True)
class WrittenMoment:
    """A time that somebody wrote and that cannot be used, as it was written, and why."""

    day: str
    time: str
    fault: str


@dataclass(frozen=True)
class Draft:
    """What the coordinator fills in. `county` is the one it comes from, or the nation.

    `training_id` is the training to sign up for from the post; `acknowledge` asks readers to say
    that they have read it. `send_at` is None for at once; `written` is a time that could not be
    read. `unread` is what else was written and not understood, by the name of its fault. With
    either the draft cannot be kept: without it the rest would mean something else.
    """

    words: Words
    county: str
    audience: Audience = field(default_factory=Audience)
    training_id: int | None = None
    acknowledge: bool = False
    send_at: datetime | None = None
    unread: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    written: WrittenMoment | None = None

    @property
    def faults(self) -> tuple[str, ...]:
        """What must be changed before it can be kept.

        The faults of its words, "recipients" (neither channels nor people), "audience" (no
        place), and those of what was not understood.
        """
        good = {
            "recipients": self.audience.to_channels or self.audience.to_people,
            "audience": bool(self.audience.places),
        }
        bad = [name for name, is_good in good.items() if not is_good]
        moment = [self.written.fault] if self.written else []
        return tuple(dict.fromkeys((*self.words.faults, *bad, *self.unread, *moment)))

    def tidy(self) -> "Draft":
        """The same without spaces around, and with each choice once."""
        return replace(self, words=self.words.tidy(), audience=self.audience.tidy())


@dataclass(frozen=True)
class Announcement:
    """An announcement as it is kept. `version` grows by one with each change.

    The asker is the coordinator who sent it off, the approver the second one, where one was needed.
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
    asker_tenant_id: str = ""
    asker_object_id: str = ""

    @property
    def county(self) -> str:
        return self.draft.county

    @property
    def heading(self) -> str:
        return self.draft.words.heading

    @property
    def has_left(self) -> bool:
        """True when it was sent, also when it has been withdrawn since."""
        return self.status not in _BEFORE_SENDING

    @property
    def waits(self) -> bool:
        """True while it waits for its time, or for a colleague."""
        return not self.has_left and self.status is not AnnouncementStatus.DRAFT

    @property
    def is_approved(self) -> bool:
        return bool(self.approver_object_id)

    def is_by(self, tenant_id: str, object_id: str) -> bool:
        return (self.author_tenant_id, self.author_object_id) == (tenant_id, object_id)

    def is_asked_by(self, tenant_id: str, object_id: str) -> bool:
        """Whether this person wants it sent, and so is not the second to look at it."""
        if not self.asker_object_id:  # sent off by a version that let only its author do so
            return self.is_by(tenant_id, object_id)
        return (self.asker_tenant_id, self.asker_object_id) == (tenant_id, object_id)

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
    *words.columns(),
    Column("audience", Text, nullable=False, server_default="{}"),  # JSON of an Audience
    Column("status", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("message_id", Integer),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("training_id", Integer),  # of another feature, hence no foreign key
    Column("acknowledge", Boolean, nullable=False, server_default=false()),
    Column("send_at", Moment),
    Column("corrected_at", Moment),
    Column("approver_tenant_id", Text, nullable=False, server_default=""),
    Column("approver_object_id", Text, nullable=False, server_default=""),
    Column("asker_tenant_id", Text, nullable=False, server_default=""),
    Column("asker_object_id", Text, nullable=False, server_default=""),
    Column("seats_shown", Integer),  # what the posts say is left, when they were changed last
    Column("seats_shown_at", Moment),
    Column("training_shown", Integer),  # the version of the training that the posts tell of
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
