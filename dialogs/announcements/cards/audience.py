"""The part of the form and of the preview that tells whom an announcement reaches."""

from collections.abc import Sequence

from dialogs.announcements.facts import Facts
from dialogs.announcements.offered import Offered
from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
    Element,
    bold,
    card,
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
from knowledge.announcements.audience import Audience, TrainingPart
from knowledge.announcements.models import Draft
from knowledge.announcements.reach import Missed, Reach
from knowledge.directory.models import NATIONAL, Position
from knowledge.directory.places import Places

MOST_NAMES = 5
MOST_COUNTIES = 3
"""Whoever acts for more is offered whole counties: every municipality would be a list of 290."""

LONGEST_TITLE = 60


def recipients(draft: Draft | None, offered: Offered) -> list[Element]:
    """The fields for places, ways, themes, positions and one training."""
    audience = draft.audience if draft else Audience(counties=offered.at_first)
    themes = [(slug, title) for slug, title in offered.themes.items()]
    positions = [(one.value, text(f"recipients.{one.value}")) for one in Position]
    return [
        _several("audience", audience.places, _places(audience, offered)),
        _ways(audience),
        _several("themes", audience.themes, themes),
        _several("positions", audience.positions, positions),
        *_trainings(audience, offered),
    ]


def reaches(id_: int, audience: Audience, reach: Reach, facts: Facts) -> list[Element]:
    """How many it reaches and how it was narrowed; whom not, and a way to see all of those."""
    lines = [_reached(reach)]
    if reach.weekly:
        lines.append(
            paragraph(text("announcements.audience.weekly", count=reach.weekly), spacing="small")
        )
    lines += [small(line) for line in _narrowed(audience, facts)]
    for reason, missed in reach.left_out.items():
        lines.append(paragraph(_missed(reason, missed, facts.places), spacing="small"))
    if any(len(missed.municipalities) > MOST_NAMES for missed in reach.left_out.values()):
        lines += rows(
            navigate(text("announcements.audience.show_left_out"), "announce_left_out", id=id_)
        )
    return lines


def left_out(reach: Reach, places: Places) -> Reply:
    """Every municipality with somebody who is not reached, under the reason."""
    body = [heading(text("announcements.audience.left_out_heading"))]
    for reason, missed in reach.left_out.items():
        names = swedish.joined([places.name_of(code) for code in missed.municipalities])
        title = text(f"announcements.audience.reason_{reason.value}", count=missed.count)
        body += [bold(title), *([paragraph(names, spacing="none")] if names else [])]
    if not reach.left_out:
        body.append(paragraph(text("announcements.audience.nobody_left_out")))
    body.append(small(text("announcements.write.preview_typed")))
    return Reply(card=card(body), summary=summary(text("announcements.audience.left_out_heading")))


def _several(id_: str, chosen: Sequence[str], choices: Sequence[tuple[str, str]]) -> Element:
    return {
        "type": "Input.ChoiceSet",
        "id": id_,
        "label": text(f"announcements.audience.{id_}"),
        "isMultiSelect": True,
        "style": "compact",
        "wrap": True,
        "value": ",".join(chosen),
        "choices": [{"title": title, "value": value} for value, title in choices],
    }


def _places(audience: Audience, offered: Offered) -> list[tuple[str, str]]:
    """Whole counties with their municipalities; what was chosen in words is kept in any case."""
    places = offered.places
    counties = [code for code in offered.counties if code != NATIONAL]
    choices = []
    if offered.is_national:
        counties = list(places.counties)
        choices = [(NATIONAL, places.nation.name.capitalize())]
    for code in counties:
        choices.append(
            (code, text("announcements.audience.whole_county", county=places.name_of(code)))
        )
        if len(counties) <= MOST_COUNTIES:
            choices += [(one.code, one.name) for one in places.municipalities_of(code)]
    listed = {code for code, _ in choices}
    return choices + [
        (code, places.name_of(code))
        for code in audience.places
        if code not in listed and places.name_of(code)
    ]


def _ways(audience: Audience) -> Element:
    """To channels, to people, or both."""
    ways = {"channels": audience.to_channels, "people": audience.to_people}
    return {
        "type": "Input.ChoiceSet",
        "id": "reach",
        "label": text("announcements.write.reach"),
        "isMultiSelect": True,
        "style": "expanded",
        "wrap": True,
        "value": ",".join(way for way, wanted in ways.items() if wanted),
        "choices": [
            {"title": text("announcements.write.to_channels"), "value": "channels"},
            {"title": text("announcements.write.to_people"), "value": "people"},
        ],
    }


def _trainings(audience: Audience, offered: Offered) -> list[Element]:
    if not offered.trainings:
        return []
    choices = [{"title": text("announcements.audience.no_training"), "value": "none"}]
    for training in offered.trainings:
        title = swedish.bare(training.title, LONGEST_TITLE)
        for part in TrainingPart:
            shown = text(f"announcements.audience.{part.value}", title=title)
            choices.append({"title": shown, "value": f"{training.id}:{part.value}"})
    chosen = f"{audience.training}:{audience.training_part.value}" if audience.training else "none"
    field = {
        "type": "Input.ChoiceSet",
        "id": "training",
        "label": text("announcements.audience.training"),
    }
    return [{**field, "style": "compact", "wrap": True, "value": chosen, "choices": choices}]


def _reached(reach: Reach) -> Element:
    if not reach.total:
        return notice(text("announcements.write.nobody"), "warning")
    line = text(
        "announcements.write.reaches",
        channels=text("announcements.write.channels", count=reach.channels),
        people=text("announcements.write.people", count=reach.people),
        municipalities=text("announcements.write.municipalities", count=reach.municipalities),
    )
    return paragraph(line, weight="bolder")


def _narrowed(audience: Audience, facts: Facts) -> list[str]:
    """Which people are meant, when not all of them are."""
    if not audience.to_people:
        return []
    lines = []
    if audience.themes:
        titles = [facts.themes.get(slug, slug) for slug in audience.themes]
        lines.append(text("announcements.audience.only_themes", themes=swedish.joined(titles)))
    if audience.positions:
        names = [text(f"recipients.{one.value}") for one in audience.positions]
        lines.append(text("announcements.audience.only_positions", positions=swedish.joined(names)))
    if training := facts.narrowed_to:
        key, title = (
            f"announcements.audience.{audience.training_part.value}",
            swedish.plain(training.title, LONGEST_TITLE),
        )
        lines.append(text("announcements.audience.only_training", training=text(key, title=title)))
    return lines


def _missed(reason: str, missed: Missed, places: Places) -> str:
    names = [places.name_of(code) for code in missed.municipalities]
    shown = swedish.joined(names)
    if len(names) > MOST_NAMES:
        first, left = ", ".join(names[:MOST_NAMES]), len(names) - MOST_NAMES
        shown = text("announcements.audience.and_more", names=first, count=left)
    title = text(f"announcements.audience.reason_{reason}", count=missed.count)
    return (
        text("announcements.audience.left_out", reason=title, names=shown) if shown else f"{title}."
    )
