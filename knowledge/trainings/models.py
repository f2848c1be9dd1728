"""Trainings, sign-ups, and the words for their states."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    false,
    text,
)

from knowledge.storage.database import Moment, metadata
from knowledge.trainings.asking.models import Question
from knowledge.trainings.quotas.models import Quota


class TrainingStatus(StrEnum):
    DRAFT = "draft"  # seen only by those who plan it
    OPEN = "open"
    CLOSED = "closed"  # it is held, and takes no more sign-ups
    CANCELLED = "cancelled"
    DELETED = "deleted"  # a draft that was thrown away: its id is never used again


NOT_PUBLISHED = (TrainingStatus.DRAFT, TrainingStatus.DELETED)


class SignupStatus(StrEnum):
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Meeting:
    """One of the times that people who take part come together. Aware UTC.

    `number` tells it from the training's others, those that were taken away too: calendars know it
    by that, however often it is moved. `dropped_at` is when it was taken away.
    """

    starts_at: datetime
    ends_at: datetime
    number: int = 0
    dropped_at: datetime | None = None

    @property
    def times(self) -> tuple[datetime, datetime]:
        return self.starts_at, self.ends_at

    def overlaps(self, other: "Meeting") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True)
class Training:
    """An occasion to learn something. Times are aware UTC; `themes` are topic slugs.

    `starts_at` is when the first meeting starts and `ends_at` when the last one ends. `meetings`
    are all of them when there are several, and a seat is one at all; see `each_meeting`. Trainings
    of the same `series`, the id of its first, are meetings that people sign up for one by one.
    `dropped` are meetings that were taken away, which calendars may still show.

    `owners` are the counties whose coordinators hold it together, `county` the first of them.
    `price` is in kronor, 0 for free and None for not known. `join_link` is for those who have a
    seat. `questions` are asked of who signs up. `reason` tells why it was called off. `sequence`
    grows when calendars must change, `version` with each change. Until `quotas_until`, or the
    beginning, `quotas` are kept; so many of their seats are not taken yet: `reserved`.
    """

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
    organizer: str = ""
    price: int | None = None
    for_whom: str = ""
    bring: str = ""
    online: bool = False
    join_link: str = ""
    sign_up_until: datetime | None = None
    withdraw_until: datetime | None = None
    owners: tuple[str, ...] = ()
    reason: str = ""
    version: int = 0
    meetings: tuple[Meeting, ...] = ()
    series: int | None = None
    dropped: tuple[Meeting, ...] = ()
    questions: tuple[Question, ...] = ()
    quotas: tuple[Quota, ...] = ()
    quotas_until: datetime | None = None
    reserved: int = 0

    @property
    def each_meeting(self) -> tuple[Meeting, ...]:
        """All meetings in order; one where there is one."""
        return self.meetings or (Meeting(self.starts_at, self.ends_at),)

    @property
    def is_series(self) -> bool:
        """Whether it has more than one meeting."""
        return len(self.meetings) > 1

    @property
    def seats_left(self) -> int:
        """Those that anybody may take."""
        return self.seats - self.taken - self.reserved

    @property
    def is_full(self) -> bool:
        """Whether nobody can get a seat, not even one that is kept for some."""
        return self.taken >= self.seats

    @property
    def owned_by(self) -> tuple[str, ...]:
        return self.owners or (self.county,)

    def takes_signups(self, now: datetime) -> bool:
        """Whether one may sign up, for a seat or for the waiting list."""
        last = self.sign_up_until or self.starts_at
        return self.status is TrainingStatus.OPEN and now < min(last, self.starts_at)

    def as_of(self, now: datetime) -> "Training":
        """The same; closed where it would take no sign-up at this moment."""
        is_late = self.status is TrainingStatus.OPEN and not self.takes_signups(now)
        return replace(self, status=TrainingStatus.CLOSED) if is_late else self

    def gives_seats(self, now: datetime) -> bool:
        """Whether somebody in line can still get a seat."""
        is_on = self.status in (TrainingStatus.OPEN, TrainingStatus.CLOSED)
        return is_on and now < self.starts_at

    def keeps_seats(self, now: datetime) -> bool:
        """Whether some of the seats are kept for people of some places."""
        return bool(self.quotas) and now < (self.quotas_until or self.starts_at)

    def takes_withdrawals(self, now: datetime) -> bool:
        """Whether a seat may be given back. What was called off can be left at any time."""
        is_late = self.withdraw_until is not None and self.withdraw_until <= now
        return self.status is TrainingStatus.CANCELLED or not is_late


@dataclass(frozen=True)
class Signup:
    """A person's place, or place in line, at a training.

    `place_in_line` is 1 for the first in the waiting list and 0 for a confirmed place. `already`
    is true when the person had signed up before. `calendar_uid` is the same for all sign-ups of
    this person to this training, and for nobody else's anywhere; `calendar_sequence` rises with
    whatever becomes of them. `since` is when this one was made.

    Until `held_until` a seat is kept that nobody else gets: for who waits and has been offered it,
    and for who has withdrawn and may undo it.
    """

    id: int
    training: Training
    status: SignupStatus
    calendar_token: str
    calendar_uid: str
    calendar_sequence: int = 0
    place_in_line: int = 0
    already: bool = False
    since: datetime | None = None
    held_until: datetime | None = None

    @property
    def dropped_since(self) -> tuple[Meeting, ...]:
        """The meetings that were taken away after the person's calendar may have got them."""
        is_first, since = not self.calendar_sequence, self.since
        return tuple(
            one
            for one in self.training.dropped
            if not (is_first and since and one.dropped_at and one.dropped_at < since)
        )

    @property
    def is_offered(self) -> bool:
        """Whether a seat waits for the answer of somebody in line."""
        return self.status is SignupStatus.WAITING and self.held_until is not None


