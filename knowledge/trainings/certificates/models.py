"""A certificate of attendance, and what is told of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, ForeignKey, Index, Table, Text, UniqueConstraint

from knowledge.storage.database import Moment, metadata
from knowledge.trainings.models import Meeting, Training

REACHABLE = timedelta(days=365)
"""So long after a training may its certificate be asked for."""


@dataclass(frozen=True)
class Certificate:
    """`attended` are the meetings that the person was at, as they are marked now."""

    code: str
    name: str
    training: Training
    attended: tuple[Meeting, ...]
    issued_at: datetime

    @property
    def is_valid(self) -> bool:
        return bool(self.attended)


training_certificates = Table(
    "training_certificates",
    metadata,
    Column("code", Text, primary_key=True),
    Column("training_id", ForeignKey("trainings.id"), nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("issued_at", Moment, nullable=False),
    UniqueConstraint("training_id", "person_id", name="one_certificate_for_each_training"),
    Index("training_certificates_by_person", "person_id"),
)
