"""Roles that were taken back since a copy was made stay taken back when the copy is put back, and
organisations that were shut out stay shut out."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.commands.access.operator import operator
from bot.commands.database import with_database
from bot.settings import read_storage_settings
from bot.terminal import Refusal
from dialogs.conversation.texts import text
from knowledge.delivery.tenants import State, Tenant
from knowledge.directory.models import Role
from knowledge.directory.places import load_places
from knowledge.directory.service import DirectoryService
from knowledge.storage.database import Database
from knowledge.storage.schema import is_current
from knowledge.tenants.service import TenantService

_COMMANDS = {State.SUSPENDED: "suspend", State.REMOVED: "remove"}


@dataclass(frozen=True)
class Access:
    """Who may do what. `revoked` are roles that somebody had, and `tenants` by their ids."""

    roles: set[Role]
    revoked: set[Role]
    tenants: dict[str, Tenant]


def known_access() -> Access | None:
    """What stands before the database is replaced; None when it cannot be read."""
    try:
        return with_database(_read)
    except Refusal:
        return None


def bar_again(before: Access | None, *, may_write: bool) -> Iterator[str]:
    """Bar them, and tell how many; and what is to be done by hand: where an older schema stands,
    and for what was given since the copy was made."""
    if before is None:
        yield text("backups.barred_unknown")
    elif may_write:
        yield from with_database(lambda database: _bar(database, before))
    else:
        for role in sorted(before.revoked & with_database(_roles)):
            yield text("backups.role_back", **_named(role))
        for one in _shut_out(before):
            command = _COMMANDS[one.state]
            yield text("backups.tenant_back", command=command, tenant=one.tenant_id)


async def _read(database: Database) -> Access | None:
    if database.file and not database.file.path.exists():  # to open it would make an empty one
        return None
    if not await is_current(database):
        return None
    directory = DirectoryService(database)
    revoked, roles = await directory.list_revoked(), await directory.list_roles()
    return Access(roles, revoked, await _tenants(database))


async def _bar(database: Database, before: Access) -> list[str]:
    directory, now = DirectoryService(database), await _roles(database)
    service, known = TenantService(database, load_places()), await _tenants(database)
    said = []
    back = before.revoked & now
    for role in sorted(back):
        await directory.revoke(role.tenant_id, role.object_id, role.county, operator())
    if back:
        said.append(text("backups.revoked_again", count=len(back)))
    open_again = [one for one in _shut_out(before) if _state(known, one) is not one.state]
    for one in open_again:
        await service.bar(operator(), one)
    if open_again:
        said.append(text("backups.shut_out_again", count=len(open_again)))
    return [*said, *_lost(before, now, known)]


def _lost(before: Access, now: set[Role], known: dict[str, Tenant]) -> Iterator[str]:
    """What was given since the copy was made. That somebody has power is for somebody to say."""
    for one in before.tenants.values():
        same = known.get(one.tenant_id)
        if one.let_in and one.by_command and (same is None or not same.let_in):
            yield text("backups.tenant_lost", tenant=one.tenant_id, place=one.place)
    for role in sorted(before.roles - now):
        yield text("backups.role_lost", **_named(role))


def _shut_out(before: Access) -> list[Tenant]:
    """Those that the next start, by the settings, would not shut out by itself."""
    silent = not read_storage_settings().tenants
    out = (one for one in before.tenants.values() if not one.let_in)
    return [one for one in out if one.by_command or silent]


def _state(known: dict[str, Tenant], one: Tenant) -> State | None:
    same = known.get(one.tenant_id)
    return same.state if same else None


async def _roles(database: Database) -> set[Role]:
    return await DirectoryService(database).list_roles()


async def _tenants(database: Database) -> dict[str, Tenant]:
    every, _ = await TenantService(database, load_places()).list_all()
    return {one.tenant_id: one for one in every}


def _named(role: Role) -> dict[str, str]:
    return {"tenant": role.tenant_id, "user": role.object_id, "county": role.county}
