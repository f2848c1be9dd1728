"""What is remembered about the teams that Tryggve is in, and where announcements go in them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Boolean, Column, Float, Index, Integer, Table, Text, UniqueConstraint

from knowledge.storage.database import Moment, metadata


class Away(StrEnum):
    """Why nothing can be posted to a team."""

    REMOVED = "removed"  # the app was taken out of it
    ARCHIVED = "archived"
    DELETED = "deleted"
    REFUSED = "refused"  # Teams said so when something was sent


class Change(StrEnum):
    """What Teams tells about a team and its channels."""

    CHANNEL_CREATED = "channel_created"
    CHANNEL_RENAMED = "channel_renamed"
    CHANNEL_DELETED = "channel_deleted"
    CHANNEL_RESTORED = "channel_restored"
    CHANNEL_LET_IN = "channel_let_in"  # the bot, again, into one of few
    TEAM_RENAMED = "team_renamed"
    TEAM_DELETED = "team_deleted"
    TEAM_RESTORED = "team_restored"
    TEAM_ARCHIVED = "team_archived"
    TEAM_UNARCHIVED = "team_unarchived"


@dataclass(frozen=True)
class Channel:
    """A team, and the one channel of it that gets announcements.

    `municipality` follows from the tenant. `installed` means that something can be posted; when
    not, `away` says why. `chosen_at` is when the channel was chosen, `changed_at` the latest that
    Teams told about the team: what is older changes nothing.
    """

    id: int
    tenant_id: str
    team_id: str
    team_name: str
    conversation_id: str
    name: str
    service_url: str
    municipality: str
    installed: bool
    away: str = ""
    changed_at: datetime | None = None
    chosen_at: datetime | None = None

    @property
    def target(self) -> str:
        """What the outbox calls it."""
        return f"channel:{self.id}"


@dataclass(frozen=True)
class Seen:
    """What an activity tells about the channel that it came from or is about.

    `at` is the time in Teams: activities arrive late, twice and out of order. `added` is true when
    the bot was added to the team; `chosen` when it was said to which channel.
    """

    tenant_id: str
    team_id: str
    conversation_id: str
    at: datetime
    team_name: str = ""
    name: str = ""
    kind: str = ""
    service_url: str = ""
    added: bool = False
    chosen: bool = False


@dataclass(frozen=True)
class TeamChannel:
    """A channel of a team. `kind` is standard, private, shared, or empty while nobody has said.

    General has the team's own id, and no name until somebody gives it one.
    """

    id: int
    tenant_id: str
    team_id: str
    conversation_id: str
    name: str
    kind: str
    gone: bool
    changed_at: datetime

    @property
    def is_general(self) -> bool:
        return self.conversation_id == self.team_id


channels = Table(
    "channels",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tenant_id", Text, nullable=False),
    Column("conversation_id", Text, nullable=False),
    Column("team_id", Text, nullable=False),
    Column("team_name", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("service_url", Text, nullable=False),
    Column("municipality", Text, nullable=False, server_default=""),
    Column("installed", Boolean, nullable=False),
    Column("away", Text, nullable=False, server_default=""),
    Column("changed_at", Moment),
    Column("chosen_at", Moment),
    UniqueConstraint("tenant_id", "team_id", name="one_channel_per_team"),
    Index("channels_by_municipality", "municipality"),
)

team_channels = Table(
    "team_channels",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tenant_id", Text, nullable=False),
    Column("team_id", Text, nullable=False),
    Column("conversation_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("gone", Boolean, nullable=False),
    Column("changed_at", Moment, nullable=False),
    UniqueConstraint("tenant_id", "team_id", "conversation_id", name="one_row_per_channel"),
)

channel_readings = Table(
    "channel_readings",
    metadata,
    Column("tenant_id", Text, primary_key=True),
    Column("team_id", Text, primary_key=True),
    Column("service_url", Text, nullable=False),
    Column("token", Text, nullable=False),  # where the next page begins
    Column("attempts", Integer, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("due", Float, nullable=False),  # retry and lease in one
)
