"""What is done with an announcement goes into the log, in the transaction that does it."""

from knowledge.announcements.eyes import Act
from knowledge.announcements.models import Announcement, AnnouncementStatus
from knowledge.audit import repository as audit
from knowledge.audit.models import Kind, Somebody
from knowledge.storage.database import Writing

_WHAT_CAME = {
    AnnouncementStatus.SENT: Kind.ANNOUNCEMENT_SEND,
    AnnouncementStatus.SCHEDULED: Kind.ANNOUNCEMENT_SCHEDULE,
    AnnouncementStatus.WAITING_APPROVAL: Kind.ANNOUNCEMENT_ASK,
}


def kind_of(act: Act) -> Kind:
    """What the log calls it. Raises ValueError for what is not noted."""
    return Kind(f"announcement_{act.value}")


async def note(
    tx: Writing,
    kind: Kind,
    by: Somebody | None,
    known: Announcement,
    count: int = 0,
) -> None:
    """Somebody has done this with it; it reached so many."""
    act = (tx, kind, by, f"announcement:{known.id}")
    await audit.note(*act, counties=[known.county], count=count)


async def note_sending(tx: Writing, by: Somebody, done: Announcement, count: int) -> None:
    """What came of wanting to send it: it has left, waits for its time, or for a colleague."""
    await note(tx, _WHAT_CAME[done.status], by, done, count)
