"""Cards for what a recipient decides about announcements."""

from collections.abc import Mapping

from dialogs.conversation.card_parts import (
    act,
    card,
    heading,
    navigate,
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


def choices(chosen: Choices, themes: Mapping[str, str], *, saved: bool = False) -> Reply:
    """What is decided so far, with everything that can be changed. `themes` is slug to title."""
    title = text("recipients.saved" if saved else "recipients.heading")
    position = chosen.position.value if chosen.position else "unknown"
    role = text(f"recipients.{position}")
    followed = {
        "type": "Input.ChoiceSet",
        "id": "themes",
        "label": text("recipients.themes"),
        "isMultiSelect": True,
        "style": "compact",
        "wrap": True,
        "value": ",".join(slug for slug in chosen.themes if slug in themes),
        "choices": [{"title": name, "value": slug} for slug, name in themes.items()],
    }
    body = [
        heading(title),
        paragraph(text("recipients.position", position=role)),
        paragraph(text(f"recipients.{_way(chosen)}"), spacing="none"),
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
