"""Trainings, sign-ups, and the words for their states."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, text

from knowledge.storage.database import Moment, metadata


class TrainingStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class SignupStatus(StrEnum):
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Training:
    """An occasion to learn something. Times are aware UTC; `themes` are topic slugs."""

    id: int
    title: str
    county: str
    themes: tuple[str, ...]
    place: str
    starts_at: datetime
    ends_at: datetime
    seats: int
    taken: int
    summary: str
    status: TrainingStatus
    sequence: int

    @property
    def seats_left(self) -> int:
        return self.seats - self.taken


@dataclass(frozen=True)
class Signup:
    """A person's place, or place in line, at a training.

    `place_in_line` is 1 for the first in the waiting list and 0 for a confirmed place. `already`
    is true when the person had signed up before. `calendar_uid` is the same for all sign-ups of
    this person to this training, and for nobody else's anywhere; `calendar_sequence` rises with
    whatever becomes of them.
    """

    id: int
    training: Training
    status: SignupStatus
    calendar_token: str
    calendar_uid: str
    calendar_sequence: int = 0
    place_in_line: int = 0
    already: bool = False


@dataclass(frozen=True)
class Wanted:
    """What trainings to list: empty fields do not narrow.

    One of several `counties` or `themes` is enough. `free`: only where seats are left.
    """

    counties: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    free: bool = False
    since: datetime | None = None
    until: datetime | None = None


trainings = Table(
    "trainings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("county", Text, nullable=False),
    Column("themes", Text, nullable=False),  # slugs between commas: ",lagesbild,pengar,"
    Column("place", Text, nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("taken", Integer, nullable=False, server_default="0"),
    Column("summary", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("sequence", Integer, nullable=False, server_default="0"),
    Column("added_at", Moment),  # unknown for the oldest
    CheckConstraint("taken >= 0 AND taken <= seats", name="never_more_people_than_seats"),
    Index("trainings_by_start", "starts_at"),
)

signups = Table(
    "signups",
    metadata,
    Column("id", Integer, primary_key=True),  # also the order of the waiting list
    Column("training_id", ForeignKey("trainings.id"), nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("status", Text, nullable=False),
    Column("calendar_token", Text, nullable=False, unique=True),
    Column("calendar_uid", Text, nullable=False, server_default=""),
    Column("calendar_sequence", Integer, nullable=False, server_default="0"),
    Column("created_at", Moment, nullable=False),
    Index(
        "one_signup_per_person",
        "training_id",
        "person_id",
        unique=True,
        sqlite_where=text("status <> 'withdrawn'"),
        postgresql_where=text("status <> 'withdrawn'"),
    ),
    Index("signups_by_person", "person_id"),
    Index("signups_by_training_and_person", "training_id", "person_id"),
)
