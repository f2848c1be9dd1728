"""What became of announcements: counted, and listed."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, func, select

from knowledge.announcements.models import Announcement, AnnouncementStatus, gathered
from knowledge.delivery.models import Status, deliveries
from knowledge.directory.models import people
from knowledge.directory.places import Places
from knowledge.follow_up import acknowledgements as acks
from knowledge.follow_up.models import ON_PAGE, Group, Page, Recipient, Report
from knowledge.follow_up.rows import (
    can_be_changed,
    changes,
    failed,
    not_changed,
    person_id,
    posts,
    too_old,
)
from knowledge.storage.database import Reading, Writing

MOST_FAILURES = 5

_FAILURES = (Status.FAILED, Status.NOT_INSTALLED, Status.BLOCKED, Status.UNCERTAIN)

_row = deliveries.c


async def read_report(tx: Reading | Writing, announcement: Announcement, places: Places) -> Report:
    """What has become of the announcement, each recipient once."""
    counts: Counter[Status] = Counter()
    duplicated = unreached = 0
    kinds = (_row.status, _row.possibly_duplicated, _unreached())
    query = select(*kinds, func.count()).where(posts(announcement)).group_by(*kinds)
    for status, twice, missed, number in await tx.execute(query):
        counts[Status(status)] += number
        duplicated += number if twice and status == Status.SENT else 0
        unreached += number if missed else 0
    asked, acknowledged = await acks.count(tx, announcement)
    return Report(
        counts=counts,
        **await _read_changes(tx, announcement, places),
        unreached=unreached,
        failures=await _first_failures(tx, announcement, places) if unreached else (),
        again=await count(tx, failed(announcement)) if unreached else 0,
        possibly_duplicated=duplicated,
        asked=asked,
        acknowledged=acknowledged,
        paused=announcement.status is AnnouncementStatus.PAUSED,
    )


async def list_page(
    tx: Reading | Writing, announcement: Announcement, group: Group, number: int, places: Places
) -> Page:
    """A page of the recipients in this state, by municipality. Too high a number is the last."""
    which = posts(announcement) & _row.status.in_(group.statuses)
    total = await count(tx, which)
    first = _first(number, total)
    some = _recipients(announcement, which).limit(ON_PAGE).offset(first)
    return Page(await _read(tx, some, places), first, total)


async def list_missing(
    tx: Reading | Writing, announcement: Announcement, number: int, places: Places
) -> Page:
    """A page of the people who were asked to acknowledge and have not."""
    everybody = acks.not_acknowledged(announcement)
    total = (await tx.execute(select(func.count()).select_from(everybody.subquery()))).scalar_one()
    first = _first(number, total)
    ids = everybody.with_only_columns(_row.id)
    some = _recipients(announcement, _row.id.in_(ids)).limit(ON_PAGE).offset(first)
    return Page(await _read(tx, some, places), first, total)


def _first(number: int, total: int) -> int:
    """How many recipients stand before the page of this number, counted from 1."""
    pages = max(1, -(-total // ON_PAGE))
    return (min(max(number, 1), pages) - 1) * ON_PAGE


async def list_all(
    tx: Reading | Writing, announcement: Announcement, places: Places
) -> tuple[Recipient, ...]:
    """Every recipient, by municipality."""
    return await _read(tx, _recipients(announcement, posts(announcement)), places)


async def count_readers(tx: Reading | Writing, announcement: Announcement) -> int:
    """How many it was sent to, whatever became of that, and how many a weekly message tells."""
    weekly = select(func.count()).where(gathered.c.announcement_id == announcement.id)
    at_once = await count(tx, posts(announcement))
    return at_once + int((await tx.execute(weekly)).scalar_one())


async def count(tx: Reading | Writing, which: ColumnElement[bool]) -> int:
    """How many deliveries are meant."""
    return int((await tx.execute(select(func.count(_row.id)).where(which))).scalar_one())


async def _read_changes(
    tx: Reading | Writing, announcement: Announcement, places: Places
) -> dict[str, Any]:
    """What a report tells of the newest correction or withdrawal."""
    counts: Counter[Status] = Counter()
    without_id = 0
    kinds = (_row.status, can_be_changed())
    query = select(*kinds, func.count()).where(changes(announcement)).group_by(*kinds)
    for status, possible, number in await tx.execute(query):
        counts[Status(status)] += number
        without_id += 0 if possible else number
    which = _recipients(announcement, not_changed(announcement)).limit(MOST_FAILURES)
    missing = await _read(tx, which, places) if set(counts) & {*_FAILURES} else ()
    return {"changes": counts, "missing": missing, "without_id": without_id}


async def _first_failures(
    tx: Reading | Writing, announcement: Announcement, places: Places
) -> tuple[Recipient, ...]:
    which = posts(announcement) & _unreached()
    return await _read(tx, _recipients(announcement, which).limit(MOST_FAILURES), places)


def _unreached() -> ColumnElement[bool]:
    return _row.status.in_(_FAILURES) | too_old()


def _recipients(announcement: Announcement, which: ColumnElement[bool]) -> Select[Any]:
    """The chosen deliveries with who has acknowledged, by municipality."""
    table = acks.acknowledgements.c
    acknowledged = (
        (table.announcement_id == announcement.id)
        & (table.tenant_id == people.c.tenant_id)
        & (table.object_id == people.c.object_id)
    )
    names = ("target_name", "municipality", "is_person", "status", "reason", "sending_started_at")
    return (
        select(*(_row[name] for name in names), table.at)
        .select_from(deliveries)
        .outerjoin(people, people.c.id == person_id())
        .outerjoin(acks.acknowledgements, acknowledged)
        .where(which)
        .order_by(_row.municipality, _row.is_person, _row.target_name, _row.id)
    )


async def _read(tx: Reading | Writing, query: Select[Any], places: Places) -> tuple[Recipient, ...]:
    return tuple(_recipient(row, places) for row in (await tx.execute(query)).mappings())


def _recipient(row: RowMapping, places: Places) -> Recipient:
    started = row["sending_started_at"]
    return Recipient(
        name=row["target_name"],
        municipality=places.name_of(row["municipality"]),
        is_person=row["is_person"],
        status=Status(row["status"]),
        reason=row["reason"],
        at=datetime.fromtimestamp(started, UTC) if started else None,
        acknowledged_at=row["at"],
    )
