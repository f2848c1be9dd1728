"""People, the channel of each team, and who may act for a county."""

import pytest

from knowledge.directory.models import Channel
from knowledge.directory.places import load_places
from knowledge.directory.repository import find_channel
from knowledge.directory.service import DirectoryService, UnknownPlace
from knowledge.storage.database import Database

ANNA = {"tenant_id": "t", "object_id": "anna", "teams_id": "29:anna"}


@pytest.fixture
def directory(database: Database) -> DirectoryService:
    return DirectoryService(database, {"t": "0780", "board": "07"})


async def hear_from(directory: DirectoryService, channel: str, *, chosen: bool = False) -> None:
    await directory.add_channel(
        tenant_id="t",
        team_id="team",
        team_name="Trygghetsgruppen" if chosen else "",
        conversation_id=channel,
        name=channel.title() if chosen else "",
        service_url="https://smba.trafficmanager.net/emea/",
        chosen=chosen,
    )


async def the_channel(directory: DirectoryService) -> Channel:
    async with directory.database.read() as tx:
        found = await find_channel(tx, "t", "team")
    assert found is not None
    return found


async def test_a_person_is_met_once_and_keeps_name_chat_and_municipality(
    directory: DirectoryService,
) -> None:
    first = await directory.meet(**ANNA, name="Anna Alm", conversation_id="a:1", service_url="s")
    await directory.choose_municipality(first, "0780")
    again = await directory.meet(**ANNA, service_url="s")

    assert again.id == first.id
    assert (again.name, again.conversation_id, again.municipality) == ("Anna Alm", "a:1", "0780")


async def test_the_same_object_id_in_another_tenant_is_somebody_else(
    directory: DirectoryService,
) -> None:
    here = await directory.meet(**ANNA)
    there = await directory.meet(**{**ANNA, "tenant_id": "other"})

    assert here.id != there.id


async def test_a_role_is_given_taken_and_needs_a_county(directory: DirectoryService) -> None:
    await directory.grant("t", "anna", "07")
    await directory.grant("t", "anna", "07")
    assert (await directory.meet(**ANNA)).counties == ("07",)

    assert await directory.revoke("t", "anna", "07")
    assert not await directory.revoke("t", "anna", "07")
    assert not (await directory.meet(**ANNA)).is_coordinator
    with pytest.raises(UnknownPlace):
        await directory.grant("t", "anna", "99")


async def test_a_team_has_one_channel_the_one_the_bot_was_added_to(
    directory: DirectoryService,
) -> None:
    await hear_from(directory, "nyheter", chosen=True)
    await hear_from(directory, "fika")
    await hear_from(directory, "nyheter")
    channel = await the_channel(directory)
    assert (channel.conversation_id, channel.name) == ("nyheter", "Nyheter")
    assert channel.municipality == "0780"

    await hear_from(directory, "utskick", chosen=True)
    assert (await the_channel(directory)).conversation_id == "utskick"


async def test_a_team_that_never_told_is_known_by_where_it_speaks(
    directory: DirectoryService,
) -> None:
    await hear_from(directory, "fika")
    assert (await the_channel(directory)).conversation_id == "fika"

    await directory.mark_installed("t", "team", False)
    assert not (await the_channel(directory)).installed
    await hear_from(directory, "nyheter")
    assert (await the_channel(directory)).installed


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Habo", ["Habo", "Håbo"]),
        ("Håbo", ["Håbo"]),
        ("Region Gotland", ["Gotland", "Gotlands län"]),
        ("hallands länsstyrelse", ["Hallands län"]),
        ("Malmo stad", ["Malmö"]),
        ("Lunds", ["Lund"]),
        ("", []),
        ("x", []),
        ("jag vet inte", []),
    ],
)
def test_names_of_places(typed: str, found: list[str]) -> None:
    match = load_places().find(typed)

    assert sorted(place.name for place in (*match.municipalities, *match.counties)) == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("utbildningar i Upplands Väsby i mars", "Upplands Väsby"),
        ("kurser i kalmar län", "Kalmar län"),
        ("kurser i kalmar kommun", "Kalmar"),
        ("något annat", ""),
    ],
)
def test_a_place_inside_a_sentence(sentence: str, found: str) -> None:
    match = load_places().find_inside(sentence)

    assert "".join(place.name for place in (*match.municipalities, *match.counties)) == found
