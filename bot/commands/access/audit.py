"""`tryggve audit`: who did what, and when."""

import argparse
import json
from datetime import datetime, time
from typing import Any

from bot.commands.database import demand_current_schema, with_database
from bot.terminal import Refusal, say
from dialogs.conversation.texts import text
from dialogs.logbook import wording
from knowledge.audit.models import Kind
from knowledge.directory.models import NATIONAL
from knowledge.directory.places import load_places
from knowledge.logbook.models import Entry
from knowledge.logbook.repository import Wanted
from knowledge.logbook.service import LogbookService
from knowledge.times import SWEDEN


def audit(chosen: argparse.Namespace) -> int:
    """Print what was done, the latest first."""
    kinds = {kind.value for kind in Kind} | {kind.room for kind in Kind}
    if chosen.kind and chosen.kind not in kinds:
        raise Refusal("access.no_kind", kind=chosen.kind, kinds=", ".join(sorted(kinds)))
    if chosen.county and not load_places().is_coordinated(chosen.county):
        raise Refusal("commands.no_county", code=chosen.county)
    demand_current_schema()
    wanted = _wanted(chosen)
    found = with_database(lambda data: LogbookService(data).list_all(wanted, 0, chosen.most))
    for entry in found:
        say(json.dumps(_as_json(entry), ensure_ascii=False) if chosen.json else _line(entry))
    if not found and not chosen.json:
        say(text("access.nothing_done"))
    return 0


def _wanted(chosen: argparse.Namespace) -> Wanted:
    since = datetime.combine(chosen.since, time(), SWEDEN) if chosen.since else None
    counties = [chosen.county] if chosen.county else None
    if chosen.county == NATIONAL:
        counties = [NATIONAL, *load_places().counties]
    return Wanted(since, counties, chosen.kind or "")


def _line(entry: Entry) -> str:
    told = wording.line(entry, load_places(), in_terminal=True)
    return text("access.act", moment=wording.moment(entry), told=told, kind=entry.kind)


def _as_json(entry: Entry) -> dict[str, Any]:
    """With the ids, and without names: these are looked up where they are needed."""
    by, whom = entry.by, entry.whom
    return {
        "at": entry.at.isoformat(),
        "kind": entry.kind,
        "by": {"tenant": by.tenant_id, "user": by.object_id} if by else None,
        "by_itself": entry.by_itself,
        "whom": {"tenant": whom.tenant_id, "user": whom.object_id} if whom else None,
        "subject": entry.subject,
        "counties": list(entry.counties),
        "facts": dict(entry.facts),
    }
