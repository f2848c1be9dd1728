"""Who is erased without asking: who has not been here for long, or waited for a last training."""

import asyncio
from contextlib import suppress
from datetime import datetime

from sqlalchemy import ColumnElement, Text, cast, delete, literal, or_, select

from knowledge.delivery.models import deliveries
from knowledge.directory.models import GONE, people, roles
from knowledge.errors import DatabaseBusy
from knowledge.retention import holds
from knowledge.retention.erase import (
    erase_rows,
    finish,
    is_at_work,
    is_back,
    is_live,
    is_unneeded,
)
from knowledge.retention.models import erasures
from knowledge.retention.periods import NEEDS_DECISION
from knowledge.retention.register import register
from knowledge.retention.rows import delete_rows
from knowledge.retention.subject import Subject, list_subjects
from knowledge.storage.database import Database, Reading, Writing
from knowledge.trainings.models import signups


async def erase_due(
    database: Database,
    now: datetime,
    inactive_before: datetime,
    decision: str,
    *,
    pause: float = 0.0,
) -> int:
    """Erase those whose last training is over, and those who have not been here for long.

    Returns how many went, each by one process. `pause`: seconds between two of them, each of whom
    is looked for in every text.
    """
    gone = 0
    async with database.read() as looking:
        due = await list_due(looking, now, inactive_before)
    for whose in due:
        with suppress(DatabaseBusy):  # the next time makes up for it; others go on
            gone += await _erase(database, whose, now, inactive_before, decision)
        await asyncio.sleep(pause)
    async with database.write() as tx:
        unneeded = people.c.object_id.startswith(GONE), *is_unneeded()
        await tx.execute(delete(people).where(*unneeded))
    return gone


async def _erase(
    database: Database, whose: Subject, now: datetime, inactive_before: datetime, decision: str
) -> bool:
    """False when it is not to be done any more, or another process does it."""
    async with database.write() as tx:
        # Since the list was made, who had not been here for years may have written, and a hold
        # may have come.
        me = people.c.id == whose.id
        if not await list_due(tx, now, inactive_before, me, for_update=True):
            return False
        if await is_back(tx, whose):
            await tx.execute(delete(erasures).where(erasures.c.person_id == whose.id))
            theirs = signups.c.person_id == whose.id
            await delete_rows(tx, database, signups, theirs & ~is_live(now))
            return False
        await erase_rows(tx, database, whose, now)
    return await finish(database, whose, now, decision)


async def list_due(
    tx: Reading | Writing,
    now: datetime,
    inactive_before: datetime,
    *among: ColumnElement[bool],
    for_update: bool = False,
) -> list[Subject]:
    """Who is to be erased by now."""
    row = people.c
    live = select(signups.c.id).where(signups.c.person_id == row.id, is_live(now)).exists()
    acts = (roles.c.tenant_id == row.tenant_id) & (roles.c.object_id == row.object_id)
    asked = select(erasures.c.person_id).where(erasures.c.person_id == row.id).exists()
    is_nothing = ~select(roles.c.county).where(acts).exists() & ~_has_part_in_acts()
    inactive = (row.seen_at < inactive_before) & is_nothing
    free = holds.not_held(register()["people"], await holds.list_held(tx))
    here = ~row.object_id.startswith(GONE)
    those = (*among, or_(asked, inactive), ~live, here, free)
    found = await list_subjects(tx, *those, for_update=for_update)
    return [whose for whose in found if not await is_at_work(tx, whose)]


def _has_part_in_acts() -> ColumnElement[bool]:
    """Whether somebody is in what is kept for a time of its own: that comes to its end first."""
    me, found = people.c, []
    for entry in register().values():
        if entry.kind not in NEEDS_DECISION:
            continue
        columns = entry.table.c
        mine = [columns[name] == me.id for name in (*entry.person, *entry.others)]
        for prefix in entry.accounts:
            account = columns[f"{prefix}tenant_id"], columns[f"{prefix}object_id"]
            mine.append((account[0] == me.tenant_id) & (account[1] == me.object_id))
        if mine:
            found.append(select(literal(1)).select_from(entry.table).where(or_(*mine)).exists())
    target = literal("person:").concat(cast(me.id, Text))
    got = deliveries.c.is_person & (deliveries.c.target == target)
    told = select(deliveries.c.id).where(got, deliveries.c.group_key.like("announcement:%"))
    return or_(*found, told.exists())
