"""Whether one that has not left is to leave now."""

from dialogs.conversation import swedish
from dialogs.conversation.card_parts import Element, act, card, heading, small, summary
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from knowledge.announcements.models import Announcement

YES = "announcements.spoken.yes_now"
"""The button of a yes."""


def whether(known: Announcement) -> Reply:
    """Which one it is, and when it would go otherwise."""
    said = text("announcements.spoken.ask_now", heading=swedish.plain(known.heading))
    until: list[Element] = []
    if known.waits and known.draft.send_at:
        moment = swedish.moment(known.draft.send_at)
        until = [small(text("announcements.spoken.until_then", moment=moment))]
    actions = [
        act(text(YES), "announce_yes_now", id=known.id),
        act(text("announcements.spoken.let_be"), "announce_not_now", id=known.id),
    ]
    body = [heading(said), *until, small(text("announcements.spoken.yes_or_no"))]
    return Reply(card=card(body, actions), summary=summary(said))
