"""Rows of the log, with the names and titles of today."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, FromClause, RowMapping, func, or_, select

from knowledge.announcements.models import announcements
from knowledge.audit.models import Account, Kind, audit, audit_people
from knowledge.directory.models import people
from knowledge.logbook.models import Entry
from knowledge.storage.database import Reading
from knowledge.trainings.models import trainings

_BY, _WHOM = audit_people.alias("did"), audit_people.alias("met_with")
_BY_PERSON, _WHOM_PERSON = people.alias("who_did"), people.alias("who_met_with")


@dataclass(frozen=True)
class Wanted:
    """Which acts: since a time, of some counties (None: whatever they concern), of a kind or of
    all kinds of a room."""

    since: datetime | None = None
    counties: Collection[str] | None = None
    kind: str = ""


async def list_entries(tx: Reading, wanted: Wanted, first: int, limit: int) -> list[Entry]:
    """Some of the acts, the latest first."""
    query = (
        select(
            audit,
            _BY.c.tenant_id.label("by_tenant"),
            _BY.c.object_id.label("by_object"),
            _BY_PERSON.c.name.label("by_name"),
            _WHOM.c.tenant_id.label("whom_tenant"),
            _WHOM.c.object_id.label("whom_object"),
            _WHOM_PERSON.c.name.label("whom_name"),
        )
        .outerjoin(_BY, _BY.c.id == audit.c.by_number)
        .outerjoin(_WHOM, _WHOM.c.id == audit.c.whom_number)
        .outerjoin(_BY_PERSON, _same(_BY_PERSON, _BY))
        .outerjoin(_WHOM_PERSON, _same(_WHOM_PERSON, _WHOM))
        .where(*_conditions(wanted))
        .order_by(audit.c.id.desc())
        .offset(first)
        .limit(limit)
    )
    return [_entry(row) for row in (await tx.execute(query)).mappings()]


async def count(tx: Reading, wanted: Wanted) -> int:
    query = select(func.count()).select_from(audit).where(*_conditions(wanted))
    return int((await tx.execute(query)).scalar_one())


async def list_titles(tx: Reading, subjects: Collection[str]) -> dict[str, str]:
    """What announcements and trainings are called, by subject."""
    found = {}
    named = ((announcements, "announcement", announcements.c.heading),)
    for table, room, title in (*named, (trainings, "training", trainings.c.title)):
        numbers = [int(one.partition(":")[2]) for one in subjects if one.startswith(f"{room}:")]
        if numbers:
            rows = await tx.execute(select(table.c.id, title).where(table.c.id.in_(numbers)))
            found.update({f"{room}:{number}": str(called) for number, called in rows})
    return found


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.since:
        found.append(audit.c.at >= wanted.since)
    if wanted.counties is not None:
        theirs = [audit.c.counties.like(f"%,{county},%") for county in wanted.counties]
        found.append(or_(False, *theirs))
    if wanted.kind:
        kinds = [one.value for one in Kind if wanted.kind in (one.value, one.room)]
        found.append(audit.c.kind.in_(kinds))
    return found


def _same(person: FromClause, one: FromClause) -> ColumnElement[bool]:
    """The person with that account."""
    columns, account = person.c, one.c
    same: ColumnElement[bool] = (columns.tenant_id == account.tenant_id) & (
        columns.object_id == account.object_id
    )
    return same


def _entry(row: RowMapping) -> Entry:
    return Entry(
        id=row["id"],
        at=row["at"],
        kind=row["kind"],
        by=_account(row, "by"),
        by_name=row["by_name"] or "",
        whom=_account(row, "whom"),
        whom_name=row["whom_name"] or "",
        has_whom=row["whom_number"] is not None,
        by_itself=row["by_number"] is None,
        subject=row["subject"],
        counties=tuple(code for code in row["counties"].split(",") if code),
        facts=json.loads(row["facts"]),
    )


def _account(row: RowMapping, which: str) -> Account | None:
    object_id = row[f"{which}_object"]
    return Account(row[f"{which}_tenant"], object_id) if object_id is not None else None
