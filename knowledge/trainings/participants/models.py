"""Who takes part in a training, how many from where, and who was asked to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, false, text

from knowledge.directory.models import Person, Position
from knowledge.storage.database import Moment, metadata
from knowledge.trainings.asking.models import Answers
from knowledge.trainings.models import SignupStatus, Training

ON_PAGE = 20

LONGEST_NOTE = 300


class Group(StrEnum):
    """The two lists of a training."""

    SEATED = "seated"
    WAITING = "waiting"

    @property
    def status(self) -> SignupStatus:
        return SignupStatus.CONFIRMED if self is Group.SEATED else SignupStatus.WAITING


class PassedOver(StrEnum):
    """Why somebody in line gets no seat: they could not be told, or did not answer; or have one
    offered right now."""

    REMOVED = "removed"
    BLOCKED = "blocked"
    UNANSWERED = "unanswered"
    ASKED = "asked"


@dataclass(frozen=True)
class Participant:
    """Somebody who has a seat or waits for one; the first in line has `place_in_line` 1.

    `municipality` is a code, and empty when it is not known. `answers` are to what was asked.
    """

    person_id: int
    name: str
    municipality: str
    position: Position | None
    group: Group
    since: datetime
    place_in_line: int = 0
    passed_over: PassedOver | None = None
    answers: Answers = field(default_factory=dict)


@dataclass(frozen=True)
class Counts:
    """How many have a seat, and how many wait."""

    seated: int = 0
    waiting: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.seated + other.seated, self.waiting + other.waiting)


@dataclass(frozen=True)
class Overview:
    """How a training stands: by the code of the municipality, and by what people do there."""

    training: Training
    by_municipality: Mapping[str, Counts]
    by_position: Mapping[Position | None, Counts]

    @property
    def total(self) -> Counts:
        return sum(self.by_municipality.values(), Counts())

    @property
    def reached(self) -> int:
        """How many known municipalities have somebody with a seat."""
        return sum(bool(code and one.seated) for code, one in self.by_municipality.items())


class InvitationStatus(StrEnum):
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True)
class Invitation:
    """A question to somebody whether to take part. Nobody is signed up without a yes.

    It is a coordinator's, or `by_colleague`: that one hears of a yes only.
    """

    id: int
    training: Training
    person: Person
    by: Person
    note: str
    status: InvitationStatus
    by_colleague: bool = False


invitations = Table(
    "training_invitations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("training_id", ForeignKey("trainings.id"), nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("by_person_id", ForeignKey("people.id"), nullable=False),
    Column("note", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Column("by_colleague", Boolean, nullable=False, server_default=false()),
    Index("training_invitations_by_person", "person_id"),
    Index("training_invitations_by_asker", "by_person_id"),
    Index(
        "one_open_invitation",
        "training_id",
        "person_id",
        unique=True,
        sqlite_where=text("status = 'asked'"),
        postgresql_where=text("status = 'asked'"),
    ),
)
