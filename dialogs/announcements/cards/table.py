"""Every recipient of an announcement as rows of a table, in the words of the screen."""

from collections.abc import Iterable
from datetime import datetime

from dialogs.announcements.cards import outcome
from dialogs.announcements.cards.recipients import reason
from dialogs.conversation import swedish
from dialogs.conversation.texts import text
from knowledge.follow_up.models import Group, Recipient

_COLUMNS = ("municipality", "target", "kind", "state", "reason", "at", "acknowledged")


def header() -> list[str]:
    return [text(f"announcements.follow.column_{column}") for column in _COLUMNS]


def rows(recipients: Iterable[Recipient]) -> list[list[str]]:
    """One row for each recipient."""
    return [_row(recipient) for recipient in recipients]


def _row(recipient: Recipient) -> list[str]:
    group = next(one for one in Group if recipient.status in one.statuses)
    kind = "person" if recipient.is_person else "channel"
    return [
        recipient.municipality,
        swedish.bare(recipient.name),
        text(f"announcements.follow.kind_{kind}"),
        outcome.label(group.value),
        reason(recipient),
        _moment(recipient.at),
        _moment(recipient.acknowledged_at),
    ]


def _moment(when: datetime | None) -> str:
    """2026-11-22 13:05, in Swedish time, which a spreadsheet can sort."""
    return f"{when.astimezone(swedish.SWEDEN):%Y-%m-%d %H:%M}" if when else ""
