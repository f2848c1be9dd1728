"""What happens to teams and channels, and where the next announcement comes.

Each story is told twice over: every activity is delivered again before the next.
"""

from typing import Any

import pytest

from tests.support.team_room import (
    GENERAL,
    TeamRoom,
    announces,
    sends_while_teams_is_busy,
    until_done,
)
from tests.support.town import TENANT, town

pytestmark = pytest.mark.both_databases

TENANTS = {TENANT: "0780"}
HEADING = "Ny handbok"

Story = tuple[list[tuple[str, str, float]], list[str]]

ADDED = ("installed", "nyheter", 0.0)
STORIES: dict[str, Story] = {
    "added to a channel": ([ADDED], ["nyheter"]),
    "added without saying where": ([("installed", "", 0)], [GENERAL]),
    "another channel is created": ([ADDED, ("channelCreated", "fika", 1)], ["nyheter"]),
    "it is renamed": ([ADDED, ("channelRenamed", "nyheter", 1)], ["nyheter"]),
    "renamed before created": (
        [ADDED, ("channelRenamed", "fika", 2), ("channelCreated", "fika", 1)],
        ["nyheter"],
    ),
    "it is deleted": ([ADDED, ("channelDeleted", "nyheter", 1)], [GENERAL]),
    "another is deleted": ([ADDED, ("channelDeleted", "fika", 1)], ["nyheter"]),
    "deleted before created": (
        [("channelDeleted", "fika", 5), ("installed", "fika", 1)],
        [GENERAL],
    ),
    "deleted and restored": (
        [ADDED, ("channelDeleted", "nyheter", 1), ("channelRestored", "nyheter", 2)],
        [GENERAL],
    ),
    "restored, and the deletion comes late": (
        [ADDED, ("channelRestored", "nyheter", 2), ("channelDeleted", "nyheter", 1)],
        ["nyheter"],
    ),
    "the team is renamed": ([ADDED, ("teamRenamed", "", 1)], ["nyheter"]),
    "archived": ([ADDED, ("teamArchived", "", 1)], []),
    "archived and back": ([ADDED, ("teamArchived", "", 1), ("teamUnarchived", "", 2)], ["nyheter"]),
    "unarchived, and the archiving comes late": (
        [ADDED, ("teamUnarchived", "", 2), ("teamArchived", "", 1)],
        ["nyheter"],
    ),
    "the team is deleted": ([ADDED, ("teamDeleted", "", 1)], []),
    "deleted for good": ([ADDED, ("teamDeleted", "", 1), ("teamHardDeleted", "", 2)], []),
    "the team is restored": ([ADDED, ("teamDeleted", "", 1), ("teamRestored", "", 2)], ["nyheter"]),
    "removed": ([ADDED, ("removed", "", 1)], []),
    "let out of its private channel": ([ADDED, ("channelMemberRemoved", "nyheter", 1)], [GENERAL]),
    "let out of another": ([ADDED, ("channelMemberRemoved", "fika", 1)], ["nyheter"]),
    "let out and in again": (
        [ADDED, ("channelMemberRemoved", "nyheter", 1), ("channelMemberAdded", "nyheter", 2)],
        ["nyheter"],
    ),
    "let out, and told so once more, and in again": (
        [
            ADDED,
            ("channelMemberRemoved", "nyheter", 1),
            ("channelMemberRemoved", "nyheter", 2),
            ("channelMemberAdded", "nyheter", 3),
        ],
        ["nyheter"],
    ),
    "let out, let in, and out again": (
        [
            ADDED,
            ("channelMemberRemoved", "nyheter", 1),
            ("channelMemberAdded", "nyheter", 2),
            ("channelMemberRemoved", "nyheter", 3),
        ],
        [GENERAL],
    ),
    "let out, and in again before that": (
        [ADDED, ("channelMemberRemoved", "nyheter", 2), ("channelMemberAdded", "nyheter", 1)],
        [GENERAL],
    ),
    "let out, and another lets it in": (
        [ADDED, ("channelMemberRemoved", "nyheter", 1), ("channelMemberAdded", "fika", 2)],
        [GENERAL],
    ),
    "let out, and another is chosen, and in again": (
        [
            ADDED,
            ("channelMemberRemoved", "nyheter", 1),
            ("installed", "fika", 2),
            ("channelMemberAdded", "nyheter", 3),
        ],
        ["fika"],
    ),
    "let in, and the letting out comes late": (
        [ADDED, ("channelMemberAdded", "nyheter", 2), ("channelMemberRemoved", "nyheter", 1)],
        ["nyheter"],
    ),
    "let out of a channel, and then the team is removed": (
        [ADDED, ("channelMemberRemoved", "nyheter", 1), ("removed", "", 2)],
        [],
    ),
    "upgraded": ([ADDED, ("downgraded", "", 1), ("upgraded", "", 2)], ["nyheter"]),
    "upgraded elsewhere": ([ADDED, ("upgraded", "fika", 2)], ["nyheter"]),
    "half an upgrade": ([ADDED, ("downgraded", "", 1)], ["nyheter"]),
    "removed, and then unarchived": ([ADDED, ("removed", "", 1), ("teamUnarchived", "", 2)], []),
    "added again": ([ADDED, ("removed", "", 1), ("installed", "", 2)], ["nyheter"]),
    "added again elsewhere": ([ADDED, ("removed", "", 1), ("installed", "fika", 2)], ["fika"]),
    "added again, and the removal comes late": (
        [ADDED, ("installed", "", 3), ("removed", "", 2)],
        ["nyheter"],
    ),
    "the first that is heard is a rename": ([("channelRenamed", "fika", 0)], [GENERAL]),
    "heard of before it was added": (
        [("channelCreated", "fika", 3), ("installed", "nyheter", 1)],
        ["nyheter"],
    ),
}


