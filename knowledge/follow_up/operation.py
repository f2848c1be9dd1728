"""What an operator does with the sender and with sent announcements, whoever wrote them."""

from knowledge.announcements import noting, repository
from knowledge.announcements.models import Announcement
from knowledge.announcements.refusals import NotFound, NotSent
from knowledge.audit import repository as audit
from knowledge.audit.models import Kind, Operator
from knowledge.delivery import changes, pauses
from knowledge.follow_up import rows
from knowledge.follow_up.pause import hold, release
from knowledge.storage.database import Database, Writing


async def hold_all_back(database: Database, by: Operator) -> None:
    """Let nothing leave for now, to nobody."""
    async with database.write() as tx:
        await audit.note(tx, Kind.SENDER_PAUSE, by)
        await pauses.pause(tx, database)


async def let_all_leave(database: Database, by: Operator) -> None:
    """Go on; announcements that are held back by themselves stay so."""
    async with database.write() as tx:
        await audit.note(tx, Kind.SENDER_RESUME, by)
        await pauses.resume(tx)


async def hold_back(database: Database, announcement_id: int, by: Operator) -> None:
    """Let no more of it leave for now. Raises NotFound, NotSent."""
    async with database.write() as tx:
        await hold(tx, database, await _get_sent(tx, announcement_id), by)


async def let_leave(database: Database, announcement_id: int, by: Operator) -> None:
    """Let the rest of what is held back leave. Raises NotFound, NotSent."""
    async with database.write() as tx:
        await release(tx, database, await _get_sent(tx, announcement_id), by)


async def send_refused_again(database: Database, announcement_id: int, by: Operator) -> int:
    """Send again where Teams said no; what is uncertain is left alone. Returns how many.

    Raises NotFound, NotSent.
    """
    async with database.write() as tx:
        known = await _get_sent(tx, announcement_id)
        count = await changes.send_again(tx, database, rows.refused(known), known.message_id)
        await rows.refresh_addresses(tx, known)
        await noting.note(tx, Kind.ANNOUNCEMENT_RESEND_FAILED, by, known, count)
        return count


async def _get_sent(tx: Writing, announcement_id: int) -> Announcement:
    known = await repository.find(tx, announcement_id, for_update=True)
    if known is None:
        raise NotFound(announcement_id)
    if not known.has_left:
        raise NotSent(known)
    return known