@dataclass(frozen=True)
class Wanted:
    """What trainings to list: empty fields do not narrow.

    One of several `counties` or `themes` is enough. `free`: only where seats are left. What lasts
    from before `until` to after `since` may have a meeting in between.
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
    Column("added_at", Moment),  # when it could be found; unknown for the oldest
    Column("organizer", Text, nullable=False, server_default=""),
    Column("price", Integer),
    Column("for_whom", Text, nullable=False, server_default=""),
    Column("bring", Text, nullable=False, server_default=""),
    Column("online", Boolean, nullable=False, server_default=false()),
    Column("join_link", Text, nullable=False, server_default=""),
    Column("sign_up_until", Moment),
    Column("withdraw_until", Moment),
    Column("owners", Text, nullable=False, server_default=""),  # codes between commas
    Column("reason", Text, nullable=False, server_default=""),
    Column("version", Integer, nullable=False, server_default="0"),
    Column("meetings", Text, nullable=False, server_default=""),  # JSON; "" for a single one
    Column("series", Integer),  # not a key: the first of a series is its own
    Column("dropped", Text, nullable=False, server_default=""),  # JSON, as meetings
    Column("questions", Text, nullable=False, server_default=""),  # JSON; "" for none
    Column("quotas", Text, nullable=False, server_default=""),  # JSON; "" for none
    Column("quotas_until", Moment),
    Column("reserved", Integer, nullable=False, server_default="0"),  # kept, and not taken
    CheckConstraint("taken >= 0 AND taken <= seats", name="never_more_people_than_seats"),
    CheckConstraint("reserved >= 0 AND taken + reserved <= seats", name="never_kept_twice"),
    Index("trainings_by_start", "starts_at"),
    Index("trainings_by_series", "series"),
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
    Column("held_until", Moment),  # a seat is kept for it, and counted as taken
    Column("municipality", Text, nullable=False, server_default=""),  # whose quota it counts for
    Column("passed_at", Moment),  # when an offer was not answered: the next ones go to others
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
