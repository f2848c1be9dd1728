"""Which of an announcement's deliveries is meant: conditions on the outbox's rows."""

from sqlalchemy import ColumnElement, Integer, case, cast, false, func, or_, select, update

from knowledge.announcements.models import Announcement, AnnouncementStatus
from knowledge.channels.models import channels
from knowledge.delivery.changes import NO_ID
from knowledge.delivery.models import Action, Status, deliveries
from knowledge.delivery.waiting import TOO_OLD
from knowledge.directory.models import people
from knowledge.storage.database import Writing

_AGAIN = (Status.FAILED, Status.UNCERTAIN)
_GONE = (Status.NOT_INSTALLED, Status.BLOCKED)

_row = deliveries.c


def person_id() -> ColumnElement[int]:
    """Whose chat a delivery goes to; null for channels. Within an announcement's group only."""
    return case((_row.is_person, cast(func.substr(_row.target, len("person:") + 1), Integer)))


def _channel_id() -> ColumnElement[int]:
    return case((~_row.is_person, cast(func.substr(_row.target, len("channel:") + 1), Integer)))


def posts(announcement: Announcement) -> ColumnElement[bool]:
    """Each recipient's message once: what was sent again stands for what it was sent again for."""
    group = _row.group_key == announcement.group_key
    sent_again = select(_row.resend_of).where(group, _row.resend_of.is_not(None))
    return group & (_row.action == Action.POST) & _row.id.not_in(sent_again)


def changes(announcement: Announcement) -> ColumnElement[bool]:
    """The newest correction of each copy, or its withdrawal.

    What only the seats of a training have changed is no correction.
    """
    group = _row.group_key == announcement.group_key
    sent_again = select(_row.resend_of).where(group, _row.resend_of.is_not(None))
    newest: ColumnElement[bool] = false()
    if announcement.status is AnnouncementStatus.WITHDRAWN:
        newest = _row.action == Action.DELETE
    elif announcement.corrected_at:
        newest = (_row.action == Action.UPDATE) & (_row.message_id == announcement.message_id)
    return group & newest & _row.id.not_in(sent_again)


def failed(announcement: Announcement) -> ColumnElement[bool]:
    """The recipients worth another try.

    Teams said no, or they were gone and have come back, or it had lain too long to leave by itself.
    """
    person_is_back = select(people.c.id).where(people.c.id == person_id(), people.c.installed)
    channel_is_back = select(channels.c.id).where(
        channels.c.id == _channel_id(), channels.c.installed
    )
    back = _row.status.in_(_GONE) & (person_is_back.exists() | channel_is_back.exists())
    return posts(announcement) & or_(_row.status == Status.FAILED, too_old(), back)


def can_be_changed() -> ColumnElement[bool]:
    """Not what Teams took without giving it an id."""
    return _row.reason != NO_ID


def refused(announcement: Announcement) -> ColumnElement[bool]:
    """What Teams said no to, of what its recipients should have now: posts, or changes of them."""
    chosen = changes(announcement)
    if announcement.status is AnnouncementStatus.SENT:
        chosen |= posts(announcement)
    return chosen & (_row.status == Status.FAILED) & can_be_changed()


def uncertain(announcement: Announcement) -> ColumnElement[bool]:
    """The recipients that may not have got it."""
    return posts(announcement) & (_row.status == Status.UNCERTAIN)


def not_changed(announcement: Announcement) -> ColumnElement[bool]:
    """The copies whose correction or withdrawal did not go through, or perhaps not."""
    return changes(announcement) & _row.status.in_((*_AGAIN, *_GONE))


def unchanged(announcement: Announcement) -> ColumnElement[bool]:
    """Those of them that can be tried again."""
    return not_changed(announcement) & _row.status.in_(_AGAIN) & can_be_changed()


def under_way(announcement: Announcement) -> ColumnElement[bool]:
    """The recipients to whom it has yet to leave, or is leaving now."""
    return posts(announcement) & _row.status.in_((Status.PENDING, Status.SENDING))


def too_old() -> ColumnElement[bool]:
    """What lay in a database that nobody had sent from, and was left alone."""
    return (_row.status == Status.CANCELLED) & (_row.reason == TOO_OLD)


async def refresh_addresses(tx: Writing, announcement: Announcement) -> None:
    """What is sent again goes where the recipient is now, which need not be where it was."""
    again = posts(announcement) & _row.resend_of.is_not(None) & (_row.status == Status.PENDING)
    for table, key in ((people, person_id()), (channels, _channel_id())):
        is_its = key == table.c.id
        address = {
            name: select(table.c[name]).where(is_its).scalar_subquery()
            for name in ("conversation_id", "service_url")
        }
        known = select(table.c.id).where(is_its, table.c.conversation_id != "").exists()
        await tx.execute(update(deliveries).where(again, known).values(**address))
