"""Cards for what a recipient decides about announcements."""

from collections.abc import Mapping

from dialogs.cards.parts import (
    act,
    card,
    heading,
    navigate,
    paragraph,
    rows,
    small,
    summary,
)
from dialogs.talk import Reply
from dialogs.texts import text
from knowledge.directory.models import Position
from knowledge.recipients.models import Choices


def positions() -> Reply:
    """What do you do in the municipality?"""
    question = text("choose_announcements.which_position")
    buttons = [
        act(text(f"choose_announcements.{one.value}"), "position", code=one.value)
        for one in Position
    ]
    why = small(text("choose_announcements.why_position"))
    return Reply(card=card([heading(question), why, *rows(*buttons)]), summary=summary(question))


def choices(chosen: Choices, themes: Mapping[str, str], *, saved: bool = False) -> Reply:
    """What is decided so far, with everything that can be changed. `themes` is slug to title."""
    title = text("choose_announcements.saved" if saved else "choose_announcements.heading")
    position = chosen.position.value if chosen.position else "unknown"
    role = text(f"choose_announcements.{position}")
    followed = {
        "type": "Input.ChoiceSet",
        "id": "themes",
        "label": text("choose_announcements.themes"),
        "isMultiSelect": True,
        "style": "compact",
        "wrap": True,
        "value": ",".join(slug for slug in chosen.themes if slug in themes),
        "choices": [{"title": name, "value": slug} for slug, name in themes.items()],
    }
    body = [
        heading(title),
        paragraph(text("choose_announcements.position", position=role)),
        paragraph(text(f"choose_announcements.{_way(chosen)}"), spacing="none"),
        followed,
        small(text("choose_announcements.typed")),
    ]
    save = act(text("choose_announcements.save_themes"), "themes")
    own = navigate(text("choose_announcements.my_position"), "my_position")
    ways = [act(text(f"choose_announcements.{verb}"), verb) for verb in _other_ways(chosen)]
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
