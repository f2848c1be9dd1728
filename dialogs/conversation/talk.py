"""The words of a conversation: a `Turn` comes in, `Reply` goes out.

Nothing here knows Teams' own types. `bot/teams/mapping.py` translates in both directions.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import astuple, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from knowledge import privacy
from knowledge.channels.models import Change
from knowledge.delivery.messenger import Message

Card = dict[str, Any]


class Scope(StrEnum):
    """Where a conversation is held."""

    PERSONAL = "personal"
    CHANNEL = "channel"
    GROUP = "groupChat"


class Kind(StrEnum):
    """What happened."""

    MESSAGE = "message"
    ACTION = "action"  # a tap on a card button
    INSTALLED = "installed"  # the app was added here
    UNINSTALLED = "uninstalled"
    ADDED = "added"  # the bot became a member (arrives beside INSTALLED)
    CHANGED = (
        "changed"  # heard of and not answered: `Turn.change` says if a team or channel changed
    )


@dataclass(frozen=True)
class Place:
    """The conversation a turn came from, as Teams names it.

    A channel thread's `conversation_id` ends in `;messageid=…`; `channel_id` is the channel itself.
    `channel_kind` is standard, private, shared, or empty. `channel_is_chosen` is true when Teams
    names the channel that the bot was added to.
    """

    tenant_id: str
    conversation_id: str
    scope: Scope
    service_url: str
    team_id: str = ""
    team_name: str = ""
    channel_id: str = ""
    channel_name: str = ""
    channel_kind: str = ""
    channel_is_chosen: bool = False


@dataclass(frozen=True)
class Speaker:
    """Who acts. Identity is tenant and Entra object id, never the name.

    `object_id` is empty for guests and anonymous users; `teams_id` is Teams' own "29:…" id.
    """

    tenant_id: str
    object_id: str
    teams_id: str
    name: str = ""


@dataclass(frozen=True)
class Turn:
    """One thing that happened in a conversation.

    `text` is free from the mention of the bot. `verb` and `data` come from a tapped button and
    are untrusted. `awaits_card` is true when Teams waits for the answer and shows it in place of
    the tapped card (Action.Execute). `at` is when it happened, if Teams says. `edits` is the id of
    the message whose words were changed to these.
    """

    activity_id: str
    kind: Kind
    place: Place
    speaker: Speaker
    text: str = ""
    verb: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    awaits_card: bool = False
    has_attachment: bool = False
    at: datetime | None = None
    change: Change | None = None
    edits: str = ""


@dataclass(frozen=True)
class Shows:
    """Which announcement a card tells of, and in short what it says: it is edited when that is not
    so any more."""

    announcement: int
    says: str


@dataclass(frozen=True)
class Reply:
    """One message: either plain text (Teams' Markdown subset) or a card, never both.

    Teams splits text plus card into two messages and returns no id for them, hence never both.
    `summary` is the notification text of a card. `suggestions` are up to three sentences to tap;
    Teams shows them in personal chats and only without a card. `personal` sends the reply to the
    speaker's own chat with the bot, wherever the turn came from. `shows` is set where a card must
    go on telling the truth.
    """

    text: str = ""
    card: Card | None = None
    summary: str = ""
    suggestions: tuple[str, ...] = ()
    personal: bool = False
    shows: Shows | None = None

    def kept(self) -> dict[str, Any]:
        """The same as plain JSON, for when Teams asks for it again; without personal numbers."""
        said: dict[str, Any] = {"text": self.text, "card": self.card, "summary": self.summary}
        said |= {"suggestions": [*self.suggestions], "personal": self.personal}
        said |= {"shows": astuple(self.shows)} if self.shows else {}
        return dict(without_numbers(said))

    @classmethod
    def restored(cls, kept: Mapping[str, Any]) -> "Reply":
        """What `kept` wrote."""
        shows = Shows(*kept["shows"]) if "shows" in kept else None
        return cls(**{**kept, "suggestions": tuple(kept.get("suggestions", ())), "shows": shows})

    @property
    def message(self) -> Message:
        """The same as the outbox takes it, to be sent from there."""
        return self.message_about(None)

    def message_about(self, training: int | None) -> Message:
        """The same, about a training: what is asked next is about it too."""
        return Message(self.text, self.card, self.summary, training)


def without_numbers(part: Any) -> Any:
    """The same JSON without personal numbers: what is shown again is not kept with them."""
    if isinstance(part, str):  # a card has a hundred, most of them too short
        return privacy.mask_personal_numbers(part) if len(part) >= privacy.SHORTEST_NUMBER else part
    if isinstance(part, list | tuple):
        return [without_numbers(one) for one in part]
    if isinstance(part, Mapping):
        return {name: without_numbers(one) for name, one in part.items()}
    return part


Speak = Callable[[Reply], Awaitable[None]]
"""Delivers one reply of the current turn."""
