"""How the sender stands: what waits, for how long, and what went wrong."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Index, func, or_, select, true

from knowledge.delivery import pauses, tallies
from knowledge.delivery.models import Status, deliveries, status_is
from knowledge.storage.database import Reading, clock

SENT, THROTTLED = "sent", "throttled"
"""What is counted as it happens; everything else is read from the deliveries."""

_ANNOUNCEMENT = "announcement:"
_BADLY = (Status.FAILED, Status.UNCERTAIN, Status.BLOCKED, Status.NOT_INSTALLED)
_ended_badly = or_(*(status_is(status) for status in _BADLY))

Index(
    "deliveries_that_ended_badly",
    deliveries.c.status,
    deliveries.c.reason,
    sqlite_where=_ended_badly,
    postgresql_where=_ended_badly,
)


@dataclass(frozen=True)
class Standing:
    """The outbox at this moment. Ages are in seconds.

    `waiting` should have left, `later` has its time still to come, `under_way` is being sent.
    `lags` has the oldest that waits in each tenant, without what is paused. `ended_badly` counts by
    state and reason; what was sent again since is not counted.
    """

    waiting: int
    later: int
    under_way: int
    lags: Mapping[str, float]
    ended_badly: Mapping[tuple[Status, str], int]
    sent: int
    sent_lately: int
    throttled: int
    paused: tuple[str, ...]

    @property
    def depth(self) -> int:
        """All that has not come to its end."""
        return self.waiting + self.later + self.under_way

    @property
    def oldest(self) -> float:
        return max(self.lags.values(), default=0.0)

    @property
    def uncertain(self) -> int:
        return self.count(Status.UNCERTAIN)

    def count(self, status: Status) -> int:
        """How many ended like that."""
        return sum(times for (ended, _), times in self.ended_badly.items() if ended is status)


async def read_standing(tx: Reading) -> Standing:
    """Ask the database. `sent_lately` is this minute and the one before."""
    paused = await pauses.list_paused(tx)
    waiting, later = await _count_pending(tx)
    counted = await tallies.totals(tx)
    lately = await tallies.totals(tx, minutes=2)
    return Standing(
        waiting=waiting,
        later=later,
        under_way=await _count(tx, status_is(Status.SENDING)),
        lags=await read_lags(tx, paused),
        ended_badly=await _count_bad_ends(tx),
        sent=counted.get(SENT, 0),
        sent_lately=lately.get(SENT, 0),
        throttled=counted.get(THROTTLED, 0),
        paused=tuple(paused),
    )


async def list_announcements(tx: Reading) -> dict[str, tuple[int, int]]:
    """The announcements with something in the queue or failed: how many of each, by number."""
    sent_again = select(deliveries.c.resend_of).where(deliveries.c.resend_of.is_not(None))
    failed = status_is(Status.FAILED) & deliveries.c.id.not_in(sent_again)
    queued = status_is(Status.PENDING) | status_is(Status.SENDING)
    query = (
        select(
            deliveries.c.group_key,
            func.count().filter(queued),
            func.count().filter(failed),
        )
        .where(deliveries.c.group_key.startswith(_ANNOUNCEMENT), queued | failed)
        .group_by(deliveries.c.group_key)
        .order_by(func.max(deliveries.c.id))
    )
    rows = await tx.execute(query)
    return {group.removeprefix(_ANNOUNCEMENT): (waits, broke) for group, waits, broke in rows}


async def read_lags(tx: Reading, paused: list[str]) -> dict[str, float]:
    """For each tenant, how long the oldest that should have left has waited."""
    if pauses.EVERYTHING in paused:
        return {}
    not_paused = deliveries.c.group_key.not_in(paused) if paused else true()
    query = (
        select(deliveries.c.tenant_id, clock() - func.min(deliveries.c.due))
        .where(status_is(Status.PENDING), deliveries.c.due <= _now(), not_paused)
        .group_by(deliveries.c.tenant_id)
    )
    return {tenant: float(age) for tenant, age in await tx.execute(query)}


async def _count_pending(tx: Reading) -> tuple[int, int]:
    """Those that are due, and those that are not yet."""
    pending = status_is(Status.PENDING)
    due = await _count(tx, pending & (deliveries.c.due <= _now()))
    return due, await _count(tx, pending & (deliveries.c.due > _now()))


async def _count_bad_ends(tx: Reading) -> dict[tuple[Status, str], int]:
    sent_again = select(deliveries.c.resend_of).where(deliveries.c.resend_of.is_not(None))
    how = (deliveries.c.status, deliveries.c.reason)
    query = select(*how, func.count()).where(_ended_badly, deliveries.c.id.not_in(sent_again))
    rows = await tx.execute(query.group_by(*how).order_by(*how))
    return {(Status(status), reason): times for status, reason, times in rows}


async def _count(tx: Reading, which: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(deliveries).where(which)
    return int((await tx.execute(query)).scalar_one())


def _now() -> ColumnElement[float]:
    return select(clock()).scalar_subquery()
