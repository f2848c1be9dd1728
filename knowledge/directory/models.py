"""Counties and municipalities as facts; people and roles as rows."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from knowledge.storage.database import Moment, metadata

NATIONAL = "00"
"""The county code of the national coordinators, who act for the whole country."""

GONE = "gone:"
"""The tenant of who has been erased and is no more than a number, and how the object id begins."""


class Position(StrEnum):
    """What somebody does in the municipality. Said by themselves; it gives no rights."""

    MUNICIPAL_CONTACT = "municipal_contact"
    POLICE = "police"
    MANAGER = "manager"
    POLITICIAN = "politician"
    OTHER = "other"


@dataclass(frozen=True)
class County:
    """A county and its county board (länsstyrelse). `code` is SCB's two digits.

    `phone_confirmed` is set where the number was confirmed at another time than the rest. The
    coordinator's own fields stay empty until the county itself fills them in.
    """

    code: str
    name: str
    short: str
    board: str
    police_region: str
    web: str
    email: str
    phone: str
    confirmed: date
    phone_confirmed: date | None = None
    coordinator_name: str = ""
    coordinator_phone: str = ""
    coordinator_email: str = ""


@dataclass(frozen=True)
class Municipality:
    """A municipality. `code` is SCB's four digits, of which the first two are the county's.

    `genitive` is the name as it stands before "kommun".
    """

    code: str
    name: str
    genitive: str

    @property
    def county_code(self) -> str:
        return self.code[:2]


@dataclass(frozen=True)
class Nation:
    """The whole country as coordinators act for it, beside the counties."""

    code: str
    name: str
    board: str


@dataclass(frozen=True)
class Person:
    """Somebody we talk with. `counties` holds the codes the person is coordinator for.

    `changed_at` is when the app was last added or removed, as far as Teams has told. `position`
    is empty until it is told; `position_asked` keeps us from asking twice. Who is `muted` gets no
    announcements; who is `weekly` gets them gathered in one message a week. `blocked` says why the
    person is not `installed`: the app was not removed, it is shut out. `seen_at` is when the person
    was here last, to the week. `moved_from` is the municipality that the person had chosen and that
    was not the tenant's, until that is told.
    """

    id: int
    tenant_id: str
    object_id: str
    teams_id: str
    name: str
    municipality: str
    conversation_id: str
    service_url: str
    installed: bool
    changed_at: datetime | None = None
    counties: tuple[str, ...] = ()
    position: Position | None = None
    position_asked: bool = False
    muted: bool = False
    weekly: bool = False
    blocked: bool = False
    seen_at: datetime | None = None
    moved_from: str = ""

    @property
    def is_coordinator(self) -> bool:
        return bool(self.counties)


@dataclass(frozen=True)
class Grant:
    """A coordinator's role: whose, for which county, since when, given by whom at a terminal.

    `name` is empty for somebody who has not written yet; nothing is known of who gave it, and
    when, where that was not written down yet. Of who is `shut_out` with the organisation it has no
    power.
    """

    tenant_id: str
    object_id: str
    county: str
    granted_at: datetime | None
    granted_by: str
    name: str
    shut_out: bool = False


@dataclass(frozen=True, order=True)
class Role:
    """A coordinator's role: whose, and for which county."""

    tenant_id: str
    object_id: str
    county: str


@dataclass(frozen=True)
class Met:
    """What an activity tells of somebody.

    `conversation_id` is the person's own chat with the bot, and empty elsewhere. `at` is when it
    was in Teams; `added` that the person just added the app. `municipality` is where somebody new
    works, when that is known by the tenant.
    """

    tenant_id: str
    object_id: str
    teams_id: str
    name: str = ""
    conversation_id: str = ""
    service_url: str = ""
    at: datetime | None = None
    added: bool = False
    municipality: str = ""


people = Table(
    "people",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tenant_id", Text, nullable=False),
    Column("object_id", Text, nullable=False),
    Column("teams_id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("municipality", Text, nullable=False, server_default=""),
    Column("conversation_id", Text, nullable=False, server_default=""),
    Column("service_url", Text, nullable=False, server_default=""),
    Column("installed", Boolean, nullable=False),
    Column("changed_at", Moment),
    Column("position", Text, nullable=False, server_default=""),
    Column("position_asked", Boolean, nullable=False, server_default=false()),
    Column("muted", Boolean, nullable=False, server_default=false()),
    Column("weekly", Boolean, nullable=False, server_default=false()),
    Column("weekly_told_at", Moment),  # up to when the weekly message has told everything
    Column("blocked", Boolean, nullable=False, server_default=false()),
    Column("seen_at", Moment),  # to the week; empty for those who have been erased
    Column("moved_from", Text, nullable=False, server_default=""),
    UniqueConstraint("tenant_id", "object_id", name="one_person"),
    Index("people_by_municipality", "municipality"),
)

roles = Table(
    "roles",
    metadata,
    Column("tenant_id", Text, primary_key=True),
    Column("object_id", Text, primary_key=True),
    Column("county", Text, primary_key=True),
    Column("granted_at", Moment),  # not known of those from before it was written down
    Column("granted_by", Text, nullable=False, server_default=""),
)
