"""Rows about people and roles."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, bindparam, delete, func, select, update

from knowledge.audit.models import Somebody
from knowledge.delivery.tenants import shut_out
from knowledge.directory.models import (
    GONE,
    NATIONAL,
    Grant,
    Met,
    Person,
    Position,
    Role,
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
    rows = await database.single(_FIND_PERSON, tenant=tenant_id, object=object_id)
    return person_from(rows[0], [row["county"] for row in rows if row["county"]]) if rows else None


async def find_identity(tx: Reading | Writing, person_id: int) -> tuple[str, str] | None:
    """Tenant and object id of a person who has not been erased."""
    known = (people.c.id == person_id) & (people.c.tenant_id != GONE)
    query = select(people.c.tenant_id, people.c.object_id).where(known)
    row = (await tx.execute(query)).one_or_none()
    return None if row is None else (row.tenant_id, row.object_id)


async def list_counties_of(tx: Reading | Writing, tenant_id: str, object_id: str) -> list[str]:
    """The counties that the person may act for right now: the nation brings all of them, and an
    organisation that is shut out takes all away."""
    query = select(roles.c.county).where(
        roles.c.tenant_id == tenant_id,
        roles.c.object_id == object_id,
        roles.c.tenant_id.not_in(shut_out()),
    )
    counties = list((await tx.execute(query)).scalars())
    return [NATIONAL, *load_places().counties] if NATIONAL in counties else counties


async def save_person(tx: Writing, database: Database, met: Met) -> None:
    """Remember who was met. An empty conversation never overwrites a known one."""
    row = database.insert(people).values(
        tenant_id=met.tenant_id,
        object_id=met.object_id,
        teams_id=met.teams_id,
        name=met.name,
        conversation_id=met.conversation_id,
        service_url=met.service_url,
        installed=bool(met.conversation_id),
        changed_at=met.at if met.added else None,
        municipality=met.municipality,
        seen_at=met.at,
    )
    changed: dict[str, Any] = {"teams_id": row.excluded.teams_id, "name": row.excluded.name}
    changed["seen_at"] = row.excluded.seen_at
    changed["service_url"] = row.excluded.service_url
    # Who was erased but for a training got nothing more, and is a newcomer now.
    changed["muted"] = people.c.muted & people.c.seen_at.is_not(None)
    if met.conversation_id:
        changed["conversation_id"] = row.excluded.conversation_id
        changed["installed"] = row.excluded.installed
        changed["blocked"] = False
    if met.added:
        changed["changed_at"] = row.excluded.changed_at
    await tx.execute(
        row.on_conflict_do_update(index_elements=["tenant_id", "object_id"], set_=changed)
    )


async def set_municipality(tx: Writing, person_id: int, code: str) -> None:
    await tx.execute(update(people).where(people.c.id == person_id).values(municipality=code))


async def forget_move(tx: Writing, person_id: int) -> None:
    await tx.execute(update(people).where(people.c.id == person_id).values(moved_from=""))


async def set_position_asked(tx: Writing, person_id: int) -> bool:
    """False when the person was asked before, or has told without being asked."""
    unasked = (people.c.id == person_id, ~people.c.position_asked, people.c.position == "")
    asked = await tx.execute(update(people).where(*unasked).values(position_asked=True))
    return bool(asked.rowcount)


async def set_conversation(tx: Writing, person_id: int, conversation_id: str) -> None:
    person = update(people).where(people.c.id == person_id, people.c.tenant_id != GONE)
    await tx.execute(person.values(conversation_id=conversation_id, installed=True, blocked=False))


async def set_installed(
    tx: Writing,
    tenant_id: str,
    conversation_id: str,
    here: bool,
    at: datetime,
    *,
    blocked: bool = False,
) -> bool:
    """Mark a person's chat as reachable or not, unless something newer is known.

    It is `blocked` when the app is still there, but shut out.
    """
    person = update(people).where(
        people.c.tenant_id == tenant_id,
        people.c.conversation_id == conversation_id,
        _not_newer(at),
    )
    changed = await tx.execute(person.values(installed=here, blocked=blocked, changed_at=at))
    return bool(changed.rowcount)


async def forget_chat(tx: Writing, tenant_id: str, conversation_id: str) -> None:
    """The chat is no more: the person is reached again from the next time they write."""
    gone = update(people).where(
        people.c.tenant_id == tenant_id, people.c.conversation_id == conversation_id
    )
    await tx.execute(gone.values(conversation_id="", installed=False, changed_at=datetime.now(UTC)))


def is_gone() -> ColumnElement[bool]:
    """Whether a person is known to have left: the app or the chat was there, and is so no more.

    Who has only been met in a channel is not: a chat can still be opened.
    """
    return ~people.c.installed & (people.c.blocked | people.c.changed_at.is_not(None))


def _not_newer(at: datetime) -> ColumnElement[bool]:
    return people.c.changed_at.is_(None) | (people.c.changed_at <= at)


async def list_coordinators(tx: Reading | Writing, county: str = "") -> list[Person]:
    """Everybody who has the role for that county, or for some, and can be reached."""
    role = (roles.c.tenant_id == people.c.tenant_id) & (roles.c.object_id == people.c.object_id)
    if county:
        role &= roles.c.county == county
    reached = people.c.installed & people.c.tenant_id.not_in(shut_out())
    query = select(people).where(reached, select(roles).where(role).exists())
    return [person_from(row) for row in (await tx.execute(query.order_by(people.c.id))).mappings()]


async def list_coordinators_of(tx: Reading | Writing, county: str) -> list[Person]:
    """Who may act for the county and can be reached: its own before the nation's, each once."""
    found = [*await list_coordinators(tx, county), *await list_coordinators(tx, NATIONAL)]
    return list({one.id: one for one in found}.values())


