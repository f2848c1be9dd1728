"""The port through which knowledge speaks on its own initiative.

`bot/teams/messenger.py` implements it over the Bot Connector; tests use `tests/support/fakes.py`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol


class Outcome(StrEnum):
    """What became of one attempt to send."""

    SENT = "sent"
    RETRY = "retry"  # known not to have been delivered: safe to try again
    UNSURE = "unsure"  # may have been delivered: 502, 503 and 504
    UNCERTAIN = "uncertain"  # may have been delivered, and must not be tried again
    NOT_INSTALLED = "not_installed"
    BLOCKED = "blocked"
    FAILED = "failed"


@dataclass(frozen=True)
class Address:
    """Where a message goes: a conversation, or a person whose chat is still to be opened.

    `conversation_id` may be empty when `teams_id` names a person; sending then opens the chat.
    """

    tenant_id: str
    service_url: str
    conversation_id: str = ""
    teams_id: str = ""


@dataclass(frozen=True)
class Message:
    """One message: text, or a card with its notification line.

    `training` is the one that it is about, if any: the outbox remembers it, and nobody sends it.
    """

    text: str = ""
    card: dict[str, Any] | None = None
    summary: str = ""
    training: int | None = None


@dataclass(frozen=True)
class Sent:
    """The result of one attempt. `retry_after` is in seconds; `reason` is a short English code."""

    outcome: Outcome
    activity_id: str = ""
    conversation_id: str = ""
    status: int = 0
    reason: str = ""
    retry_after: float = 0.0


class Messenger(Protocol):
    """Sends to Teams. Never raises for what the network or Teams does: it says what happened."""

    async def post(self, to: Address, message: Message) -> Sent:
        """Send as a new message; in a channel as a post of its own."""
        ...

    async def update(self, to: Address, activity_id: str, message: Message) -> Sent:
        """Replace a message sent before."""
        ...

    async def delete(self, to: Address, activity_id: str) -> Sent:
        """Take a message back. Already gone counts as sent."""
        ...
