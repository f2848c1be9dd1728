"""Rows about alarms, and what they are found from."""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Text, case, cast, delete, func, literal, select, update

from knowledge.alarms.models import PROBE, Outage, alarms
from knowledge.channels.models import channels
from knowledge.storage.database import Database, Reading, Writing, clock
from knowledge.timers.timers import TimerStatus, timers

_DAY = 86_400.0


async def begin(tx: Writing, database: Database, name: str) -> bool:
    """The alarm stands. False when it stood already.

    When it ended and was not told yet, it is the same alarm that goes on.
    """
    row = database.insert(alarms).values(name=name, since=clock())
    over = alarms.c.ended.is_not(None)
    goes_on = row.on_conflict_do_update(index_elements=["name"], set_={"ended": None}, where=over)
    return bool((await tx.execute(goes_on)).rowcount)


async def end(tx: Writing, name: str) -> bool:
    """The alarm is over, though still to be told. False when it did not stand."""
    standing = (alarms.c.name == name) & alarms.c.ended.is_(None)
    return bool((await tx.execute(update(alarms).where(standing).values(ended=clock()))).rowcount)


async def stands_since(tx: Reading | Writing, name: str) -> datetime | None:
    """Since when; None when it does not stand."""
    query = select(alarms.c.since).where(alarms.c.name == name, alarms.c.ended.is_(None))
    since = (await tx.execute(query)).scalar_one_or_none()
    return None if since is None else _moment(since)


async def try_to_write(tx: Writing, database: Database) -> None:
    """Write something that nobody misses."""
    row = database.insert(alarms).values(name=PROBE, since=clock())
    now = {"since": row.excluded.since}
    await tx.execute(row.on_conflict_do_update(index_elements=["name"], set_=now))


async def note_outage(tx: Writing, database: Database, name: str, since: datetime) -> None:
    """It began then and is over now. Of several processes the one that saw it first counts."""
    row = database.insert(alarms).values(name=name, since=since.timestamp(), ended=clock())
    first = case((alarms.c.since < row.excluded.since, alarms.c.since), else_=row.excluded.since)
    longer = {"since": first, "ended": row.excluded.ended}
    await tx.execute(row.on_conflict_do_update(index_elements=["name"], set_=longer))


async def find_outage(tx: Writing, name: str) -> Outage | None:
    """The outage that is over and has not been told."""
    query = select(alarms.c.since, alarms.c.ended).where(_is_over(name))
    row = (await tx.execute(query)).one_or_none()
    return None if row is None else Outage(_moment(row.since), _moment(row.ended))


async def forget_outage(tx: Writing, name: str) -> None:
    await tx.execute(delete(alarms).where(_is_over(name)))


async def list_told_channels(tx: Writing) -> set[int]:
    """The channels whose loss has been told."""
    names = await tx.execute(select(alarms.c.name).where(alarms.c.name.startswith("channel:")))
    return {int(name.partition(":")[2]) for name in names.scalars()}


async def keep_told(tx: Writing, database: Database, channel_ids: Iterable[int]) -> None:
    """The loss of these channels has been told."""
    for id in channel_ids:
        row = database.insert(alarms).values(name=f"channel:{id}")
        await tx.execute(row.on_conflict_do_nothing())


async def forget_channels_that_are_back(tx: Writing) -> None:
    """Should they be lost once more, that is news again."""
    name = literal("channel:").concat(cast(channels.c.id, Text))
    back = select(name).where(channels.c.installed)
    await tx.execute(delete(alarms).where(alarms.c.name.in_(back)))


async def count_stopped_timers(tx: Writing) -> int:
    """The timers that stopped within a day."""
    query = select(func.count()).where(
        timers.c.status == TimerStatus.STOPPED, timers.c.due > clock() - _DAY
    )
    return int((await tx.execute(query)).scalar_one())


def _is_over(name: str) -> ColumnElement[bool]:
    return (alarms.c.name == name) & alarms.c.ended.is_not(None)


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
