"""Which announcement a tap or a typed command is about, and who may not give it."""

from dialogs.conversation.dialog import Answer, Heard
from dialogs.conversation.intents import understand
from dialogs.conversation.memory import LISTED
from dialogs.conversation.talk import Kind, Reply
from dialogs.conversation.texts import text

OTHERS_HEAR = "announcements.write.not_a_coordinator"
"""What everybody hears who is no coordinator: announcements are theirs."""

FOLLOW = "follow_announcement"
"""The name of the dialog that lists what has been sent."""


def which_sent(heard: Heard) -> int | None:
    """The announcement of the tapped card; in words, the one whose outcome was shown last."""
    return _which(heard, "announcement")


def which_unsent(heard: Heard) -> int | None:
    """The announcement of the tapped card; in words, the one last shown before sending."""
    return _which(heard, "draft")


def which_to_change(heard: Heard) -> int | None:
    """The same for what others notice: none where one that has not been sent was shown since, for
    that one may be meant."""
    if heard.turn.kind is not Kind.ACTION and heard.about.get("latest") == "draft":
        return None
    return which_sent(heard)


def one_of_several(heard: Heard) -> Answer | None:
    """Several that have been sent are listed, and none of them was chosen since: which is meant?"""
    if heard.turn.kind is Kind.ACTION or heard.about.get("latest") != LISTED:
        return None
    said = Reply(text("announcements.follow.which_listed"))
    return Answer(said, then="pick", values={"listed": FOLLOW}, by=FOLLOW)


def last_shown(heard: Heard) -> int:
    """The announcement that was shown last, sent or not; 0 for none."""
    unsent = heard.about.get("latest") == "draft"
    return (which_unsent(heard) if unsent else which_sent(heard)) or 0


def unsent_shown(heard: Heard) -> int | None:
    """The one that was shown last, where it has not been sent and words are about it."""
    is_tap = heard.turn.kind is Kind.ACTION
    return None if is_tap or which_to_change(heard) else which_unsent(heard)


def none_shown(heard: Heard) -> Answer | None:
    """Nothing is on the screen that it could be about: which announcement is meant?

    Only a coordinator's plain command is asked about; what merely sounds like one, or is said
    while something else is awaited, may mean something else.
    """
    intent = understand(heard.text)
    awaited = heard.awaited and not heard.values.get(
        "waits"
    )  # what waits for its time asks nothing
    is_plain = intent is not None and intent.exact and not awaited
    if not (heard.is_coordinator and is_plain):
        return None
    return Answer(Reply(text("announcements.follow.none_shown")))


def _which(heard: Heard, about: str) -> int | None:
    if heard.turn.kind is Kind.ACTION:
        return heard.number("id")
    if about == "draft" and "token" in heard.values and not heard.values.get("id"):
        return None  # a new form is on the screen, and nothing older is meant
    id_ = heard.about.get(about)
    return id_ if isinstance(id_, int) and id_ > 0 else None
