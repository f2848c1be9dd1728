"""Which announcement is to be stopped, and whether it is."""

from collections.abc import Sequence

from dialogs.conversation import inputs, swedish
from dialogs.conversation.card_parts import (
    Element,
    act,
    bold,
    card,
    group,
    heading,
    paragraph,
    small,
    summary,
)
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from knowledge.announcements.models import Announcement
from knowledge.directory.places import fold

YES = ("announcements.stop.yes_call_off", "announcements.stop.yes_stop")
"""The buttons of a yes: of what has not left, and of what has."""


def whether(known: Announcement) -> Reply:
    """Whether just this one is to be stopped."""
    title = swedish.plain(known.heading)
    key = "ask_stop" if known.has_left else "ask_call_off"
    said = text(f"announcements.stop.{key}", heading=title)
    body = [
        heading(said),
        paragraph(_becomes(known)),
        small(text("announcements.spoken.yes_or_no")),
    ]
    no = act(text("announcements.spoken.let_be"), "announce_go_on", id=known.id)
    return Reply(
        card=card(body, [_do(known, text(YES[known.has_left])), no]), summary=summary(said)
    )


def which(several: Sequence[Announcement]) -> Reply:
    """Which of these, each with what would become of it."""
    said = text("announcements.stop.which")
    body, actions = [heading(said)], list[Element]()
    for number, one in enumerate(several, start=1):
        title = swedish.plain(one.heading)
        row = text("announcements.follow.mine_row", number=number, heading=title)
        body.append(group([bold(row), paragraph(_becomes(one), spacing="none")]))
        title = text(f"announcements.stop.{_NUMBERED[one.has_left]}", number=number)
        actions.append(_do(one, title))
    body.append(small(text("announcements.stop.which_typed")))
    return Reply(card=card(body, actions), summary=summary(said))


def number_in(typed: str) -> int | None:
    """Which of them: a number, or the words of its button."""
    number = inputs.number(typed) or inputs.number(typed.rpartition(" ")[2])
    titles = [text(f"announcements.stop.{key}", number=number) for key in _NUMBERED]
    is_button = fold(typed, strip=False) in [fold(title, strip=False) for title in titles]
    return number if is_button or inputs.number(typed) else None


def _do(known: Announcement, title: str) -> Element:
    verb = "announce_stop" if known.has_left else "announce_take_back"
    return act(title, verb, id=known.id)


def _becomes(known: Announcement) -> str:
    """When it would go, and what it becomes."""
    if known.has_left:
        return text("announcements.stop.under_way")
    if known.draft.send_at is None:
        return text("announcements.stop.waits")
    return text("announcements.stop.due", moment=swedish.moment(known.draft.send_at))


_NUMBERED = ("call_off_number", "stop_number")
