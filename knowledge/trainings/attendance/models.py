"""Who came to which meeting of a training, and what became of each mark."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    false,
)

from knowledge.storage.database import Moment, metadata
from knowledge.times import SWEDEN
from knowledge.trainings.models import Meeting, Training, TrainingStatus

ON_PAGE = 20

CODE_LENGTH = 6

WALK_INS_FOR = timedelta(days=1)


class Mark(StrEnum):
    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"  # nobody has said


@dataclass(frozen=True)
class Attendee:
    """Somebody with a seat, or who came without one, as marked for one meeting. `municipality` is a
    code, or empty."""

    person_id: int
    name: str
    municipality: str
    mark: Mark
    walk_in: bool = False


@dataclass(frozen=True)
class Sheet:
    """One meeting of a training and how many are marked. `meeting` counts from 0.

    `walk_ins` came without a seat, and are among the present.
    """

    training: Training
    meeting: int
    held: tuple[int, ...]
    seated: int
    present: int
    absent: int
    walk_ins: int = 0

    @property
    def unknown(self) -> int:
        return self.seated + self.walk_ins - self.present - self.absent

    @property
    def time(self) -> Meeting:
        return self.training.each_meeting[self.meeting]


@dataclass(frozen=True)
class MarkChange:
    """What became of somebody's mark. `by` is the name of who did it."""

    meeting: int
    was: Mark
    became: Mark
    at: datetime
    by: str
    by_oneself: bool


@dataclass(frozen=True)
class CheckedIn:
    """Somebody is marked as present by a code. `already`: so it was before."""

    training: Training
    meeting: int
    already: bool = False


def has_come(meeting: Meeting, now: datetime) -> bool:
    """Whether it is the meeting's day, or later: before, nobody can have come."""
    return now.astimezone(SWEDEN).date() >= meeting.starts_at.astimezone(SWEDEN).date()


def takes_walk_ins(meeting: Meeting, now: datetime) -> bool:
    """Whether somebody who came without a seat can be noted: from its start until a day after."""
    return meeting.starts_at <= now <= meeting.ends_at + WALK_INS_FOR


def is_today(meeting: Meeting, now: datetime) -> bool:
    """Whether it is one of the meeting's days in Sweden."""
    last = meeting.ends_at.astimezone(SWEDEN).date()
    return has_come(meeting, now) and now.astimezone(SWEDEN).date() <= last


def coming_meetings(training: Training, now: datetime) -> tuple[int, ...]:
    """The meetings of today and later."""
    every = enumerate(training.each_meeting)
    return tuple(n for n, one in every if is_today(one, now) or not has_come(one, now))


def held_meetings(training: Training, now: datetime) -> tuple[int, ...]:
    """The meetings that people may have come to by now; none of what was called off."""
    if training.status is TrainingStatus.CANCELLED:
        return ()
    return tuple(n for n, one in enumerate(training.each_meeting) if has_come(one, now))


attendance = Table(
    "training_attendance",
    metadata,
    Column("training_id", ForeignKey("trainings.id"), nullable=False),
    Column("meeting", Integer, nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("mark", Text, nullable=False),
    Column("walk_in", Boolean, nullable=False, server_default=false()),
    CheckConstraint("NOT walk_in OR mark = 'present'", name="walk_in_came"),
    PrimaryKeyConstraint("training_id", "meeting", "person_id"),
    Index("training_attendance_by_person", "person_id"),
)

attendance_history = Table(
    "training_attendance_history",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("training_id", ForeignKey("trainings.id"), nullable=False),
    Column("meeting", Integer, nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("by_person_id", ForeignKey("people.id"), nullable=False),
    Column("was", Text, nullable=False),
    Column("became", Text, nullable=False),
    Index("training_attendance_history_by_training", "training_id", "person_id"),
)

wrong_codes = Table(
    "wrong_check_in_codes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Index("wrong_check_in_codes_by_person", "person_id"),
)
