"""What was read of the acts: when, which wording each section has, and the words of every wording.

A wording is kept by its fingerprint for good: so the old words can be shown beside the new ones.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, PrimaryKeyConstraint, Table, Text

from knowledge.answers.models import Article, Term
from knowledge.answers.sections import Section
from knowledge.errors import KnowledgeError
from knowledge.storage.database import Moment, metadata


class Fault(StrEnum):
    """Why an act could not be read."""

    UNREACHABLE = "unreachable"
    REFUSED = "refused"  # another status than 200
    TOO_LARGE = "too_large"
    NO_ACT = "no_act"  # not the act that was asked for, or no sections in it
    UNLIKE = "unlike"  # so much less than the last time that it is not believed
    DOUBTFUL = "doubtful"  # so much of it changed at once that it is not believed either


class LawUnread(KnowledgeError):
    """An act could not be read. `status` is what was answered, where that is the fault."""

    def __init__(self, fault: Fault, status: str = "") -> None:
        super().__init__(fault)
        self.fault = fault
        self.status = status


Reader = Callable[[str], Awaitable[str]]
"""Gets the text of an act from wherever acts are published. Raises LawUnread."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A section as it was last read. `first` is the wording it had when it was first read here."""

    fingerprint: str
    first: str


@dataclass(frozen=True, slots=True)
class ActState:
    """When an act was read, None for never, and what went wrong the last time it was tried."""

    act: str
    read_at: datetime | None
    fault: Fault | None
    status: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A section that is not what some answers were held against; both wordings as fingerprints."""

    section: Section
    before: str
    after: str
    articles: tuple[Article, ...]
    terms: tuple[Term, ...]


law_acts = Table(
    "law_acts",
    metadata,
    Column("act", Text, primary_key=True),
    Column("due", Moment, nullable=False),
    Column("read_at", Moment),
    Column("fault", Text, nullable=False),
)

law_sections = Table(
    "law_sections",
    metadata,
    Column("act", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("first", Text, nullable=False),
    PrimaryKeyConstraint("act", "place"),
)

law_wordings = Table(
    "law_wordings",
    metadata,
    Column("fingerprint", Text, primary_key=True),
    Column("words", Text, nullable=False),
)
