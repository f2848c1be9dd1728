"""Where posts land: one team's channels, and a county's teams."""

from collections.abc import Iterator
from dataclasses import replace

from dialogs.channels import cards as channels
from dialogs.conversation.paging import Page
from knowledge.channels.models import Away, Channel, TeamChannel
from knowledge.directory.places import load_places
from tests.dialogs.sampling import HOSTILE, LONG_WORD, NOW, Sample, sample


def samples() -> Iterator[Sample]:
    places = load_places()
    team = _team()
    some = [_channel(1, "", "standard", "19:team"), _channel(2, "Nyheter"), _channel(3, "Rådet")]
    many = [_channel(number, f"{LONG_WORD} {number}", "private") for number in range(1, 70)]
    yield sample(channels.choose, "three", team, some)
    yield sample(
        channels.choose, "general", replace(team, name="", conversation_id="19:team"), some
    )
    yield sample(channels.choose, "many", replace(team, name=LONG_WORD), many)
    yield sample(channels.choose, "hostile", replace(team, name=HOSTILE), [_channel(1, HOSTILE)])
    yield sample(channels.chosen, "reachable", team)
    yield sample(channels.chosen, "not reachable", replace(team, installed=False))
    yield sample(channels.chosen, "hostile", replace(team, name=HOSTILE))
    yield sample(channels.teams, "one", Page("", 1), [team], 7, "Kronobergs län", places)
    away = [replace(team, installed=False, away=why) for why in Away]
    yield sample(channels.teams, "away", Page("", len(away)), away, 1, "Kronobergs län", places)
    county = "Västra Götalands län"
    long = [replace(team, id=n, team_name=LONG_WORD, name=LONG_WORD) for n in range(1, 13)]
    yield sample(channels.teams, "first page", Page("", 12), long, 0, county, places)
    yield sample(channels.teams, "last page", Page("", 12, 10), long, 0, county, places)
    hostile = replace(team, team_name=HOSTILE, name=HOSTILE)
    yield sample(channels.teams, "hostile", Page("", 1), [hostile], 0, "Kronobergs län", places)
    yield sample(channels.team, "three", team, some, places)
    yield sample(channels.team, "hostile", hostile, [_channel(1, HOSTILE, "shared")], places)
    yield sample(channels.team, "without names", replace(team, team_name="", name=""), [], places)


def _team() -> Channel:
    return Channel(
        id=1,
        tenant_id="tenant",
        team_id="19:team",
        team_name="Trygghetsgruppen",
        conversation_id="19:channel-2",
        name="Nyheter",
        service_url="",
        municipality="0780",
        installed=True,
    )


def _channel(id_: int, name: str, kind: str = "standard", conversation: str = "") -> TeamChannel:
    conversation = conversation or f"19:channel-{id_}"
    return TeamChannel(id_, "tenant", "19:team", conversation, name, kind, False, NOW)
