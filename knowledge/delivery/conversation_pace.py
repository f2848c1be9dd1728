"""A steady rate per conversation, as `pace.py` keeps one per tenant.

Teams allows 7 in a second, 8 in two, 60 in thirty and 1,800 in an hour. Six at once and then one
every two seconds stays below all four, and is one number to remember. A conversation's row is
only moved by who has locked its tenant's, as every claim has.
"""

import math
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Column, Float, Select, Table, Text, delete, select, true, update
from sqlalchemy.dialects import postgresql, sqlite

from knowledge.delivery.retries import FURTHEST_RETRY
from knowledge.delivery.tenant_pace import later_of
from knowledge.storage.database import Database, Writing, clock, insert_for, metadata
from knowledge.storage.many_rows import Types, as_parameter, from_parameter

INTERVAL = 2.01
AT_ONCE = 6

FURTHEST = AT_ONCE * INTERVAL
"""No line that is not held is further ahead than this, in seconds."""

BUSY = 3 * INTERVAL
"""How long, in seconds, the line of a conversation is that has had three messages lately. Teams
does not say whom a 429 is about: here it is taken to be about the conversation, else the tenant."""

Conversation = tuple[str, str]
"""A tenant, and a conversation in it: its id, or whose it will be."""

conversation_paces = Table(
    "conversation_paces",
    metadata,
    Column("tenant_id", Text, primary_key=True),
    Column("conversation", Text, primary_key=True),
    Column("next_at", Float, nullable=False),
    Column("held_until", Float, nullable=False, server_default="0"),  # because Teams said so
)

_KEY: Types = {"tenant_id": Text, "conversation": Text}
_LINE: Types = {**_KEY, "seconds": Float, "held": Float}


async def reserve(
    tx: Writing, database: Database, wanted: Mapping[Conversation, int]
) -> tuple[dict[Conversation, list[float]], set[Conversation]]:
    """Take places that may be used at once. Returns who must wait, and who was busy already.

    The waits are the seconds until each place that was wanted and not taken: most often none.
    """
    lines = await _lines(tx, database, wanted)
    waits, rows = {}, []
    for conversation, places in wanted.items():
        line = lines.get(conversation, 0.0)
        taken = max(0, min(places, AT_ONCE - math.ceil(line / INTERVAL)))
        rows.append((conversation, line + taken * INTERVAL, 0.0))
        if taken < places:
            over = range(taken, places)
            waits[conversation] = [line + (place - AT_ONCE + 1) * INTERVAL for place in over]
    await _set(tx, database, rows)
    return waits, {conversation for conversation, line in lines.items() if line >= BUSY}


async def hold(tx: Writing, database: Database, seconds: Mapping[Conversation, float]) -> None:
    """Let conversations wait: Teams said that they get too much."""
    full = (AT_ONCE - 1) * INTERVAL
    await _set(tx, database, [(who, full + wait, wait) for who, wait in seconds.items()])


async def forget_idle(tx: Writing) -> None:
    """Remove the lines that have ended. Not needed often: a row too many only takes room."""
    await tx.execute(delete(conversation_paces).where(conversation_paces.c.next_at < clock()))


async def set_right(tx: Writing, database: Database) -> int:
    """The clock has been put back: no line may stand still for longer than its rule allows.

    Returns how many did.
    """
    row, table = conversation_paces.c, conversation_paces
    too_far = update(table).where(row.held_until > clock() + FURTHEST_RETRY)
    await tx.execute(too_far.values(held_until=clock()))
    free_at = later_of(database.is_sqlite, clock(), row.held_until)
    stands = update(table).where(row.next_at > free_at + FURTHEST)
    return (await tx.execute(stands.values(next_at=free_at))).rowcount


async def _lines(
    tx: Writing, database: Database, conversations: Iterable[Conversation]
) -> dict[Conversation, float]:
    """How many seconds the lines are long, where there is one."""
    asked = {"rows": as_parameter(_KEY, sorted(conversations))}
    found = await tx.execute(_look(database.is_sqlite), asked)
    return {(tenant_id, conversation): line for tenant_id, conversation, line in found}


@cache
def _look(is_sqlite: bool) -> Select[Any]:
    table, asked = conversation_paces.c, from_parameter(is_sqlite, _KEY).c
    here = (table.tenant_id == asked.tenant_id) & (table.conversation == asked.conversation)
    line = table.next_at - clock()
    return select(table.tenant_id, table.conversation, line).where(here, table.next_at > clock())


async def _set(
    tx: Writing, database: Database, lines: Iterable[tuple[Conversation, float, float]]
) -> None:
    """How many seconds lines are long from now on, and for how many of them they are held."""
    rows = [(*conversation, seconds, held) for conversation, seconds, held in sorted(lines)]
    if rows:
        # Sorted: two processes that lock the same rows must lock them in the same order.
        insert = _lengthen(database.is_sqlite)
        await tx.execute(insert, {"rows": as_parameter(_LINE, rows)})


@cache
def _lengthen(is_sqlite: bool) -> sqlite.Insert | postgresql.Insert:
    lines, row = from_parameter(is_sqlite, _LINE).c, conversation_paces.c
    until = (clock() + lines.seconds, clock() + lines.held)
    longer = select(lines.tenant_id, lines.conversation, *until).where(true())
    insert = insert_for(is_sqlite, conversation_paces).from_select([*row.keys()], longer)
    new = insert.excluded
    return insert.on_conflict_do_update(
        index_elements=[*conversation_paces.primary_key],
        set_={
            "next_at": later_of(is_sqlite, row.next_at, new.next_at),
            "held_until": later_of(is_sqlite, row.held_until, new.held_until),
        },
    )
