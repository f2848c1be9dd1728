"""Open questions and verdicts: counted, and nobody's. No row has a key that leads to a person."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Column, Date, Index, Integer, Table, Text, UniqueConstraint

from knowledge.storage.database import Moment, metadata


class WhyOpen(StrEnum):
    """Why a question is open."""

    UNANSWERED = "unanswered"  # the engine did not know
    UNCHOSEN = "unchosen"  # questions were offered, and none of them was chosen
    PRIVATE = "private"  # it was about somebody: only counted, its text is never kept


class QuestionOutcome(StrEnum):
    """What became of a question, as the metrics tell it."""

    ANSWERED = "answered"
    CHOICES = "choices"  # questions were offered, whether or not one of them was chosen
    UNKNOWN = "unknown"
    PRIVATE = "private"  # turned down


class Verdict(StrEnum):
    """What a reader thought of an answer."""

    HELPED = "helped"
    NOT_HELPED = "not_helped"
    WRONG = "wrong"


@dataclass(frozen=True)
class OpenQuestion:
    """A masked question, how often it was asked, and in which county ("" when unknown)."""

    question: str
    why: WhyOpen
    county: str
    times: int
    asked_at: datetime


@dataclass(frozen=True)
class VerdictCount:
    """How often readers gave this verdict on an article as it was checked on that day."""

    article: str
    checked: date
    verdict: Verdict
    times: int


open_questions = Table(
    "open_questions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("question", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("county", Text, nullable=False),
    Column("times", Integer, nullable=False),
    Column("asked_at", Moment, nullable=False),
    UniqueConstraint("question", "kind", "county", name="one_row_per_open_question"),
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article", Text, nullable=False),
    Column("checked", Date, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("given_at", Moment, nullable=False),
    Index("verdicts_by_article", "article", "checked"),
)
