"""Cards about templates: the county's list, and the question before one is deleted."""

from collections.abc import Sequence

from dialogs import swedish
from dialogs.cards.parts import (
    Element,
    act,
    bold,
    card,
    group,
    heading,
    navigate,
    paragraph,
    small,
    summary,
)
from dialogs.talk import Reply
from dialogs.texts import text
from knowledge.directory.places import Places
from knowledge.templates.models import Template


def listing(templates: Sequence[Template], places: Places) -> Reply:
    """Each with a button to begin from it and one to delete it."""
    body = [heading(text("use_template.heading"))]
    for number, template in enumerate(templates, start=1):
        body.append(_row(number, template, places))
    body.append(small(text("use_template.typed")))
    said = text("use_template.summary", count=len(templates))
    actions = [navigate(text("publish_announcement.new"), "announce")]
    return Reply(card=card(body, actions), summary=summary(said))


def ask_delete(template: Template) -> Reply:
    """The whole county loses it: ask once."""
    said = text("use_template.ask_delete", heading=swedish.plain(template.heading))
    body = [heading(said), paragraph(text("use_template.ask_delete_note"))]
    actions = [
        act(text("publish_announcement.yes_delete"), "template_delete", id=template.id),
        act(text("publish_announcement.no_delete"), "template_keep"),
    ]
    return Reply(card=card(body, actions), summary=summary(said))


def _row(number: int, template: Template, places: Places) -> Element:
    title = text("use_template.row", number=number, heading=swedish.plain(template.heading))
    use = navigate(text("use_template.use_number", number=number), "template_use", id=template.id)
    delete = text("use_template.delete_number", number=number)
    buttons = [use, act(delete, "template_ask_delete", id=template.id)]
    county = small(places.name_of(template.county))
    return group([bold(title), county, {"type": "ActionSet", "actions": buttons}])