async def list_coordinated_counties(tx: Reading | Writing) -> list[str]:
    """The counties that have a coordinator."""
    query = select(roles.c.county).distinct().order_by(roles.c.county)
    return list((await tx.execute(query)).scalars())


async def list_grants(tx: Reading, county: str = "") -> list[Grant]:
    """Every coordinator's role, or those for a county, by county and time."""
    theirs = (people.c.tenant_id == roles.c.tenant_id) & (people.c.object_id == roles.c.object_id)
    out = roles.c.tenant_id.in_(shut_out()).label("shut_out")
    query = select(roles, people.c.name, out).outerjoin(people, theirs)
    if county:
        query = query.where(roles.c.county == county)
    order = (roles.c.county, roles.c.granted_at, roles.c.tenant_id, roles.c.object_id)
    rows = (await tx.execute(query.order_by(*order))).mappings()
    return [Grant(**{**row, "name": row["name"] or ""}) for row in rows]


async def list_roles(tx: Reading | Writing) -> set[Role]:
    """Who has which, and nothing more: an older schema knows no more of them."""
    row = roles.c
    return {
        Role(*each) for each in await tx.execute(select(row.tenant_id, row.object_id, row.county))
    }


async def add_role(tx: Writing, database: Database, whom: Somebody, county: str, by: str) -> bool:
    """Give the role. False when the person has it already."""
    row = database.insert(roles).values(
        tenant_id=whom.tenant_id,
        object_id=whom.object_id,
        county=county,
        granted_at=datetime.now(UTC),
        granted_by=by,
    )
    given = await tx.execute(row.on_conflict_do_nothing())
    return bool(given.rowcount)


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


async def find_reachable(tx: Reading | Writing, tenant_id: str, object_id: str) -> Person | None:
    """The person, when they can be reached in a chat of their own."""
    query = select(people).where(
        people.c.tenant_id == tenant_id, people.c.object_id == object_id, people.c.installed
    )
    row = (await tx.execute(query)).mappings().one_or_none()
    return None if row is None else person_from(row)


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
        changed_at=row["changed_at"],
        counties=tuple(counties or ()),
        position=Position(row["position"]) if row["position"] else None,
        position_asked=row["position_asked"],
        muted=row["muted"],
        weekly=row["weekly"],
        blocked=row["blocked"],
        moved_from=row["moved_from"],
        seen_at=row["seen_at"],
    )
