"""Cards for what a recipient decides about announcements."""

from collections.abc import Mapping, Sequence

from dialogs.conversation.card_parts import (
    act,
    card,
    choice_set,
    heading,
    navigate,
    notice,
    paragraph,
    rows,
    small,
    summary,
)
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from knowledge.directory.models import Position
from knowledge.recipients.models import Choices


def positions() -> Reply:
    """What do you do in the municipality?"""
    question = text("recipients.which_position")
    buttons = [act(text(f"recipients.{one.value}"), "position", code=one.value) for one in Position]
    why = small(text("recipients.why_position"))
    return Reply(card=card([heading(question), why, *rows(*buttons)]), summary=summary(question))


def choices(
    chosen: Choices,
    themes: Mapping[str, str],
    *,
    saved: bool = False,
    unread: Sequence[str] = (),
) -> Reply:
    """What is decided so far, with everything that can be changed. `themes` is slug to title,
    `unread` what was among those just chosen and is no theme: then nothing has been saved.
    """
    title = text("recipients.saved" if saved else "recipients.heading")
    position = chosen.position.value if chosen.position else "unknown"
    role = text(f"recipients.{position}")
    followed = choice_set(
        "themes",
        text("recipients.themes"),
        themes,
        [slug for slug in chosen.themes if slug in themes],
        unread=unread,
        isMultiSelect=True,
    )
    wrong = [notice(text("recipients.which_of_themes"), "attention")] if unread else []
    body = [
        heading(title),
        paragraph(text("recipients.position", position=role)),
        paragraph(text(f"recipients.{_way(chosen)}"), spacing="none"),
        *wrong,
        followed,
        small(text("recipients.typed")),
    ]
    save = act(text("recipients.save_themes"), "themes")
    own = navigate(text("recipients.my_position"), "my_position")
    ways = [act(text(f"recipients.{verb}"), verb) for verb in _other_ways(chosen)]
    return Reply(card=card(body, [save, own, *ways]), summary=summary(title))


def _way(chosen: Choices) -> str:
    if chosen.muted:
        return "way_muted"
    return "way_weekly" if chosen.weekly else "way_at_once"


def _other_ways(chosen: Choices) -> list[str]:
    """The verbs for what is not chosen now."""
    if chosen.muted:
        return ["unmute"]
    return ["scatter" if chosen.weekly else "gather", "mute"]
