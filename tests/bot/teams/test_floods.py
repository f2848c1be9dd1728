"""One person's flood is not everybody's: so much a minute is answered, and no more."""

import asyncio
import json
from dataclasses import replace

import pytest

from bot.teams.floods import MOST_A_MINUTE, Floods, Heed
from bot.teams.mapping import turn_from
from bot.teams.reading import read_activity
from dialogs.conversation.talk import Turn
from tests.bot.teams.edge import ANNA, TENANT, activity, card_action, message, running_edge

BO = {"id": "29:bo", "name": "Bo", "aadObjectId": "cccccccc-2222-4222-8222-222222222222"}
ELSEWHERE = "bbbbbbbb-1111-4111-8111-111111111111"


class Clock:
    """Time that passes when told to."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


async def test_a_hundred_messages_get_twenty_answers_and_one_warning() -> None:
    async with running_edge() as edge:
        statuses = await asyncio.gather(*(edge.send(message(f"{n}")) for n in range(100)))

        assert {status for status, _ in statuses} == {201}
        assert len(edge.turns) == MOST_A_MINUTE
        assert sorted(set(edge.teams.texts()))[-1] == "För fort."
        assert edge.teams.texts().count("För fort.") == 1
        assert len(edge.teams.posts) == MOST_A_MINUTE + 1


async def test_taps_count_as_well_and_are_answered_in_their_place() -> None:
    async with running_edge(floods=Floods(most=2)) as edge:
        said = [json.loads((await edge.send(card_action()))[1])["value"] for _ in range(4)]

        assert said == ["Du skrev: sign_up", "Du skrev: sign_up", "För fort.", ""]
        assert edge.teams.posts == []


async def test_others_are_heard_meanwhile() -> None:
    async with running_edge(floods=Floods(most=1)) as edge:
        for _ in range(3):
            await edge.send(message("jag"))
        await edge.send(message("Bo", **{"from": BO}))

        assert edge.teams.texts() == ["Du skrev: jag", "För fort.", "Du skrev: Bo"]


async def test_what_happens_to_the_app_is_always_heard() -> None:
    async with running_edge(floods=Floods(most=0)) as edge:
        await edge.send(activity("installationUpdate", action="add"))

        assert len(edge.turns) == 1


def turn(who: dict[str, str] = ANNA, tenant: str = TENANT) -> Turn:
    content = message(**{"from": who}, channelData={"tenant": {"id": tenant}})
    made = turn_from(read_activity(json.dumps(content).encode()))
    assert made is not None
    return made


def test_the_minute_begins_with_the_first_and_ends_for_good() -> None:
    clock = Clock()
    floods = Floods(most=2, clock=clock)
    heard = []
    for clock.seconds in (0, 59, 59.5, 59.9, 60, 60, 60, 130):
        heard.append(floods.heed(turn()))

    good, told, silent = Heed.ANSWER, Heed.WARNING, Heed.SILENCE
    assert heard == [good, good, told, silent, good, good, told, good]


def test_an_organisation_gets_no_more_answers_than_teams_takes() -> None:
    floods = Floods(most=2, most_of_tenant=3, clock=Clock())
    heard = [floods.heed(turn(who)) for who in (ANNA, ANNA, BO, BO, BO)]

    assert heard == [Heed.ANSWER] * 3 + [Heed.WARNING, Heed.SILENCE]
    assert floods.heed(turn(BO, ELSEWHERE)) is Heed.ANSWER


def test_a_flood_takes_nothing_from_the_organisation() -> None:
    floods = Floods(most=1, most_of_tenant=2, clock=Clock())
    for _ in range(50):
        floods.heed(turn())

    assert floods.heed(turn(BO)) is Heed.ANSWER


@pytest.mark.parametrize("people", [1, 1_000])
def test_who_is_silent_for_a_minute_is_forgotten(people: int) -> None:
    clock = Clock()
    floods = Floods(clock=clock)
    anna = turn()
    for number in range(people):
        speaker = replace(anna.speaker, object_id=f"{number}")
        floods.heed(replace(anna, speaker=speaker))
    clock.seconds = 61
    floods.heed(anna)

    assert len(floods._minutes) == 2
