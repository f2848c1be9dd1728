"""The part of the form and of the preview that tells whom an announcement reaches."""

from collections.abc import Sequence

from dialogs import swedish
from dialogs.cards.parts import Element, notice, paragraph
from dialogs.texts import text
from knowledge.announcements.models import Draft, Reach
from knowledge.directory.places import Places

MOST_NAMES = 5


def recipients(draft: Draft | None, places: Places, counties: Sequence[str]) -> list[Element]:
    choices = []
    for code in counties:
        name = places.name_of(code)
        whole = text("publish_announcement.whole_county", county=name)
        choices.append({"title": whole, "value": code})
        inside = places.municipalities_of(code)
        choices += [{"title": m.name, "value": m.code} for m in inside]
    chosen = [draft.county] if draft else list(counties[:1])
    if draft and draft.municipalities:
        chosen = list(draft.municipalities)
    audience = {
        "type": "Input.ChoiceSet",
        "id": "audience",
        "label": text("publish_announcement.audience"),
        "isMultiSelect": True,
        "style": "compact",
        "wrap": True,
        "value": ",".join(chosen),
        "choices": choices,
    }
    return [audience, _ways(draft)]


def _ways(draft: Draft | None) -> Element:
    """To channels, to people, or both."""
    ways = [("channels", "to_channels"), ("people", "to_people")]
    wanted = [way for way, field in ways if getattr(draft, field)] if draft else ["channels"]
    return {
        "type": "Input.ChoiceSet",
        "id": "reach",
        "label": text("publish_announcement.reach"),
        "isMultiSelect": True,
        "style": "expanded",
        "wrap": True,
        "value": ",".join(wanted),
        "choices": [
            {"title": text("publish_announcement.to_channels"), "value": "channels"},
            {"title": text("publish_announcement.to_people"), "value": "people"},
        ],
    }


def reaches(reach: Reach, places: Places) -> list[Element]:
    if not reach.channels + reach.people:
        lines = [notice(text("publish_announcement.nobody"), "warning")]
    else:
        line = text(
            "publish_announcement.reaches",
            channels=text("publish_announcement.channels", count=reach.channels),
            people=text("publish_announcement.people", count=reach.people),
            municipalities=text(
                "publish_announcement.municipalities", count=reach.municipalities_reached
            ),
        )
        lines = [paragraph(line, weight="bolder")]
    if reach.municipalities_without:
        names = _names([places.name_of(code) for code in reach.municipalities_without])
        count = len(reach.municipalities_without)
        lines.append(paragraph(text("publish_announcement.without", count=count, names=names)))
    return lines


def _names(names: list[str]) -> str:
    if len(names) <= MOST_NAMES:
        return swedish.joined(names)
    shown, left = ", ".join(names[:MOST_NAMES]), len(names) - MOST_NAMES
    return text("publish_announcement.without_more", names=shown, count=left)
