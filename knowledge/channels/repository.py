"""Rows about teams and their channels."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, RowMapping, func, or_, select, update

from knowledge.channels.models import Channel, Seen, TeamChannel, channels, team_channels
from knowledge.delivery.tenants import shut_out
from knowledge.storage.database import Database, Reading, Writing

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""Everything that Teams tells is newer."""

_KEPT = [field.name for field in fields(Channel) if field.name not in ("id", "tenant_id")]


async def hold_team(tx: Writing, database: Database, seen: Seen) -> Channel:
    """The team, locked until the transaction ends; a new one has General and cannot be reached.

    The row is made first, so that two who meet the same team at once come one after the other.
    """
    row = database.insert(channels).values(
        tenant_id=seen.tenant_id,
        team_id=seen.team_id,
        team_name="",
        conversation_id="",
        name="",
        service_url="",
        installed=False,
    )
    await tx.execute(row.on_conflict_do_nothing())
    general = database.insert(team_channels).values(
        tenant_id=seen.tenant_id,
        team_id=seen.team_id,
        conversation_id=seen.team_id,
        name="",
        kind="standard",
        gone=False,
        changed_at=_LONG_AGO,
    )
    await tx.execute(general.on_conflict_do_nothing())
    team = await find_team(tx, seen.tenant_id, seen.team_id, for_update=True)
    assert team is not None  # noqa: S101 - made a line ago, and rows of teams stay
    return team


async def find_team(
    tx: Reading | Writing, tenant_id: str, home: str, *, for_update: bool = False
) -> Channel | None:
    """The team with this id, or whose announcements go to this channel."""
    mine = or_(channels.c.team_id == home, channels.c.conversation_id == home)
    query = select(channels).where(channels.c.tenant_id == tenant_id, mine)
    query = query.order_by(channels.c.team_id != home).limit(1)
    row = (await tx.execute(query.with_for_update() if for_update else query)).mappings().first()
    return channel_from(row) if row else None


async def find_row(
    tx: Reading | Writing, team_row: int, *, for_update: bool = False
) -> Channel | None:
    """The team by the id of its row; held until the transaction ends when it is `for_update`."""
    query = select(channels).where(channels.c.id == team_row)
    row = (await tx.execute(query.with_for_update() if for_update else query)).mappings().first()
    return channel_from(row) if row else None


async def save_team(tx: Writing, team: Channel) -> None:
    """Write everything that can change."""
    values = {name: getattr(team, name) for name in _KEPT}
    await tx.execute(update(channels).where(channels.c.id == team.id).values(**values))


async def list_teams_in(tx: Reading | Writing, counties: Sequence[str]) -> list[Channel]:
    """Every team of the counties' municipalities, reachable or not."""
    inside = func.substr(channels.c.municipality, 1, 2).in_(counties)
    query = select(channels).where(inside).order_by(channels.c.municipality, channels.c.id)
    return [channel_from(row) for row in (await tx.execute(query)).mappings()]


async def find_channel_of(
    tx: Reading | Writing, tenant_id: str, team_id: str, conversation_id: str
) -> TeamChannel | None:
    """The channel as it was last heard of, also when it is gone."""
    query = select(team_channels).where(
        _of_team(tenant_id, team_id), team_channels.c.conversation_id == conversation_id
    )
    row = (await tx.execute(query)).mappings().first()
    return TeamChannel(**row) if row else None


async def list_channels_of(
    tx: Reading | Writing, tenant_id: str, team_id: str
) -> list[TeamChannel]:
    """The team's channels, General first."""
    query = select(team_channels).where(_of_team(tenant_id, team_id), ~team_channels.c.gone)
    found = [TeamChannel(**row) for row in (await tx.execute(query)).mappings()]
    return sorted(found, key=lambda one: (not one.is_general, one.name.casefold(), one.id))


async def note_channel(
    tx: Writing, database: Database, seen: Seen, *, gone: bool = False
) -> TeamChannel:
    """Remember the channel as it was at that time, unless something newer is known.

    The team must be held. Returns what is known now.
    """
    known = await find_channel_of(tx, seen.tenant_id, seen.team_id, seen.conversation_id)
    if known is None or known.changed_at <= seen.at:
        row = database.insert(team_channels).values(
            tenant_id=seen.tenant_id,
            team_id=seen.team_id,
            conversation_id=seen.conversation_id,
            # Teams leaves names and kinds out of most activities.
            name=seen.name or (known.name if known else ""),
            kind=seen.kind or (known.kind if known else ""),
            gone=gone,
            changed_at=seen.at,
        )
        changed = {name: row.excluded[name] for name in ("name", "kind", "gone", "changed_at")}
        key = ["tenant_id", "team_id", "conversation_id"]
        await tx.execute(row.on_conflict_do_update(index_elements=key, set_=changed))
        known = await find_channel_of(tx, seen.tenant_id, seen.team_id, seen.conversation_id)
    assert known is not None  # noqa: S101 - it was found, or written a line ago
    return known


async def is_listed(tx: Reading | Writing, seen: Seen) -> bool:
    """Whether the channel was named at that time or later."""
    known = await find_channel_of(tx, seen.tenant_id, seen.team_id, seen.conversation_id)
    return known is not None and known.changed_at >= seen.at


async def forget_unlisted(tx: Writing, tenant_id: str, team_id: str, listed: datetime) -> None:
    """Standard channels that a whole list from that time did not name are gone.

    Private and shared ones stay: nothing says that the list names them.
    """
    unnamed = (
        _of_team(tenant_id, team_id)
        & (team_channels.c.kind == "standard")
        & (team_channels.c.changed_at < listed)
        & (team_channels.c.conversation_id != team_id)
    )
    await tx.execute(update(team_channels).where(unnamed).values(gone=True, changed_at=listed))


async def list_channels_in(tx: Reading | Writing, municipalities: list[str]) -> list[Channel]:
    """Channels that the bot can post to, by municipality; each once, also when teams share it."""
    query = (
        select(channels)
        .where(
            channels.c.municipality.in_(municipalities),
            channels.c.installed,
            channels.c.tenant_id.not_in(shut_out()),
        )
        .order_by(channels.c.id)
    )
    found = [channel_from(row) for row in (await tx.execute(query)).mappings()]
    return list({channel.conversation_id: channel for channel in reversed(found)}.values())[::-1]


async def list_lost_channels(tx: Reading | Writing, county: str) -> list[Channel]:
    """The county's channels that the bot can no longer post to, by municipality."""
    query = (
        select(channels)
        .where(~channels.c.installed, channels.c.municipality.startswith(county, autoescape=True))
        .order_by(channels.c.municipality, channels.c.id)
    )
    return [channel_from(row) for row in (await tx.execute(query)).mappings()]


def channel_from(row: RowMapping) -> Channel:
    """A `Channel` from a row of the channels table."""
    return Channel(**row)


def _of_team(tenant_id: str, team_id: str) -> ColumnElement[bool]:
    return (team_channels.c.tenant_id == tenant_id) & (team_channels.c.team_id == team_id)
