"""Choosing where announcements come: the team itself, and the county's coordinator."""

from collections.abc import AsyncIterator

import pytest

from tests.support.team_room import GENERAL, TeamRoom, announces
from tests.support.town import TENANT, Person, Town, town

pytestmark = pytest.mark.both_databases

LUND = "99999999-2222-4333-8444-555555555555"
TENANTS = {TENANT: "0780", LUND: "1281"}
CHOSEN = "har valt att utskick från länsstyrelsen ska komma"


@pytest.fixture
async def tryggve(database_url: str) -> AsyncIterator[Town]:
    async with town(database_url, tenants=TENANTS) as running:
        yield running


@pytest.fixture
async def room(tryggve: Town) -> TeamRoom:
    """A team with three channels, whose announcements come in "nyheter"."""
    room = TeamRoom(tryggve)
    await room.tells("installed", "nyheter")
    for channel in ("nyheter", "fika"):
        await room.tells("channelRenamed", channel, name=channel.title())
    return room


@pytest.fixture
async def kerstin(tryggve: Town) -> Person:
    return await tryggve.coordinator("Kerstin Karlsson", "07")


async def test_announcements_here_is_heard_and_the_old_channel_is_told(
    tryggve: Town, room: TeamRoom, anna: Person, kerstin: Person
) -> None:
    await room.hears(anna, "utskick hit", "fika")
    anna.hears("Utskick kommer i Fika", "välj kanal")
    await tryggve.until(lambda: bool(room.got(CHOSEN)))
    await announces(kerstin, "Ny handbok")

    assert room.got("Anna Alm har valt") == ["nyheter"]
    assert room.got("i kanalen Fika, och inte längre här") == ["nyheter"]
    assert room.got("Ny handbok") == ["fika"]


async def test_the_list_is_tapped_and_both_other_channels_are_told(
    tryggve: Town, room: TeamRoom, anna: Person
) -> None:
    await room.hears(anna, "välj kanal", GENERAL)
    anna.hears("Var ska utskick komma?", "i kanalen Nyheter")
    [choices] = [node for node in anna.cards()[0]["body"] if node["type"] == "Input.ChoiceSet"]
    assert [one["title"] for one in choices["choices"]] == [
        "1 – Allmänt",
        "2 – Fika",
        "3 – Nyheter",
    ]
    assert choices["value"] == choices["choices"][2]["value"]

    await room.sees_tap(anna, "Välj kanal", GENERAL, channel=choices["choices"][1]["value"])
    anna.hears("Utskick kommer i Fika")
    await tryggve.until(lambda: len(room.got(CHOSEN)) == 2)
    assert sorted(room.got(CHOSEN)) == ["fika", "nyheter"]


@pytest.mark.parametrize("typed", ["fika", "Fika.", "2", "nr 2"])
async def test_the_list_is_answered_in_words(room: TeamRoom, anna: Person, typed: str) -> None:
    thread = {"conversation": {"id": f"{room.id};messageid=1", "conversationType": "channel"}}
    place = {"channelData": {"team": {"id": room.id}, "tenant": {"id": TENANT}}, **thread}
    await anna.says("välj kanal", channel=room.id, **place)
    await anna.says("nåt helt annat ord", channel=room.id, **place)
    await anna.says("välj kanal", channel=room.id, **place)
    await anna.says(typed, channel=room.id, **place)

    anna.hears("Utskick kommer i Fika")


async def test_choosing_what_is_chosen_tells_nobody(room: TeamRoom, anna: Person) -> None:
    await room.hears(anna, "utskick hit", "nyheter")
    anna.hears("Utskick kommer i Nyheter")

    assert room.got(CHOSEN) == []


async def test_a_private_channel_is_chosen_where_the_bot_is_heard(
    room: TeamRoom, anna: Person, kerstin: Person
) -> None:
    await room.hears(anna, "utskick hit", "radet", kind="private")
    await announces(kerstin, "Ny handbok")
    assert room.got("Ny handbok") == ["radet"]

    await room.hears(anna, "välj kanal", "radet")
    assert "(privat)" in str(anna.cards()[0])


async def test_an_upgrade_of_the_app_does_not_choose_again(
    room: TeamRoom, anna: Person, kerstin: Person
) -> None:
    await room.hears(anna, "utskick hit", "fika")
    await room.tells("installed", "nyheter", action="add-upgrade")
    await announces(kerstin, "Ny handbok")

    assert room.got("Ny handbok") == ["fika"]


async def test_a_channel_of_another_team_cannot_be_chosen(
    tryggve: Town, room: TeamRoom, anna: Person, kerstin: Person
) -> None:
    other = TeamRoom(tryggve, tenant=LUND, id="19:lund@thread.tacv2")
    await other.tells("installed", "nyheter")
    theirs = {one.id for one in await _channels_of(tryggve, other)}
    await room.hears(anna, "välj kanal", GENERAL)
    for id_ in theirs:
        await room.sees_tap(anna, "Välj kanal", GENERAL, channel=str(id_))
        anna.hears("Den kanalen hittar jag inte i teamet")
        await room.hears(anna, "välj kanal", GENERAL)
    await announces(kerstin, "Ny handbok")

    assert room.got("Ny handbok") == ["nyheter"]


