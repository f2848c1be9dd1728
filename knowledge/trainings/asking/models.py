"""What may be asked of who signs up, and the table of what they answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from knowledge.storage.database import Moment, metadata

MOST_QUESTIONS = 4
"""So many of the organiser's own, beside the ready-made one about food."""

LONGEST_QUESTION = 150
LONGEST_ANSWER = 300

KEPT_AFTERWARDS = timedelta(days=30)
"""So long after the last meeting are answers erased."""

LOOSE_FOR = timedelta(days=1)
"""So long are answers kept of who has no place: the sign-up is under way, or may be undone."""

Answers = Mapping[str, str]
"""What was answered, by the words of the question."""


@dataclass(frozen=True)
class Question:
    """Asked of who signs up. Without words it is the ready-made one about food."""

    words: str = ""
    needed: bool = False


FOOD = Question()


def left_out(questions: Sequence[Question], answers: Answers) -> tuple[Question, ...]:
    """The questions that must be answered, and are not."""
    return tuple(one for one in questions if one.needed and not answers.get(one.words, "").strip())


signup_answers = Table(
    "signup_answers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("training_id", ForeignKey("trainings.id"), nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("answers", Text, nullable=False),  # JSON, by the words of the question
    Column("answered_at", Moment, nullable=False),
    Column("erase_at", Moment, nullable=False),
    Index("one_answer_per_person", "training_id", "person_id", unique=True),
    Index("signup_answers_by_end", "erase_at"),
)
