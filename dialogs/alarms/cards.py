"""Cards for coordinators about the service itself: what is wrong, and who can mend it."""

from collections.abc import Sequence
from datetime import date

from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
    Element,
    card,
    heading,
    navigate,
    paragraph,
    paragraphs,
    summary,
)
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from knowledge.alarms.models import Outage
from knowledge.channels.models import Channel
from knowledge.directory.places import Places

MOST_LOST = 10


def outage(over: Outage) -> Reply:
    """For a while nothing could be sent."""
    began, ended = swedish.moment(over.began), swedish.moment(over.ended)
    return _alarm(text("alarms.outage_heading"), text("alarms.outage", began=began, ended=ended))


def unwritable(over: Outage) -> Reply:
    """For a while nothing could be saved."""
    began, ended = swedish.moment(over.began), swedish.moment(over.ended)
    said = text("alarms.unwritable", began=began, ended=ended)
    return _alarm(text("alarms.unwritable_heading"), said)


def expires(day: date, days_left: int) -> Reply:
    """The bot's secret has these days left; 0 on its last."""
    key = "alarms.expires" if days_left else "alarms.expires_today"
    said = text(key, count=days_left, day=swedish.day(day))
    return _alarm(text("alarms.expires_heading"), said)


def overdue(seconds: float) -> Reply:
    """The oldest message in the queue has waited that long."""
    said = text("alarms.overdue", count=int(seconds // 60))
    return _alarm(text("alarms.overdue_heading"), said)


def stopped(count: int) -> Reply:
    """So many things that should have happened by themselves did not."""
    return _alarm(text("alarms.stopped_heading"), text("alarms.stopped", count=count))


def lost(channels: Sequence[Channel], places: Places) -> Reply:
    """These channels can no longer be reached."""
    lines = [paragraph(_line(channel, places), spacing="small") for channel in channels[:MOST_LOST]]
    if len(channels) > MOST_LOST:
        lines.append(paragraph(text("alarms.lost_more", count=len(channels) - MOST_LOST)))
    said = text("alarms.lost", count=len(channels))
    return _alarm(text("alarms.lost_heading"), said, lines)


def _line(channel: Channel, places: Places) -> str:
    names = [swedish.plain(name) for name in (channel.team_name, channel.name) if name]
    where = places.name_of(channel.municipality)
    return text("alarms.lost_line", municipality=where, channel=" / ".join(names))


def _alarm(title: str, said: str, lines: Sequence[Element] = ()) -> Reply:
    body = [heading(title), *paragraphs(said), *lines]
    actions = [navigate(text("answers.ask.what_can_you"), "help")]
    return Reply(card=card(body, actions), summary=summary(f"{title}: {said}"))
