"""Cards about templates: the county's list, and the question before one is deleted."""

from collections.abc import Sequence

from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
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
from dialogs.conversation.paging import Page, place_in_list
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from knowledge.directory.places import Places
from knowledge.templates.models import Template


def listing(page: Page, templates: Sequence[Template], places: Places) -> Reply:
    """A page of them, each with a button to begin from it and one to delete it; or many in short,
    without buttons."""
    body = [heading(text("announcements.templates.heading"))]
    for number, template in zip(page.numbers, templates, strict=True):
        body.append(_row(number, template, places, is_short=page.is_short))
    body += place_in_list(page)
    body.append(small(text("announcements.templates.typed", number=page.first + 1)))
    said = text("announcements.templates.summary", count=page.total)
    actions = [navigate(text("announcements.write.new"), "announce")]
    return Reply(card=card(body, actions), summary=summary(said))


def ask_delete(template: Template) -> Reply:
    """The whole county loses it: ask once."""
    said = text("announcements.templates.ask_delete", heading=swedish.plain(template.heading))
    body = [heading(said), paragraph(text("announcements.templates.ask_delete_note"))]
    actions = [
        act(text("announcements.write.yes_delete"), "template_delete", id=template.id),
        act(text("announcements.write.no_delete"), "template_keep"),
    ]
    return Reply(card=card(body, actions), summary=summary(said))


def _row(number: int, template: Template, places: Places, *, is_short: bool) -> Element:
    title = text(
        "announcements.templates.row", number=number, heading=swedish.plain(template.heading)
    )
    use = navigate(
        text("announcements.templates.use_number", number=number), "template_use", id=template.id
    )
    delete = text("announcements.templates.delete_number", number=number)
    buttons = [use, act(delete, "template_ask_delete", id=template.id)]
    county = small(places.name_of(template.county))
    row: list[Element] = [bold(title), county]
    return group(row if is_short else [*row, {"type": "ActionSet", "actions": buttons}])
