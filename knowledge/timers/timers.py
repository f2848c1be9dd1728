"""What is to happen at a certain time: one row each, claimed like deliveries.

    await timers.set(
        tx, database, key="announcement:12:send", kind="send_announcement",
        due=starts_at, payload={"announcement": 12},
    )
    await timers.cancel(tx, "announcement:12:send")

A timer is set and cancelled in the transaction that it is about. Its payload holds ids, never
texts or names: whoever carries it out reads the facts anew (`clockwork.py`).
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Float,
    Index,
    Integer,
    Table,
    Text,
    bindparam,
    case,
    delete,
    literal,
    select,
    update,
)
from sqlalchemy.sql.expression import literal_column

from knowledge.delivery.retries import FURTHEST_RETRY, backoff
from knowledge.errors import KnowledgeError
from knowledge.storage.database import Database, Writing, clock, metadata

LEASE_SECONDS = 30.0
MOST_ATTEMPTS = 10
"""After so many failures, over some twenty minutes, a timer stops. Then somebody must look."""


class TimerStatus(StrEnum):
    WAITING = "waiting"
    STOPPED = "stopped"  # failed too often: kept to be seen, never tried again by itself


class NoLongerOurs(KnowledgeError):
    """The timer was cancelled, set anew or taken over while it was being carried out."""


@dataclass(frozen=True)
class Timer:
    """A claimed timer. `lease` is the claim's own token: only who has it may end the timer."""

    key: str
    kind: str
    lease: str
    attempts: int
    payload: Mapping[str, Any] = field(default_factory=dict)


