"""The ways to a list that goes in or out, and to what can be followed."""

from collections.abc import Mapping

from dialogs.conversation.card_parts import (
    Element,
    bold,
    card,
    group,
    heading,
    link,
    navigate,
    paragraph,
    small,
    summary,
)
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text

Feeds = Mapping[str, str]
"""Where the calendar, the news and the data are, by "calendar", "news" and "json"."""


def take_in(url: str, minutes: int) -> Reply:
    """Where a list can be uploaded."""
    body = [
        heading(text("trainings_exchange.card.import_heading")),
        paragraph(text("trainings_exchange.card.import_about")),
        paragraph(text("trainings_exchange.card.import_form")),
        small(text("trainings_exchange.card.minutes", count=minutes)),
    ]
    actions = [
        link(text("trainings_exchange.card.import_open"), url),
        navigate(text("trainings_exchange.card.export"), "export_trainings"),
    ]
    said = text("trainings_exchange.card.import_summary")
    return Reply(card=card(body, actions), summary=summary(said))


def give_out(url: str, minutes: int) -> Reply:
    """Where the list can be fetched."""
    body = [
        heading(text("trainings_exchange.card.export_heading")),
        paragraph(text("trainings_exchange.card.export_about")),
        small(text("trainings_exchange.card.minutes", count=minutes)),
    ]
    actions = [
        link(text("trainings_exchange.card.export_open"), url),
        navigate(text("trainings_exchange.card.import"), "import_trainings"),
    ]
    said = text("trainings_exchange.card.export_summary")
    return Reply(card=card(body, actions), summary=summary(said))


def follow(feeds: Mapping[str, Feeds], page: str, *, coordinator: bool) -> Reply:
    """The addresses, by what each is called: the own county, and the whole country."""
    body = [
        heading(text("trainings_exchange.card.feed_heading")),
        paragraph(text("trainings_exchange.card.feed_about")),
    ]
    body += [_addresses(name, one) for name, one in feeds.items()]
    if coordinator:
        body.append(small(text("trainings_exchange.card.feed_coordinator")))
    actions = [link(text("trainings_exchange.card.feed_open"), page)]
    actions.append(navigate(text("help.button.trainings"), "trainings"))
    said = text("trainings_exchange.card.feed_summary")
    return Reply(card=card(body, actions), summary=summary(said))


def _addresses(name: str, feeds: Feeds) -> Element:
    lines = [
        paragraph(text(f"trainings_exchange.card.feed_{kind}", url=url), spacing="small")
        for kind, url in feeds.items()
    ]
    return group([bold(name), *lines])