@pytest.mark.parametrize("story", STORIES)
async def test_the_next_announcement_comes_to_exactly_the_right_channel(
    database_url: str, story: str
) -> None:
    events, expected = STORIES[story]
    async with town(database_url, tenants=TENANTS) as tryggve:
        room = TeamRoom(tryggve)
        for event, channel, later in events:
            await room.tells(event, channel, later=later)
            await room.tells_again()
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        if expected:
            await announces(kerstin, HEADING)
        else:
            await kerstin.says("nytt utskick")
            await kerstin.says(f"Rubrik: {HEADING}\nText: Läs den före mötet, är ni snälla.")
            kerstin.hears("Utskicket når ingen än")

        assert room.got(HEADING) == expected


async def test_a_team_whose_channel_is_deleted_is_told_once_and_how_to_change_it(
    database_url: str,
) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        room = TeamRoom(tryggve)
        await room.tells("installed", "nyheter")
        await room.tells("channelDeleted", "nyheter", later=1)
        await room.tells_again()
        await room.tells("channelDeleted", "nyheter", later=2)

        told = "Kanalen som fick utskick från länsstyrelsen når jag inte längre"
        await tryggve.until(lambda: bool(room.got(told)))
        assert room.got(told) == [GENERAL]
        assert room.got("”@Tryggve utskick hit”") == [GENERAL]


