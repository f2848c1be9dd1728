"""A pause of one announcement: no more of it leaves until somebody lets it.

The coordinator's button and `tryggve sender pause` do the same, so that either may end what the
other began.
"""

from dataclasses import replace

from knowledge.announcements import noting, progress
from knowledge.announcements import repository as announcements
from knowledge.announcements.models import Announcement, AnnouncementStatus
from knowledge.audit.models import Kind, Somebody
from knowledge.delivery import pauses, waiting
from knowledge.follow_up import repository, rows
from knowledge.storage.database import Database, Writing


async def hold(tx: Writing, database: Database, known: Announcement, by: Somebody) -> Announcement:
    """Let no more of it leave for now. Changes nothing when all of it has."""
    if known.status is not AnnouncementStatus.SENT:
        return known
    if not await repository.count(tx, rows.under_way(known)):
        return known
    await noting.note(tx, Kind.ANNOUNCEMENT_PAUSE, by, known)
    await pauses.pause(tx, database, known.group_key)
    return await _become(tx, database, known, AnnouncementStatus.PAUSED)


async def release(
    tx: Writing, database: Database, known: Announcement, by: Somebody
) -> Announcement:
    """Let the rest of what is paused leave. Wake the sender after commit."""
    if known.status is not AnnouncementStatus.PAUSED:
        return known
    await noting.note(tx, Kind.ANNOUNCEMENT_RESUME, by, known)
    await pauses.resume(tx, known.group_key)
    await waiting.wait_anew(tx, known.group_key)
    return await _become(tx, database, known, AnnouncementStatus.SENT)


async def _become(
    tx: Writing, database: Database, known: Announcement, status: AnnouncementStatus
) -> Announcement:
    changed = replace(known, status=status)
    await announcements.save(tx, changed)
    await progress.watch(tx, database, known.id)
    return changed
