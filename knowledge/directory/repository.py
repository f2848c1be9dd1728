"""Rows about people, channels and roles."""

from typing import Any

from sqlalchemy import RowMapping, bindparam, delete, func, select, update

from knowledge.directory.models import (
    NATIONAL,
    Channel,
    Person,
    Position,
    channels,
    people,
    roles,
)
from knowledge.directory.places import load_places
from knowledge.storage.database import Database, Reading, Writing

_FIND_PERSON = (
    select(people, roles.c.county)
    .outerjoin(
        roles,
        (roles.c.tenant_id == people.c.tenant_id) & (roles.c.object_id == people.c.object_id),
    )
    .where(people.c.tenant_id == bindparam("tenant"), people.c.object_id == bindparam("object"))
    .order_by(roles.c.county)
)


async def find_person(database: Database, tenant_id: str, object_id: str) -> Person | None:
    """The person with the counties they coordinate. Asked in every turn: made once, run alone."""
    rows = await database.alone(_FIND_PERSON, tenant=tenant_id, object=object_id)
    return person_from(rows[0], [row["county"] for row in rows if row["county"]]) if rows else None


async def list_counties_of(tx: Reading | Writing, tenant_id: str, object_id: str) -> list[str]:
    """The counties that the person may act for right now: the nation brings all of them."""
    query = select(roles.c.county).where(
        roles.c.tenant_id == tenant_id, roles.c.object_id == object_id
    )
    counties = list((await tx.execute(query)).scalars())
    return [NATIONAL, *load_places().counties] if NATIONAL in counties else counties


async def list_coordinators_of(tx: Reading | Writing, county: str) -> list[Person]:
    """Who coordinates the county and can be reached, its own before the nation's."""
    role = (roles.c.tenant_id == people.c.tenant_id) & (roles.c.object_id == people.c.object_id)
    query = (
        select(people, roles.c.county)
        .join(roles, role)
        .where(roles.c.county.in_([county, NATIONAL]), people.c.installed)
        .order_by(roles.c.county == NATIONAL, people.c.id)
    )
    return [person_from(row, [row["county"]]) for row in (await tx.execute(query)).mappings()]


async def save_person(
    tx: Writing,
    database: Database,
    *,
    tenant_id: str,
    object_id: str,
    teams_id: str,
    name: str,
    conversation_id: str,
    service_url: str,
) -> None:
    """Remember who was met. An empty conversation never overwrites a known one."""
    row = database.insert(people).values(
        tenant_id=tenant_id,
        object_id=object_id,
        teams_id=teams_id,
        name=name,
        conversation_id=conversation_id,
        service_url=service_url,
        installed=bool(conversation_id),
    )
    changed: dict[str, Any] = {"teams_id": row.excluded.teams_id, "name": row.excluded.name}
    changed["service_url"] = row.excluded.service_url
    if conversation_id:
        changed["conversation_id"] = row.excluded.conversation_id
        changed["installed"] = row.excluded.installed
        changed["blocked"] = False
    await tx.execute(
        row.on_conflict_do_update(index_elements=["tenant_id", "object_id"], set_=changed)
    )


async def set_municipality(tx: Writing, person_id: int, code: str) -> None:
    await tx.execute(update(people).where(people.c.id == person_id).values(municipality=code))


async def set_position_asked(tx: Writing, person_id: int) -> bool:
    """False when the person was asked before, or has told without being asked."""
    unasked = (people.c.id == person_id, ~people.c.position_asked, people.c.position == "")
    asked = await tx.execute(update(people).where(*unasked).values(position_asked=True))
    return bool(asked.rowcount)


async def set_conversation(tx: Writing, person_id: int, conversation_id: str) -> None:
    await tx.execute(
        update(people)
        .where(people.c.id == person_id)
        .values(conversation_id=conversation_id, installed=True, blocked=False)
    )


async def set_installed(tx: Writing, tenant_id: str, home: str, here: bool) -> None:
    """Mark a person's chat or a team's channel as reachable or not.

    `home` is the chat's conversation, the team, or the team's channel.
    """
    person = people.c.conversation_id == home
    channel = (channels.c.team_id == home) | (channels.c.conversation_id == home)
    for table, same in ((people, person), (channels, channel)):
        await tx.execute(
            update(table).where(table.c.tenant_id == tenant_id, same).values(installed=here)
        )


async def set_blocked(tx: Writing, tenant_id: str, conversation_id: str) -> None:
    """Remember that a person's chat is shut to the bot; a message from there opens it again."""
    person = (people.c.tenant_id == tenant_id) & (people.c.conversation_id == conversation_id)
    await tx.execute(update(people).where(person).values(blocked=True))


async def find_channel(tx: Reading | Writing, tenant_id: str, team_id: str) -> Channel | None:
    """The team's channel, also when the bot has been removed from it."""
    query = select(channels).where(channels.c.tenant_id == tenant_id, channels.c.team_id == team_id)
    row = (await tx.execute(query)).mappings().one_or_none()
    return None if row is None else _channel(row)


async def save_channel(tx: Writing, database: Database, channel: Channel) -> None:
    """Remember the team's channel in place of the one before."""
    values = {name: value for name, value in vars(channel).items() if name != "id"}
    row = database.insert(channels).values(**values)
    changed = {name: row.excluded[name] for name in values}
    await tx.execute(
        row.on_conflict_do_update(index_elements=["tenant_id", "team_id"], set_=changed)
    )


async def list_channels_in(tx: Reading | Writing, municipalities: list[str]) -> list[Channel]:
    """Channels that the bot can post to, by municipality."""
    query = (
        select(channels)
        .where(channels.c.municipality.in_(municipalities), channels.c.installed)
        .order_by(channels.c.id)
    )
    return [_channel(row) for row in (await tx.execute(query)).mappings()]


async def add_role(
    tx: Writing, database: Database, tenant_id: str, object_id: str, county: str
) -> None:
    row = database.insert(roles).values(tenant_id=tenant_id, object_id=object_id, county=county)
    await tx.execute(row.on_conflict_do_nothing())


async def remove_role(tx: Writing, tenant_id: str, object_id: str, county: str) -> bool:
    """Take the role away. False when there was none."""
    gone = await tx.execute(
        delete(roles).where(
            roles.c.tenant_id == tenant_id,
            roles.c.object_id == object_id,
            roles.c.county == county,
        )
    )
    return bool(gone.rowcount)


async def count_coordinators(tx: Reading | Writing) -> int:
    people_with_a_role = select(roles.c.tenant_id, roles.c.object_id).distinct().subquery()
    count = select(func.count()).select_from(people_with_a_role)
    return int((await tx.execute(count)).scalar_one())


def person_from(row: RowMapping, counties: list[str] | None = None) -> Person:
    """A `Person` from a row of the people table."""
    return Person(
        id=row["id"],
        tenant_id=row["tenant_id"],
        object_id=row["object_id"],
        teams_id=row["teams_id"],
        name=row["name"],
        municipality=row["municipality"],
        conversation_id=row["conversation_id"],
        service_url=row["service_url"],
        installed=row["installed"],
        counties=tuple(counties or ()),
        position=Position(row["position"]) if row["position"] else None,
        position_asked=row["position_asked"],
        muted=row["muted"],
        weekly=row["weekly"],
        blocked=row["blocked"],
    )


def _channel(row: RowMapping) -> Channel:
    return Channel(**row)
