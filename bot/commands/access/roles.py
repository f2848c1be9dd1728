"""`tryggve grant` and `tryggve roles list`: who is coordinator of which county."""

import argparse
import json

from bot.commands.access.operator import operator
from bot.commands.database import demand_current_schema, with_database
from bot.commands.privacy.identity import demand_identity
from bot.settings import read_storage_settings
from bot.terminal import Refusal, say
from dialogs.conversation import swedish
from dialogs.conversation.texts import text
from knowledge.delivery import tenants
from knowledge.directory.models import Grant
from knowledge.directory.places import load_places
from knowledge.directory.service import DirectoryService
from knowledge.storage.database import Database
from knowledge.tenants.following import let_in_by


def grant(chosen: argparse.Namespace) -> int:
    """Give or take back the coordinator's role."""
    tenant, user = demand_identity(chosen)
    county = _county(chosen.county)
    demand_current_schema()
    if chosen.revoke:
        if not with_database(lambda data: _revoke(data, tenant, user, chosen.county)):
            raise Refusal("commands.nothing_revoked", county=county)
        say(text("commands.revoked", county=county))
        return 0
    if not with_database(lambda data: _is_let_in(data, tenant)):
        raise Refusal("access.not_let_in", tenant=tenant)
    with_database(lambda data: _grant(data, tenant, user, chosen.county))
    say(text("commands.granted", county=county))
    return 0


def list_roles(chosen: argparse.Namespace) -> int:
    """Print who has the role, since when, and who gave it."""
    if chosen.county:
        _county(chosen.county)
    demand_current_schema()
    found = with_database(lambda data: DirectoryService(data).list_grants(chosen.county or ""))
    if chosen.json:
        say(json.dumps([_as_json(one) for one in found], ensure_ascii=False, indent=2))
        return 0
    for one in found:
        say(_line(one))
    if not found:
        say(text("access.no_roles"))
    return 0


def _county(code: str) -> str:
    """Its name. Raises Refusal."""
    places = load_places()
    if not places.is_coordinated(code):
        raise Refusal("commands.no_county", code=code)
    return places.name_of(code)


async def _is_let_in(database: Database, tenant: str) -> bool:
    """In the demo, which has no list, everybody is."""
    settings = read_storage_settings()
    async with database.read() as tx:
        let_in = await let_in_by(tx, settings.tenants)
        has_list = settings.app_id or settings.tenants or await tenants.read(tx)
    return tenant in let_in or not has_list


async def _grant(database: Database, tenant: str, user: str, county: str) -> None:
    await DirectoryService(database).grant(tenant, user, county, operator())


async def _revoke(database: Database, tenant: str, user: str, county: str) -> bool:
    return await DirectoryService(database).revoke(tenant, user, county, operator())


def _line(one: Grant) -> str:
    county, name = load_places().name_of(one.county), swedish.bare(one.name)
    given = text("access.given_before")
    if one.granted_at:
        moment, by = swedish.moment(one.granted_at), one.granted_by
        given = text("access.given_by" if by else "access.given", moment=moment, by=by)
    named = {"name": name or text("access.nameless"), "county": county, "given": given}
    line = text("access.role", tenant=one.tenant_id, user=one.object_id, **named)
    return f"{line} {text('access.role_shut_out')}" if one.shut_out else line


def _as_json(one: Grant) -> dict[str, str | bool | None]:
    return {
        "tenant": one.tenant_id,
        "user": one.object_id,
        "name": one.name,
        "county": one.county,
        "granted_at": one.granted_at.isoformat() if one.granted_at else None,
        "granted_by": one.granted_by or None,
        "has_power": not one.shut_out,
    }
