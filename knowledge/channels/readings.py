"""Teams whose list of channels is to be read: one row each, with the page that comes next."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update

from knowledge.channels.models import Channel, Seen, channel_readings
from knowledge.delivery import tenant_pace
from knowledge.delivery.retries import FURTHEST_RETRY
from knowledge.storage.database import Database, Reading, Writing, clock

LEASE_SECONDS = 60.0


@dataclass(frozen=True)
class ListToRead:
    """A claimed list. `wait` is how many seconds to hold back to keep the tenant's rate.

    `attempts` counts those since the last page that was read.
    """

    tenant_id: str
    team_id: str
    service_url: str
    token: str
    attempts: int
    started_at: datetime
    wait: float

    def seen(self, conversation_id: str, name: str = "", kind: str = "") -> Seen:
        """A channel as the list shows it."""
        here = self.tenant_id, self.team_id, conversation_id
        return Seen(*here, self.started_at, name=name, kind=kind)


@dataclass(frozen=True)
class Listed:
    """A channel in the list; General comes without a name."""

    conversation_id: str
    name: str
    kind: str


@dataclass(frozen=True)
class Page:
    """A part of the list. `token` asks for the next; empty when this was the last."""

    channels: tuple[Listed, ...]
    token: str = ""


async def ask(tx: Writing, database: Database, team: Channel, at: datetime) -> None:
    """Have the team's list read from the beginning."""
    row = database.insert(channel_readings).values(
        tenant_id=team.tenant_id,
        team_id=team.team_id,
        service_url=team.service_url,
        token="",
        attempts=0,
        started_at=at,
        due=0.0,
    )
    changed = {
        name: row.excluded[name]
        for name in ("service_url", "token", "attempts", "started_at", "due")
    }
    await tx.execute(
        row.on_conflict_do_update(index_elements=["tenant_id", "team_id"], set_=changed)
    )


# Further ahead than a retry can be, when the clock has been put back.
_is_due = (channel_readings.c.due <= clock()) | (channel_readings.c.due > clock() + FURTHEST_RETRY)


async def is_due(tx: Reading | Writing) -> bool:
    due = select(channel_readings.c.team_id).where(_is_due).limit(1)
    return (await tx.execute(due)).first() is not None


async def claim(tx: Writing, database: Database) -> ListToRead | None:
    """Take the list that has waited longest, and a place in its tenant's line."""
    table = channel_readings
    oldest = select(table).where(_is_due).order_by(table.c.due).limit(1)
    row = (await tx.execute(oldest.with_for_update(skip_locked=True))).mappings().first()
    if row is None:
        return None
    await tenant_pace.introduce(tx, database, [row["tenant_id"]])
    waits = await tenant_pace.reserve(tx, database, {row["tenant_id"]: 1})
    values = {name: row[name] for name in row if name != "due"}
    item = ListToRead(**{**values, "attempts": row["attempts"] + 1}, wait=waits[row["tenant_id"]])
    leased = update(table).where(_is(item))
    await tx.execute(leased.values(attempts=item.attempts, due=clock() + LEASE_SECONDS))
    return item


async def keep_place(tx: Writing, item: ListToRead, token: str) -> None:
    """A page has been read: go on with the next, or be done."""
    if not token:
        await drop(tx, item)
        return
    onwards = update(channel_readings).where(_is(item))
    await tx.execute(onwards.values(token=token, attempts=0, due=0.0))


async def put_off(tx: Writing, item: ListToRead, seconds: float) -> None:
    await tx.execute(update(channel_readings).where(_is(item)).values(due=clock() + seconds))


async def drop(tx: Writing, item: ListToRead) -> None:
    await tx.execute(delete(channel_readings).where(_is(item)))


def _is(item: ListToRead) -> ColumnElement[bool]:
    """The same reading: not one that was asked for since."""
    table = channel_readings.c
    return (
        (table.tenant_id == item.tenant_id)
        & (table.team_id == item.team_id)
        & (table.started_at == item.started_at)
    )
