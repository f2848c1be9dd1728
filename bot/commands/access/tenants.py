"""`tryggve tenants add|list|suspend|remove`: the organisations, without a restart."""

import argparse
import json
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from bot.commands.access.operator import operator
from bot.commands.database import demand_current_schema, with_database
from bot.commands.privacy.identity import entra_id
from bot.settings import read_storage_settings
from bot.terminal import Refusal, say
from dialogs.conversation import swedish
from dialogs.conversation.texts import text
from knowledge.checksums import checksum
from knowledge.delivery.tenants import Tenant
from knowledge.directory.places import load_places
from knowledge.tenants.refused import RefusedTenant
from knowledge.tenants.service import TenantService, UnknownTenant

T = TypeVar("T")


def add(chosen: argparse.Namespace) -> int:
    """Let an organisation in, or correct where it is."""
    tenant, places = entra_id(chosen.tenant), load_places()
    if not places.name_of(chosen.place):
        raise Refusal("access.no_place", code=chosen.place)
    roles = _on_list(lambda service: service.add(operator(), tenant, chosen.place))
    say(text("access.tenant_added", place=_named(chosen.place)))
    if roles:
        say(text("access.roles_again", count=roles))
    return 0


def suspend(chosen: argparse.Namespace) -> int:
    """Shut an organisation out for now."""
    tenant = entra_id(chosen.tenant)
    place = _known(lambda service: service.suspend(operator(), tenant), tenant).place
    say(text("access.tenant_suspended", place=_named(place)))
    return 0


def remove(chosen: argparse.Namespace) -> int:
    """Shut an organisation out for good."""
    tenant = entra_id(chosen.tenant)
    place = _known(lambda service: service.remove(operator(), tenant), tenant).place
    say(text("access.tenant_removed", place=_named(place)))
    return 0


def list_tenants(chosen: argparse.Namespace) -> int:
    """Print the list as it counts, and who was turned away lately, with checksums as in the log."""
    known, refused = _on_list(lambda service: service.list_all())
    if chosen.json:
        both = {
            "tenants": [_as_json(one) for one in known],
            "refused": [_refused_as_json(one) for one in refused],
        }
        say(json.dumps(both, ensure_ascii=False, indent=2))
        return 0
    for one in known:
        say(_line(one))
    if not known:
        say(text("access.no_tenants"))
    if refused:
        say(text("access.refused"))
    for stranger in refused:
        say(_refused_line(stranger))
    return 0


def _on_list(work: Callable[[TenantService], Awaitable[T]]) -> T:
    demand_current_schema()
    listed = read_storage_settings().tenants
    return with_database(lambda database: work(TenantService(database, load_places(), listed)))


def _known(work: Callable[[TenantService], Awaitable[Tenant]], tenant: str) -> Tenant:
    try:
        return _on_list(work)
    except UnknownTenant:
        raise Refusal("access.unknown_tenant", tenant=tenant) from None


def _named(place: str) -> str:
    """The municipality or county, as it stands in a sentence."""
    return load_places().name_of(place) or text("access.nowhere")


def _line(one: Tenant) -> str:
    return text(
        "access.tenant",
        checksum=checksum(one.tenant_id),
        tenant=one.tenant_id,
        place=_named(one.place),
        state=text(f"access.state_{one.state.value}"),
        by=text("access.by_command" if one.by_command else "access.by_setting"),
    )


def _refused_line(one: RefusedTenant) -> str:
    moment = swedish.moment(one.last_at)
    shown = {"checksum": checksum(one.tenant_id), "tenant": swedish.bare(one.tenant_id)}
    return text("access.refused_tenant", moment=moment, count=one.times, **shown)


def _as_json(one: Tenant) -> dict[str, Any]:
    return {
        "tenant": one.tenant_id,
        "checksum": checksum(one.tenant_id),
        "place": one.place,
        "state": one.state.value,
        "by": "command" if one.by_command else "setting",
    }


def _refused_as_json(one: RefusedTenant) -> dict[str, Any]:
    shown = {"tenant": one.tenant_id, "checksum": checksum(one.tenant_id)}
    return {**shown, "times": one.times, "last_at": one.last_at.isoformat()}
