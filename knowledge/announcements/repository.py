"""Rows about announcements. What became of them is in `follow_up/repository.py`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, insert, select, update

from knowledge.announcements.audience import Audience
from knowledge.announcements.models import (
    Announcement,
    AnnouncementStatus,
    Draft,
    announcements,
    status_is,
)
from knowledge.announcements.words import Words
from knowledge.directory.models import Person
from knowledge.storage.database import Reading, Writing

_WAITING = (AnnouncementStatus.WAITING_APPROVAL, AnnouncementStatus.SCHEDULED)
_KEPT = announcements.c.deleted_at.is_(None)


async def find(
    tx: Reading | Writing, announcement_id: int, *, for_update: bool = False
) -> Announcement | None:
    """The announcement; held until the transaction ends when it is `for_update`.

    Rows that only refer to it, as acknowledgements do, may be written meanwhile.
    """
    if not 0 < announcement_id < 2**31:  # ids come from cards: no database could look this one up
        return None
    query = select(announcements).where(announcements.c.id == announcement_id, _KEPT)
    if for_update:
        query = query.with_for_update(key_share=True)
    row = (await tx.execute(query)).mappings().first()
    return _announcement(row) if row else None


async def list_by_author(
    tx: Reading | Writing, tenant_id: str, object_id: str, counties: Sequence[str], limit: int
) -> list[Announcement]:
    """Those that wait first, lest they scroll out of sight; then the newest."""
    waiting = announcements.c.status.in_(_WAITING)
    query = (
        select(announcements)
        .where(
            announcements.c.author_tenant_id == tenant_id,
            announcements.c.author_object_id == object_id,
            announcements.c.county.in_(counties),
            _KEPT,
        )
        .order_by(waiting.desc(), announcements.c.id.desc())
        .limit(limit)
    )
    return [_announcement(row) for row in (await tx.execute(query)).mappings()]


async def add(tx: Writing, author: Person, draft: Draft, now: datetime) -> int:
    row = insert(announcements).values(
        author_tenant_id=author.tenant_id,
        author_object_id=author.object_id,
        author_name=author.name,
        status=AnnouncementStatus.DRAFT,
        version=1,
        created_at=now,
        **_columns(draft),
    )
    return int((await tx.execute(row.returning(announcements.c.id))).scalar_one())


async def save(tx: Writing, announcement: Announcement) -> None:
    """Write everything that can change."""
    row = update(announcements).where(announcements.c.id == announcement.id)
    await tx.execute(
        row.values(
            status=announcement.status,
            version=announcement.version,
            message_id=announcement.message_id,
            sent_at=announcement.sent_at,
            corrected_at=announcement.corrected_at,
            approver_tenant_id=announcement.approver_tenant_id,
            approver_object_id=announcement.approver_object_id,
            asker_tenant_id=announcement.asker_tenant_id,
            asker_object_id=announcement.asker_object_id,
            **_columns(announcement.draft),
        )
    )


async def delete(tx: Writing, announcement: Announcement, now: datetime) -> None:
    """Forget what it says; its id is never used again."""
    row = update(announcements).where(announcements.c.id == announcement.id)
    await tx.execute(row.values(deleted_at=now, **Words().to_row()))


async def list_due(tx: Reading | Writing, now: datetime) -> list[int]:
    """Ids of those whose time to be sent has come, in the order of their times."""
    query = (
        select(announcements.c.id)
        .where(status_is(AnnouncementStatus.SCHEDULED), announcements.c.send_at <= now)
        .order_by(announcements.c.send_at, announcements.c.id)
    )
    return list((await tx.execute(query)).scalars())


async def list_waiting(tx: Reading | Writing, counties: Sequence[str]) -> list[Announcement]:
    """Those of the counties that wait for a second coordinator, the oldest first."""
    query = (
        select(announcements)
        .where(status_is(AnnouncementStatus.WAITING_APPROVAL), announcements.c.county.in_(counties))
        .order_by(announcements.c.id)
    )
    return [_announcement(row) for row in (await tx.execute(query)).mappings()]


def _columns(draft: Draft) -> dict[str, Any]:
    return {
        **draft.words.to_row(),
        "county": draft.county,
        "audience": draft.audience.to_json(),
        "training_id": draft.training_id,
        "acknowledge": draft.acknowledge,
        "send_at": draft.send_at,
    }


def _announcement(row: RowMapping) -> Announcement:
    draft = Draft(
        words=Words.from_row(row),
        county=row["county"],
        audience=Audience.from_json(row["audience"]),
        training_id=row["training_id"],
        acknowledge=row["acknowledge"],
        send_at=row["send_at"],
    )
    return Announcement(
        id=row["id"],
        author_tenant_id=row["author_tenant_id"],
        author_object_id=row["author_object_id"],
        author_name=row["author_name"],
        draft=draft,
        status=AnnouncementStatus(row["status"]),
        version=row["version"],
        message_id=row["message_id"],
        created_at=row["created_at"],
        sent_at=row["sent_at"],
        corrected_at=row["corrected_at"],
        approver_tenant_id=row["approver_tenant_id"],
        approver_object_id=row["approver_object_id"],
        asker_tenant_id=row["asker_tenant_id"],
        asker_object_id=row["asker_object_id"],
    )