timers = Table(
    "timers",
    metadata,
    Column("key", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("payload", Text, nullable=False),  # JSON
    Column("due", Float, nullable=False),  # also the end of a lease, and the time of a retry
    Column("attempts", Integer, nullable=False, server_default="0"),  # counted at the claim
    Column("lease", Text),
    Column("status", Text, nullable=False, server_default=TimerStatus.WAITING.value),
)


def _status_is(status: TimerStatus) -> ColumnElement[bool]:
    # Written out: with a parameter no partial index would be used.
    return timers.c.status == literal_column(f"'{status.value}'")


Index(
    "timers_to_claim",
    timers.c.due,
    sqlite_where=_status_is(TimerStatus.WAITING),
    postgresql_where=_status_is(TimerStatus.WAITING),
)

_FRESH = {"attempts": 0, "lease": None, "status": TimerStatus.WAITING.value}

_is_due = (
    _status_is(TimerStatus.WAITING)
    & (timers.c.due <= select(clock()).scalar_subquery())
    & timers.c.kind.in_(bindparam("kinds", expanding=True))
)
_ANY_DUE = select(literal(1)).where(select(timers.c.key).where(_is_due).exists())

_first = (
    select(timers.c.key)
    .where(_is_due)
    .order_by(timers.c.due, timers.c.key)
    .limit(1)
    .with_for_update(skip_locked=True)
    .cte("first")
    .prefix_with("MATERIALIZED", dialect="postgresql")
)
_CLAIM = (
    update(timers)
    .where(timers.c.key.in_(select(_first.c.key)))
    .values(
        lease=bindparam("token"),
        due=clock() + bindparam("seconds", type_=Float),
        attempts=timers.c.attempts + 1,
    )
    .returning(*timers.c)
)


async def set(
    tx: Writing,
    database: Database,
    *,
    key: str,
    kind: str,
    due: datetime,
    payload: Mapping[str, Any] | None = None,
) -> None:
    """Set a timer, in place of the one with the same key if there is one."""
    await set_all(tx, database, kind=kind, due=due, payloads={key: payload or {}})


async def set_all(
    tx: Writing,
    database: Database,
    *,
    kind: str,
    due: datetime,
    payloads: Mapping[str, Mapping[str, Any]],
) -> None:
    """The same for many, by their keys."""
    rows = [_values(key, kind, due.timestamp(), payload) for key, payload in payloads.items()]
    row = database.insert(timers)
    changed = {name: row.excluded[name] for name in ("kind", "payload", "due")}
    if rows:
        await tx.execute(
            row.on_conflict_do_update(index_elements=["key"], set_=changed | _FRESH), rows
        )


async def keep(tx: Writing, database: Database, *, key: str, kind: str) -> None:
    """Set a timer to ring at once, unless it is there already. One that stopped goes on."""
    row = _row(database, key, kind, clock(), {})
    stopped = _status_is(TimerStatus.STOPPED)
    await tx.execute(row.on_conflict_do_update(index_elements=["key"], set_=_FRESH, where=stopped))


async def cancel(tx: Writing, key: str) -> bool:
    """Take a timer away. False when there is none (any more)."""
    return bool((await tx.execute(delete(timers).where(timers.c.key == key))).rowcount)


async def cancel_all(tx: Writing, prefix: str) -> None:
    """Take away every timer whose key begins so."""
    await tx.execute(delete(timers).where(timers.c.key.startswith(prefix, autoescape=True)))


async def is_any_due(database: Database, kinds: Collection[str]) -> bool:
    """Whether there is something to claim; cheaper than a claim."""
    return bool(await database.single(_ANY_DUE, kinds=[*kinds]))


async def claim(
    tx: Writing, token: str, kinds: Collection[str], *, seconds: float = LEASE_SECONDS
) -> Timer | None:
    """Take the timer that has been due for longest. `token` must be new for each claim."""
    wanted = {"token": token, "kinds": [*kinds], "seconds": seconds}
    row = (await tx.execute(_CLAIM, wanted)).mappings().one_or_none()
    if row is None:
        return None
    payload = json.loads(row["payload"])
    return Timer(row["key"], row["kind"], row["lease"], row["attempts"], payload)


async def stop_hopeless(tx: Writing, kinds: Collection[str]) -> list[str]:
    """Stop what has failed, or killed its process, too often. Returns the keys."""
    stop = (
        update(timers)
        .where(_is_due, timers.c.attempts >= MOST_ATTEMPTS)
        .values(status=TimerStatus.STOPPED.value, lease=None, due=clock())
        .returning(timers.c.key)
    )
    return list((await tx.execute(stop, {"kinds": [*kinds]})).scalars())


async def set_right(tx: Writing, recurring: Collection[str], seconds: float) -> None:
    """The clock has been put back: nothing waits for it to come where it was.

    What recurs rings now, and so does what is further ahead than a retry can be. A lease is as long
    as a lease is. What is set for a certain time keeps it.
    """
    held, now = timers.c.lease.is_not(None), clock()
    leased = update(timers).where(held, timers.c.due > now + seconds)
    await tx.execute(leased.values(due=now + seconds))
    tried = (timers.c.attempts > 0) & (timers.c.due > now + FURTHEST_RETRY)
    late = timers.c.key.in_(recurring) & (timers.c.due > now)
    waiting = update(timers).where(_status_is(TimerStatus.WAITING), ~held, tried | late)
    await tx.execute(waiting.values(due=now))


async def finish(tx: Writing, timer: Timer, again: datetime | None = None) -> None:
    """End the timer, or let it ring `again`. Raises NoLongerOurs."""
    mine = (timers.c.key == timer.key) & (timers.c.lease == timer.lease)
    if again is None:
        ended = await tx.execute(delete(timers).where(mine))
    else:
        # At the earliest in a second: a handler that is wrong about the time keeps nobody busy.
        soon, asked = clock() + 1.0, again.timestamp()
        due = case((soon > asked, soon), else_=asked)
        row = update(timers).where(mine).values(due=due, attempts=0, lease=None)
        ended = await tx.execute(row)
    if not ended.rowcount:
        raise NoLongerOurs(timer.key)


async def put_back(tx: Writing, timer: Timer) -> None:
    """It failed: try again later."""
    mine = (timers.c.key == timer.key) & (timers.c.lease == timer.lease)
    later = clock() + backoff(timer.attempts)
    await tx.execute(update(timers).where(mine).values(due=later, lease=None))


def _row(database: Database, key: str, kind: str, due: Any, payload: Mapping[str, Any]) -> Any:
    return database.insert(timers).values(_values(key, kind, due, payload))


def _values(key: str, kind: str, due: Any, payload: Mapping[str, Any]) -> dict[str, Any]:
    return {"key": key, "kind": kind, "due": due, "payload": json.dumps(payload)}
