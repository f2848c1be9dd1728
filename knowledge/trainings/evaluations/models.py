"""An evaluation of a training, its answers, and who has answered: apart, with nothing in common.

An answer has neither a person nor a time, and a random key instead of a number, so that not even
the order of the rows tells who it was. Who has answered is kept only so that nobody answers twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from knowledge.storage.database import Moment, metadata
from knowledge.trainings.models import Training

GRADES = range(1, 6)
LONGEST_WORDS = 500

FEWEST = 5
"""Of fewer answers nothing is shown: they could be guessed to be somebody's."""

OPEN_FOR = timedelta(days=14)
KEPT_FOR = timedelta(days=90)
"""So long after it was asked; then the free words go, and who has answered."""


class Question(StrEnum):
    """What is rated from 1 to 5."""

    USEFUL = "useful"
    ARRANGED = "arranged"


@dataclass(frozen=True)
class Evaluation:
    """How the evaluation of a training stands. `asked` is how many were asked."""

    training: Training
    off: bool = False
    sent_at: datetime | None = None
    asked: int = 0
    purged: bool = False

    def is_open(self, now: datetime) -> bool:
        """Whether it takes answers."""
        return not self.off and self.sent_at is not None and now < self.sent_at + OPEN_FOR

    @property
    def purge_at(self) -> datetime | None:
        return self.sent_at + KEPT_FOR if self.sent_at else None


@dataclass(frozen=True)
class Result:
    """What came of it. Without `grades` and `words` while there are too few answers."""

    evaluation: Evaluation
    answers: int
    grades: Mapping[Question, Sequence[int]]
    words: Sequence[str]

    @property
    def is_shown(self) -> bool:
        return self.answers >= FEWEST


training_evaluations = Table(
    "training_evaluations",
    metadata,
    Column("training_id", ForeignKey("trainings.id"), primary_key=True),
    Column("off", Boolean, nullable=False),
    Column("sent_at", Moment),
    Column("asked", Integer, nullable=False),
    Column("purged_at", Moment),
)

evaluation_answered = Table(
    "evaluation_answered",
    metadata,
    Column("training_id", ForeignKey("trainings.id"), nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    PrimaryKeyConstraint("training_id", "person_id"),
)

evaluation_answers = Table(
    "evaluation_answers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("training_id", ForeignKey("trainings.id"), nullable=False),
    Column("useful", Integer, nullable=False),
    Column("arranged", Integer, nullable=False),
    Column("words", Text, nullable=False),
    Index("evaluation_answers_by_training", "training_id"),
)
