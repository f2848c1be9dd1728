"""Cards for choosing which channel gets a team's announcements."""

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
from dialogs.conversation.paging import Page, buttons, place_in_list
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from knowledge.channels.models import Channel, TeamChannel
from knowledge.directory.places import Places

MOST_CHOICES = 60
LONGEST_CHOICE = 60


def channel_name(name: str, limit: int = 100) -> str:
    """As people call it: General has no name of its own."""
    return swedish.plain(name, limit) or text("channels.choose.general")


def team_name(team: Channel) -> str:
    return swedish.plain(team.team_name, 100) or text("channels.teams.no_name")


def titles(channels: Sequence[TeamChannel]) -> list[str]:
    """What the channels are called where no Markdown is read."""
    return [
        swedish.bare(channel.name, LONGEST_CHOICE) or text("channels.choose.general")
        for channel in channels
    ]


def choose(team: Channel, channels: Sequence[TeamChannel]) -> Reply:
    """The team's own choice among its channels."""
    body = [
        heading(text("channels.choose.heading")),
        paragraph(text("channels.choose.now_in", channel=channel_name(team.name))),
        _choices(team, channels, "channels.choose"),
        small(text("channels.choose.typed")),
    ]
    button = act(text("channels.choose.pick"), "channel_pick")
    return Reply(card=card(body, [button]), summary=summary(text("channels.choose.summary")))


def chosen(team: Channel) -> Reply:
    """Where announcements come from now on."""
    name = channel_name(team.name)
    body = [
        heading(text("channels.choose.chosen_heading", channel=name)),
        paragraph(text("channels.choose.chosen", channel=name)),
    ]
    if not team.installed:
        body.append(paragraph(text("channels.choose.unreachable")))
    body.append(small(text("channels.choose.chosen_typed")))
    said = text("channels.choose.chosen_heading", channel=name)
    return Reply(card=card(body), summary=summary(said))


def teams(
    page: Page, found: Sequence[Channel], without: int, counties: str, places: Places
) -> Reply:
    """A coordinator's teams, some at a time: where announcements go, or why they do not."""
    shown = found[page.first : page.last]
    body = [heading(text("channels.teams.heading", counties=counties))]
    actions: list[Element] = []
    for number, team in zip(page.numbers, shown, strict=True):
        row = text(
            "channels.teams.row",
            number=number,
            municipality=places.name_of(team.municipality),
            team=team_name(team),
        )
        body.append(group([bold(row), paragraph(_state(team), spacing="none")]))
        actions.append(
            navigate(text("channels.teams.open", number=number), "team_open", id=team.id)
        )
    if without:
        body.append(paragraph(text("channels.teams.without", count=without)))
    body += place_in_list(page)
    body.append(small(text("channels.teams.typed", number=page.first + 1)))
    said = text("channels.teams.summary", count=len(found))
    return Reply(card=card(body, buttons(page, actions)), summary=summary(said))


def team(one: Channel, channels: Sequence[TeamChannel], places: Places) -> Reply:
    """One team with its channels, for the coordinator."""
    name = team_name(one)
    municipality = places.name_of(one.municipality)
    body = [
        heading(text("channels.teams.team_heading", team=name, municipality=municipality)),
        paragraph(_state(one)),
        _choices(one, channels, "channels.teams"),
        small(text("channels.teams.team_typed")),
    ]
    actions = [
        act(text("channels.teams.change"), "team_channel", id=one.id),
        act(text("channels.teams.ask"), "team_ask", id=one.id),
    ]
    said = text("channels.teams.team_summary", team=name)
    return Reply(card=card(body, actions), summary=summary(said))


def _choices(team: Channel, channels: Sequence[TeamChannel], texts: str) -> Element:
    shown = channels[:MOST_CHOICES]
    now = [str(one.id) for one in shown if one.conversation_id == team.conversation_id]
    choices: Element = {
        "type": "Input.ChoiceSet",
        "id": "channel",
        "label": text(f"{texts}.label"),
        "style": "compact",
        "isRequired": True,
        "errorMessage": text(f"{texts}.label_error"),
        "wrap": True,
        "choices": [
            {"title": _choice(number, title, one.kind), "value": str(one.id)}
            for number, (title, one) in enumerate(zip(titles(shown), shown, strict=True), start=1)
        ],
    }
    return {**choices, "value": now[0]} if now else choices


def _choice(number: int, title: str, kind: str) -> str:
    key = kind if kind in ("private", "shared") else "choice"
    return text(f"channels.choose.{key}", number=number, channel=title)


def _state(team: Channel) -> str:
    if team.installed:
        return text("channels.teams.state", channel=channel_name(team.name))
    return text(f"channels.teams.away_{team.away or 'removed'}")
