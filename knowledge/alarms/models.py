"""Alarms: what stands, and what has been told."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Float, Table, Text

from knowledge.channels.models import Channel
from knowledge.storage.database import clock, metadata

SECRET = "secret"  # noqa: S105 - the alarm's name
"""Teams or Entra refuses the bot's credentials: nothing can be sent meanwhile."""

UNWRITABLE = "unwritable"
"""The database took nothing that was written. It is only known here once that is over."""

PROBE = "probe"
"""No alarm: the row that is written again and again to see whether it can be."""

OLDEST_SECONDS = 600.0
"""Nothing that should have left waits longer than this without an alarm."""

WARN_DAYS = 30
"""How long before the secret expires the first warning comes."""


@dataclass(frozen=True)
class Outage:
    """A time when nothing could be sent, or nothing saved, and that is over."""

    began: datetime
    ended: datetime


@dataclass(frozen=True)
class Findings:
    """What coordinators should hear now.

    `outage` is for want of credentials, `unwritable` for want of a database that can be written.
    `overdue` is in seconds, 0 when nothing waits too long. `stopped` counts the timers that stopped
    within a day. `lost` has by county the channels that are gone and were not told about.
    """

    outage: Outage | None
    unwritable: Outage | None
    overdue: float
    stopped: int
    lost: dict[str, list[Channel]]


alarms = Table(
    "alarms",
    metadata,
    # SECRET and UNWRITABLE, until they have been told; "channel:5", once its loss has been told
    # and until it is back; PROBE, always
    Column("name", Text, primary_key=True),
    Column("since", Float, nullable=False, default=clock()),
    Column("ended", Float),
)
