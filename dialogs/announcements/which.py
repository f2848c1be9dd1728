"""Which announcement a tap or a typed command is about, and who may not give it."""

from dialogs.conversation.dialog import Heard
from dialogs.conversation.talk import Kind

OTHERS_HEAR = "announcements.write.not_a_coordinator"
"""What everybody hears who is no coordinator: announcements are theirs."""


def which_sent(heard: Heard) -> int | None:
    """The announcement of the tapped card; in words, the one whose outcome was shown last."""
    return _which(heard, "announcement")


def which_unsent(heard: Heard) -> int | None:
    """The announcement of the tapped card; in words, the one last shown before sending."""
    return _which(heard, "draft")


def _which(heard: Heard, about: str) -> int | None:
    if heard.turn.kind is Kind.ACTION:
        return heard.number("id")
    id_ = heard.about.get(about)
    return id_ if isinstance(id_, int) and id_ > 0 else None