async def test_the_same_team_id_in_another_tenant_is_another_team(
    tryggve: Town, room: TeamRoom, anna: Person, kerstin: Person
) -> None:
    twin = TeamRoom(tryggve, tenant=LUND)
    await twin.tells("installed", "fika")
    await twin.hears(tryggve.person("Lisa Lund", LUND), "utskick hit", "radet")
    await twin.tells("removed", later=1)
    await announces(kerstin, "Ny handbok")

    assert room.got("Ny handbok") == ["nyheter"]


async def test_a_guest_does_not_choose(tryggve: Town, room: TeamRoom) -> None:
    guest = tryggve.person("Gun Gäst", guest=True)
    await room.hears(guest, "utskick hit", "fika")

    guest.hears("Det här kan jag bara göra för dig som är inloggad")


async def test_in_the_own_chat_the_way_to_the_team_is_told(anna: Person) -> None:
    for words in ("utskick hit", "välj kanal"):
        await anna.says(words)
        anna.hears("Det väljer ni i teamet")
    await anna.says("mina kanaler")
    anna.hears("Länets kanaler ser bara regionala samordnare")


async def test_a_coordinator_sees_the_teams_of_the_own_county_only(
    tryggve: Town, room: TeamRoom, kerstin: Person
) -> None:
    await TeamRoom(tryggve, tenant=LUND, name="Lundalaget").tells("teamRenamed", name="Lundalaget")
    await room.tells("teamRenamed", name="Trygghetsgruppen")
    await kerstin.says("mina kanaler")
    kerstin.hears("Team och kanaler i Kronobergs län", "1 – Växjö: Trygghetsgruppen")
    kerstin.hears("Utskick kommer i Nyheter.", "7 kommuner har inget team som nås.")
    kerstin.does_not_hear("Lund")

    await room.tells("removed", later=1)
    await kerstin.says("mina kanaler")
    kerstin.hears("Tryggve är borttagen ur teamet", "8 kommuner har inget team som nås.")


async def test_a_coordinator_chooses_and_the_team_is_told_who_it_was(
    tryggve: Town, room: TeamRoom, kerstin: Person
) -> None:
    await kerstin.says("mina kanaler")
    await kerstin.says("1")
    kerstin.hears("Team utan namn i Växjö", "Utskick kommer i Nyheter.")
    await kerstin.says("fika")
    kerstin.hears("kommer nu i kanalen Fika")

    who = "Kerstin Karlsson på Länsstyrelsen i Kronobergs län har valt"
    await tryggve.until(lambda: len(room.got(who)) == 2)
    assert sorted(room.got(who)) == ["fika", "nyheter"]
    await announces(kerstin, "Ny handbok")
    assert room.got("Ny handbok") == ["fika"]
    await kerstin.says("logg")
    kerstin.hears("Kerstin Karlsson valde vilken kanal som får utskicken, i ett team i Växjö.")


async def test_a_coordinator_asks_the_team_once_a_day(
    tryggve: Town, room: TeamRoom, kerstin: Person
) -> None:
    await kerstin.says("mina kanaler")
    await kerstin.taps("Visa 1")
    ask = kerstin.button("Be teamet välja")
    await kerstin.taps_action(ask)
    kerstin.hears("Jag har bett")
    await kerstin.taps_action(ask)
    kerstin.hears("Jag har redan bett teamet i dag")

    asked = "Kerstin Karlsson på Länsstyrelsen i Kronobergs län ber er välja"
    await tryggve.until(lambda: bool(room.got(asked)))
    assert room.got(asked) == ["nyheter"]
    await kerstin.says("logg")
    kerstin.hears("Kerstin Karlsson bad ett team i Växjö att välja kanal för utskicken.")


async def test_a_coordinator_of_another_county_or_none_reaches_nothing(
    tryggve: Town, room: TeamRoom, kerstin: Person
) -> None:
    await kerstin.says("mina kanaler")
    await kerstin.taps("Visa 1")
    change, ask = kerstin.button("Byt kanal"), kerstin.button("Be teamet välja")
    [fika] = [one.id for one in await _channels_of(tryggve, room) if one.name == "Fika"]
    change["data"]["channel"] = str(fika)

    stina = await tryggve.coordinator("Stina Skåne", "12")
    for action in (change, ask):
        await stina.taps_action(action)
        stina.hears("Det teamet hittar jag inte bland dina")
    await tryggve.tryggve.directory.revoke(TENANT, kerstin.object_id, "07")
    for action in (change, ask):
        await kerstin.taps_action(action)
        kerstin.hears("Länets kanaler ser bara regionala samordnare")
    assert room.got(CHOSEN) == room.got("ber er välja") == []


async def test_many_teams_come_some_at_a_time(tryggve: Town, kerstin: Person) -> None:
    for number in range(1, 8):
        team = TeamRoom(tryggve, id=f"19:team-{number}@thread.tacv2")
        await team.tells("teamRenamed", name=f"Grupp {number}")
    await kerstin.says("mina kanaler")
    kerstin.hears("Grupp 5", "Visar 1–5 av 7.")
    kerstin.does_not_hear("Grupp 6")
    await kerstin.taps("Visa fler")
    kerstin.hears("6 – Växjö: Grupp 6", "Visar 6–7 av 7.")
    await kerstin.says("mina kanaler")
    await kerstin.says("fler kanaler")
    kerstin.hears("7 – Växjö: Grupp 7")
    await kerstin.says("visa 6")
    kerstin.hears("Grupp 6 i Växjö")


async def _channels_of(tryggve: Town, room: TeamRoom) -> list[object]:
    _, channels = await tryggve.tryggve.channel_choice.list_of(room.tenant, room.id)
    return list(channels)