async def test_names_follow_the_renaming(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        room = TeamRoom(tryggve)
        await room.tells("installed", "nyheter")
        await room.tells("channelRenamed", "nyheter", name="Aktuellt", later=300)
        await room.tells("channelRenamed", "nyheter", name="Nyheter", later=200)
        await room.tells("teamRenamed", name="Trygga kommunen", later=500)
        await room.tells("teamRenamed", name="Otrygga kommunen", later=400)
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await kerstin.says("mina kanaler")

        kerstin.hears("1 – Växjö: Trygga kommunen", "Utskick kommer i Aktuellt.")


async def test_what_waits_follows_to_general_when_its_channel_is_deleted(
    database_url: str,
) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        room = TeamRoom(tryggve)
        await room.tells("installed", "nyheter")
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await sends_while_teams_is_busy(kerstin, room.channel("nyheter"), HEADING, "kanaler")
        await room.tells("channelDeleted", "nyheter", later=1)
        await until_done(kerstin)

        assert room.got(HEADING) == [GENERAL]


async def test_what_waits_follows_to_general_when_the_bot_is_let_out_of_its_channel(
    database_url: str,
) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        room = TeamRoom(tryggve)
        await room.tells("installed", "nyheter")
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await sends_while_teams_is_busy(kerstin, room.channel("nyheter"), HEADING, "kanaler")
        await room.tells("channelMemberRemoved", "nyheter", later=1)
        await until_done(kerstin)

        kerstin.hears("Levererade: 1 av 1")
        assert room.got(HEADING) == [GENERAL]


async def test_the_team_is_told_when_its_channel_lets_the_bot_in_again(
    database_url: str,
) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        room = TeamRoom(tryggve)
        await room.tells("installed", "nyheter")
        await room.tells("channelMemberRemoved", "nyheter", later=1)
        await room.tells("channelMemberAdded", "nyheter", later=2)
        await room.tells_again()

        told = "Jag har släppts in i kanalen Nyheter igen"
        await tryggve.until(lambda: bool(room.got(told)))
        assert room.got(told) == [GENERAL]


async def test_general_keeps_what_it_was_chosen_for(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        room, anna = TeamRoom(tryggve), tryggve.person("Anna Alm")
        await room.tells("installed", "nyheter", later=-3)
        await room.tells("channelMemberRemoved", "nyheter", later=-2)
        await room.hears(anna, "utskick hit", GENERAL)
        await room.tells("channelMemberAdded", "nyheter", later=1)
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await announces(kerstin, HEADING)

        assert room.got(HEADING) == [GENERAL]


async def test_what_waits_goes_back_with_the_channel(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        room = TeamRoom(tryggve)
        await room.tells("installed", "nyheter")
        await room.tells("channelMemberRemoved", "nyheter", later=1)
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await tryggve.until(lambda: bool(room.got("når jag inte längre")))
        await sends_while_teams_is_busy(kerstin, room.channel(GENERAL), HEADING, "kanaler")
        await room.tells("channelMemberAdded", "nyheter", later=2)
        await until_done(kerstin)

        assert room.got(HEADING) == ["nyheter"]


async def test_a_channel_that_lets_the_bot_in_again_can_be_chosen_again(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        room, anna = TeamRoom(tryggve), tryggve.person("Anna Alm")
        await room.tells("installed", "nyheter")
        await room.tells("channelMemberRemoved", "nyheter", later=1)
        await room.hears(anna, "välj kanal", GENERAL)
        anna.does_not_hear("Nyheter")
        await room.tells("channelMemberAdded", "nyheter", later=2)
        await room.hears(anna, "välj kanal", GENERAL)
        anna.hears("Nyheter (privat)")


async def test_nothing_is_sent_between_removal_and_the_next_time_it_is_added(
    database_url: str,
) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        room = TeamRoom(tryggve)
        await room.tells("installed", "nyheter")
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await sends_while_teams_is_busy(kerstin, room.channel("nyheter"), HEADING, "kanaler")
        await room.tells("removed", later=1)
        await room.tells("installed", later=2)
        await until_done(kerstin)
        kerstin.hears("Levererade: 0 av 1", "har inte lagt till Tryggve")
        assert room.got(HEADING) == []

        await announces(kerstin, "Nästa handbok")
        assert room.got("Nästa handbok") == ["nyheter"]


async def test_a_channel_that_teams_no_longer_knows_is_left_for_general(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        room = TeamRoom(tryggve)
        await room.tells("installed", "nyheter")
        gone: dict[str, Any] = {"kind": "post", "conversation": room.channel("nyheter")}
        tryggve.teams.answers(status=404, **gone)
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await announces(kerstin, HEADING)
        kerstin.hears("Misslyckade: 1")
        await tryggve.until(lambda: bool(room.got("når jag inte längre")))
        await announces(kerstin, "Nästa handbok")

        assert room.got("Nästa handbok") == [GENERAL]


async def test_a_team_that_refuses_is_left_alone_until_it_is_heard_from(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        room = TeamRoom(tryggve)
        await room.tells("installed", "nyheter")
        body = b'{"error": {"code": "BotNotInConversationRoster"}}'
        tryggve.teams.answers(status=403, body=body, kind="post")
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await announces(kerstin, HEADING)
        await kerstin.says("mina kanaler")
        kerstin.hears("Teams tog inte emot det senaste meddelandet")

        await room.hears(tryggve.person("Anna Alm"), "hjälp", "fika")
        await announces(kerstin, "Nästa handbok")
        assert room.got("Nästa handbok") == ["nyheter"]


@pytest.mark.parametrize("kind", ["private", "shared"])
async def test_a_channel_of_few_that_refuses_is_left_for_general(
    database_url: str, kind: str
) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        room = TeamRoom(tryggve)
        await room.tells("installed", "nyheter")
        await room.hears(tryggve.person("Anna Alm"), "hjälp", "nyheter", kind=kind)
        body = b'{"error": {"code": "BotNotInConversationRoster"}}'
        here = {"kind": "post", "conversation": room.channel("nyheter")}
        tryggve.teams.answers(status=403, body=body, **here)
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await announces(kerstin, HEADING)
        await tryggve.until(lambda: bool(room.got("når jag inte längre")))
        await announces(kerstin, "Nästa handbok")

        assert room.got("Nästa handbok") == [GENERAL]


async def test_two_teams_that_share_a_channel_get_one_post_there(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        for name in ("19:ett@thread.tacv2", "19:tva@thread.tacv2"):
            room = TeamRoom(tryggve, id=name)
            shared = {"settings": {"selectedChannel": {"id": "19:delad@thread.tacv2"}}}
            data = {"team": {"id": name}, "tenant": {"id": TENANT}, **shared}
            await room.tells("installed", channelData=data)
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await announces(kerstin, HEADING)

        assert room.got(HEADING) == ["19:delad@thread.tacv2"]
