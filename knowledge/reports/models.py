"""A report that something we said is wrong."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Date, Index, Integer, Table, Text

from knowledge.storage.database import Moment, metadata


@dataclass(frozen=True)
class FaultReport:
    """`subject` is what it is about: "article:<id>", "term:<slug>" or "county:<code>".

    `county` is the reporter's own, empty when unknown; no reporter is named.
    """

    id: int
    subject: str
    county: str
    note: str
    created_at: datetime


reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("county", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("act", Text, nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
    Index("reports_by_subject", "subject"),
)

# Says how many, not which: no report leads to whoever wrote it. Yesterday's rows are deleted.
report_days = Table(
    "report_days",
    metadata,
    Column("reporter", Text, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("reports", Integer, nullable=False),
)
