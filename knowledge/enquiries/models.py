"""A question that an announcement led to, and its one answer."""

from dataclasses import dataclass

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from knowledge.storage.database import Moment, metadata


@dataclass(frozen=True)
class Subject:
    """The announcement that is asked about, as its recipient may know it."""

    announcement_id: int
    heading: str
    county: str


@dataclass(frozen=True)
class Enquiry:
    """A question to the coordinators of `county`, at present to `responder_id`.

    `municipality` is the asker's, as a code; empty when unknown. `answer` is empty until there
    is one. `already` is true when it had been asked before with the same tap.
    """

    id: int
    subject: Subject
    asker_id: int
    asker_name: str
    municipality: str
    responder_id: int
    question: str
    answer: str
    already: bool = False

    @property
    def county(self) -> str:
        return self.subject.county


enquiries = Table(
    "enquiries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tenant_id", Text, nullable=False),  # the asker's
    Column("asker_id", ForeignKey("people.id"), nullable=False),
    Column("announcement_id", ForeignKey("announcements.id"), nullable=False),
    Column("county", Text, nullable=False),
    Column("responder_id", ForeignKey("people.id"), nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False, server_default=""),
    Column("act", Text, nullable=False, unique=True),
    Column("asked_at", Moment, nullable=False),
    Column("answered_at", Moment),
    Index("enquiries_by_announcement", "announcement_id"),
    Index("enquiries_by_responder", "responder_id"),
    sqlite_autoincrement=True,  # an old card must not name a newer question
)
