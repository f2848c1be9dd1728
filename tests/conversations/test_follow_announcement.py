"""J4, afterwards: pausing, stopping, who got it and who did not, acknowledging, figures."""

import asyncio
import itertools
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from knowledge.delivery.models import Status
from tests.support import lint
from tests.support.builders import create_training
from tests.support.deliveries import falls_silent, until_none_is
from tests.support.sheets import Sheet
from tests.support.town import TENANT, Person, Town, town, words_of

TENANTS = {TENANT: "0780"}
AT_ONCE = {"approval_from": 1_000, "confirm_from": 1_000}
"""Large sends are neither approved nor confirmed by number here."""

FORM = {
    "heading": "Ny handbok om lägesbilder",
    "text": "Brå har en **ny handbok**. Läs den före mötet.",
}


async def _kerstin_writes(tryggve: Town, **changed: Any) -> Person:
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await kerstin.says("nytt utskick")
    await kerstin.taps("Förhandsgranska", **{**FORM, **changed})
    return kerstin


def _without_a_card_that_follows(tryggve: Town) -> None:
    """It may come in the middle of an answer, which the lint takes for two answers."""
    tryggve.tryggve.announcements.progress.every = 3_600.0


async def _says_or_taps(person: Person, how: str, title: str, typed: str) -> None:
    await (person.taps(title) if how == "taps" else person.says(typed))


def _to_the_crowd(tryggve: Town) -> list[str]:
    requests = tryggve.teams.requests
    return [one["conversation"] for one in requests if "crowd" in one["conversation"]]


async def _is_sending(tryggve: Town, how_many: int) -> None:
    await tryggve.until(lambda: len(_to_the_crowd(tryggve)) >= how_many, within=20)


async def _nothing_leaves_any_more(tryggve: Town) -> int:
    """Two seconds after the stop at most. Returns how many have got it."""
    return await falls_silent(lambda: len(_to_the_crowd(tryggve)))


@pytest.mark.parametrize("how", ["taps", "types"])
async def test_a_send_to_500_is_stopped_half_way(database_url: str, how: str) -> None:
    async with town(database_url, tenants=TENANTS, **AT_ONCE) as tryggve:
        _without_a_card_that_follows(tryggve)
        await tryggve.populates(500, "0780", tenants=4)
        tryggve.teams.answers(delay=0.1, kind="post", times=1_000)
        kerstin = await _kerstin_writes(tryggve, reach="people")
        await kerstin.taps("Skicka")
        await _is_sending(tryggve, 30)
        await kerstin.says("hur går det med utskicket")
        kerstin.hears("Utskicket skickas nu.", "Väntande:")
        await _says_or_taps(kerstin, how, "Stoppa", "stoppa")

        left = await _nothing_leaves_any_more(tryggve)
        assert 30 <= left < 500
        await kerstin.says("uppdatera")
        kerstin.hears("Utskicket är stoppat.", f"Levererade: {left} av 500", "Stoppade:")
        title = f"Visa stoppade: {500 - left}"
        await _says_or_taps(kerstin, how, title, "visa stoppade")
        kerstin.hears("Stoppade – Ny handbok", "stoppades innan det skickades", "Visar 1–15 av")


@pytest.mark.parametrize("how", ["taps", "types"])
async def test_a_send_to_500_is_paused_and_resumed(database_url: str, how: str) -> None:
    async with town(database_url, tenants=TENANTS, **AT_ONCE) as tryggve:
        _without_a_card_that_follows(tryggve)
        await tryggve.populates(500, "0780", tenants=4)
        tryggve.teams.answers(delay=0.05, kind="post", times=300)
        kerstin = await _kerstin_writes(tryggve, reach="people")
        await kerstin.taps("Skicka")
        await _is_sending(tryggve, 30)
        await kerstin.says("hur går det med utskicket")
        await _says_or_taps(kerstin, how, "Pausa", "pausa utskicket")
        kerstin.hears("Utskicket är pausat.")
        assert await _nothing_leaves_any_more(tryggve) < 500
        await _says_or_taps(kerstin, how, "Fortsätt utskicket", "fortsätt")
        await until_none_is(tryggve.tryggve.database, Status.PENDING, Status.SENDING, seconds=60)

        assert sorted(_to_the_crowd(tryggve)) == sorted(f"a:crowd-{n}" for n in range(500))
        await kerstin.says("uppdatera")
        kerstin.hears("Utskicket är klart.", "Levererade: 500 av 500")


async def test_a_pause_outlives_the_process(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS, **AT_ONCE) as tryggve:
        await tryggve.populates(100, "0780", tenants=1)
        kerstin = await _kerstin_writes(tryggve, reach="people")
        await kerstin.taps("Skicka")
        await kerstin.says("pausa")
        kerstin.hears("Utskicket är pausat.")
        had_left = len(_to_the_crowd(tryggve))
        assert had_left < 100
    async with town(database_url, tenants=TENANTS, **AT_ONCE) as later:
        later.ids = itertools.count(1_000)
        await asyncio.sleep(1.5)
        assert later.teams.requests == []
        kerstin = later.person("Kerstin Karlsson")
        await kerstin.says("mina utskick")
        kerstin.hears("Pausat")
        await kerstin.says("1")
        kerstin.hears("Utskicket är pausat.", "Fortsätt utskicket")


@pytest.mark.parametrize("how", ["taps", "types"])
async def test_it_is_sent_again_to_those_who_failed(database_url: str, how: str) -> None:
    async with town(database_url, tenants=TENANTS, **AT_ONCE) as tryggve:
        channel = await tryggve.channel_is_added()
        tryggve.teams.answers(status=400, kind="post", conversation=channel)
        kerstin = await _kerstin_writes(tryggve)
        await kerstin.taps("Skicka")
        await _until_done(kerstin)
        kerstin.hears("Misslyckade: 1", "Teams tog inte emot meddelandet")
        again = kerstin.button("Skicka igen till misslyckade")
        typed = "skicka igen till dem som misslyckades"
        await _says_or_taps(kerstin, how, "Skicka igen till misslyckade", typed)
        await kerstin.taps_action(again)
        await _until_done(kerstin)

        kerstin.hears("Levererade: 1 av 1")
        assert _kinds(tryggve, channel) == ["post"]


async def test_a_channel_has_one_root_post_and_updates_edit_it(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS, **AT_ONCE) as tryggve:
        channel = await tryggve.channel_is_added()
        kerstin = await _kerstin_writes(tryggve)
        await kerstin.taps("Skicka")
        await _until_done(kerstin)
        for number in (1, 2):
            await kerstin.says("rätta")
            await kerstin.says(f"Rubrik: Ny handbok, rättelse {number}")
            await kerstin.says("ja")
        await _until_done(kerstin)
        kerstin.hears("Ny handbok, rättelse 2", "Rättade: 1 av 1")
        posts = [one for one in tryggve.teams.posts if one["conversation"] == channel]
        assert [one["kind"] for one in posts].count("post") == 1
        assert len({one["id"] for one in posts}) == 1
        assert "rättelse 2" in words_of(posts[-1]["activity"])


async def test_a_withdrawn_one_stays_withdrawn_also_where_somebody_removed_the_post(
    database_url: str,
) -> None:
    async with town(database_url, tenants=TENANTS, **AT_ONCE) as tryggve:
        channel = await tryggve.channel_is_added()
        kerstin = await _kerstin_writes(tryggve)
        await kerstin.taps("Skicka")
        await _until_done(kerstin)
        tryggve.teams.answers(status=404, kind="delete", conversation=channel)
        await kerstin.taps("Dra tillbaka")
        await kerstin.taps("Ja, dra tillbaka")
        kerstin.hears("Utskicket är tillbakadraget.", "Borttagna: 1 av 1")
        await kerstin.says("rätta")
        await kerstin.says("Rubrik: En annan rubrik")
        kerstin.hears("Utskicket är tillbakadraget.")
        assert _kinds(tryggve, channel) == ["post"]


@pytest.mark.parametrize("how", ["taps", "types"])
async def test_the_recipients_are_leafed_through(database_url: str, how: str) -> None:
    async with town(database_url, tenants=TENANTS, **AT_ONCE) as tryggve:
        await tryggve.populates(20, "0780", tenants=20)
        kerstin = await _kerstin_writes(tryggve, reach="people")
        await kerstin.taps("Skicka")
        await _until_done(kerstin)
        await _says_or_taps(kerstin, how, "Visa levererade: 20 av 20", "visa levererade")
        kerstin.hears("Levererade – Ny handbok", "Växjö", "Person 0", "Visar 1–15 av 20.")
        kerstin.does_not_hear("Person 9")
        await _says_or_taps(kerstin, how, "Visa fler", "nästa sida")
        kerstin.hears("Person 9", "Visar 16–20 av 20.")
        await _says_or_taps(kerstin, how, "Föregående", "föregående sida")
        kerstin.hears("Visar 1–15 av 20.")
        await _says_or_taps(kerstin, how, "Visa läget", "visa läget")
        kerstin.hears("Utskicket är klart.")


async def test_a_list_that_nobody_has_asked_for_is_explained(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS, **AT_ONCE) as tryggve:
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await kerstin.says("visa misslyckade")
        kerstin.hears("Jag vet inte vilket utskick du menar.")


@pytest.mark.parametrize("how", ["taps", "types"])
async def test_who_has_not_acknowledged_is_reminded_once(database_url: str, how: str) -> None:
    async with town(database_url, tenants=TENANTS, **AT_ONCE) as tryggve:
        anna, bo = tryggve.person("Anna Alm"), tryggve.person("Bo Berg")
        for person in (anna, bo):
            await person.says("byt kommun till Växjö")
        kerstin = await _kerstin_writes(tryggve, reach="people", acknowledge="true")
        await kerstin.taps("Skicka")
        await anna.is_told("Ny handbok om lägesbilder")
        await anna.taps("Jag har läst")
        await _until_done(kerstin)
        kerstin.hears("Kvitterade: 1 av 2")
        await _says_or_taps(kerstin, how, "Visa kvitterade: 1 av 2", "vilka har inte kvitterat")
        kerstin.hears("Har kvitterat: Anna Alm.", "Växjö: 1 av 2 har kvitterat\nBo Berg")
        assert kerstin.words().count("Anna Alm") == 1
        await _says_or_taps(kerstin, how, "Påminn", "påminn dem som inte har kvitterat")
        kerstin.hears("har fått en påminnelse")
        await bo.is_told("Påminnelse från Länsstyrelsen i Kronobergs län")
        bo.hears("Ny handbok om lägesbilder")
        await kerstin.says("påminn")
        kerstin.hears("De har redan fått en påminnelse")
        assert not any("Påminnelse" in words_of(one) for one in anna.inbox())


async def test_what_it_led_to_is_counted(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS, **AT_ONCE) as tryggve:
        training_id = await create_training(tryggve)
        anna = tryggve.person("Anna Alm")
        await anna.says("byt kommun till Växjö")
        kerstin = await _kerstin_writes(tryggve, reach="people", attached=str(training_id))
        await kerstin.taps("Skicka")
        await _until_done(kerstin)
        kerstin.does_not_hear("till utbildningen")
        stranger = tryggve.person("Olle Okänd", tenant="22222222-2222-4333-8444-555555555555")
        for person in (anna, stranger):
            await person.says("utbildningar")
            await person.taps("Anmäl mig till 1")
        await kerstin.says("uppdatera")
        kerstin.hears("1 anmälan till utbildningen sedan dess")


async def _fetched(tryggve: Town, url: str) -> tuple[int, bytes]:
    path = url.partition(":3978")[2]
    async with tryggve.http.get(tryggve.url + path) as response:
        return response.status, await response.read()


@pytest.mark.parametrize("how", ["taps", "types"])
async def test_every_recipient_is_in_the_file(database_url: str, how: str) -> None:
    async with town(database_url, tenants=TENANTS, **AT_ONCE) as tryggve:
        await tryggve.channel_is_added()
        anna = tryggve.person('=HYPERLINK("http://evil.example";"Anna")')
        await anna.says("byt kommun till Växjö")
        kerstin = await _kerstin_writes(tryggve, reach="channels,people")
        await kerstin.taps("Skicka")
        await _until_done(kerstin)
        await _says_or_taps(kerstin, how, "Hämta som Excel", "hämta som excel")
        url = kerstin.button("Öppna filen")["url"]

        status, content = await _fetched(tryggve, url)
        assert status == 200
        rows = [[row[column] for column in "ABCD"] for row in Sheet(content).rows()]
        assert rows == [
            ["Kommun", "Mottagare", "Typ", "Status"],
            ["Växjö", "Trygghetsgruppen", "Kanal", "Levererade"],
            ["Växjö", anna.name, "Person", "Levererade"],
        ]
        await tryggve.tryggve.directory.revoke(TENANT, kerstin.object_id, "07")
        assert (await _fetched(tryggve, url))[0] == 404


async def test_the_outcome_is_a_picture_whose_description_says_the_same(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS, **AT_ONCE) as tryggve:
        channel = await tryggve.channel_is_added()
        tryggve.teams.answers(status=400, kind="post", conversation=channel)
        await tryggve.populates(3, "0780")
        kerstin = await _kerstin_writes(tryggve, reach="channels,people")
        await kerstin.taps("Skicka")
        await _until_done(kerstin)
        shown = [one for card in kerstin.cards() for one in lint.nodes_of(card)]
        (image,) = [one for one in shown if one.get("type") == "Image"]
        assert image["altText"] == "Utfallet i siffror. Levererade: 3, Misslyckade: 1."

        status, content = await _fetched(tryggve, image["url"])
        assert status == 200
        assert len(content) < 1_000_000
        assert max(Image.open(BytesIO(content)).size) <= 1_024
        forged = image["url"][:-16] + "AAAA" + image["url"][-12:]
        assert (await _fetched(tryggve, forged))[0] == 404


@pytest.mark.both_databases
async def test_one_card_in_the_authors_chat_follows_a_long_send(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS, **AT_ONCE) as tryggve:
        following = asyncio.create_task(_looks_often(tryggve))
        await tryggve.populates(100, "0780", tenants=1)
        kerstin = await _kerstin_writes(tryggve, reach="people")
        await kerstin.taps("Skicka")
        await kerstin.is_told("Utskicket skickas nu.")

        def finished() -> bool:
            said = [words_of(one["activity"]) for one in _by_itself(tryggve, kerstin)]
            return any("Levererade: 100 av 100" in words for words in said)

        await tryggve.until(finished, within=30)
        following.cancel()
        cards = _by_itself(tryggve, kerstin)
        assert len({one["id"] for one in cards}) == 1
        assert [one["kind"] for one in cards][:2] == ["post", "update"]


async def _looks_often(tryggve: Town) -> None:
    """The card may be edited more often than it else is, and is."""
    tryggve.tryggve.announcements.progress.every = 0.3
    while True:
        await tryggve.tryggve.background.do("progress cards")
        await asyncio.sleep(0.3)


@pytest.mark.both_databases
async def test_a_short_send_needs_no_card_of_its_own(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS, **AT_ONCE) as tryggve:
        await tryggve.channel_is_added()
        kerstin = await _kerstin_writes(tryggve)
        await kerstin.taps("Skicka")
        await _until_done(kerstin)
        tryggve.tryggve.announcements.progress.every = 0.0
        await tryggve.tryggve.background.do("progress cards")
        assert _by_itself(tryggve, kerstin) == []


def _by_itself(tryggve: Town, person: Person) -> list[dict[str, Any]]:
    """What came into the chat without being asked for."""
    return [
        post
        for post in tryggve.teams.posts
        if post["conversation"] == person.chat and post["kind"] != "reply"
    ]


def _kinds(tryggve: Town, channel: str) -> list[str]:
    return [post["kind"] for post in tryggve.teams.posts if post["conversation"] == channel]


async def _until_done(kerstin: Person) -> None:
    """Ask for the status until nothing is under way."""
    for _ in range(100):
        await kerstin.says("hur går det med utskicket")
        if "Utskicket är klart." in kerstin.words():
            return
    raise AssertionError(kerstin.words())


@pytest.mark.parametrize(("status", "body"), [(201, b"{}"), (202, b"{}"), (202, b"")])
async def test_what_teams_took_without_an_id_is_named_when_it_cannot_be_changed(
    database_url: str, status: int, body: bytes
) -> None:
    tenants = {TENANT: "0780", "tenant-b": "0765"}
    async with town(database_url, tenants=tenants, **AT_ONCE) as tryggve:
        channel = await tryggve.channel_is_added()
        await tryggve.channel_is_added("Andra", "tenant-b")
        kerstin = await _kerstin_writes(tryggve)
        tryggve.teams.answers(status=status, kind="post", conversation=channel, body=body)
        await kerstin.taps("Skicka")
        await _until_done(kerstin)
        await kerstin.says("rätta")
        await kerstin.says("Rubrik: En annan rubrik")
        await kerstin.says("ja")
        await _until_done(kerstin)
        kerstin.hears("Rättade: 1 av 2", "(Växjö) saknas, därför att Teams inte gav något id")
        kerstin.does_not_hear("Försök igen")

        await kerstin.taps("Dra tillbaka")
        await kerstin.taps("Ja, dra tillbaka")
        kerstin.hears("tillbakadraget, men inte överallt", "Borttagna: 1 av 2", "(Växjö) saknas")


async def test_where_nothing_could_be_removed_it_is_not_called_withdrawn(
    database_url: str,
) -> None:
    async with town(database_url, tenants=TENANTS, **AT_ONCE) as tryggve:
        channel = await tryggve.channel_is_added()
        kerstin = await _kerstin_writes(tryggve)
        await kerstin.taps("Skicka")
        await _until_done(kerstin)
        tryggve.teams.answers(status=403, kind="delete", conversation=channel)
        await kerstin.taps("Dra tillbaka")
        await kerstin.taps("Ja, dra tillbaka")
        kerstin.hears("inget av det som kommit fram gick att ta bort", "Borttagna: 0 av 1")
        kerstin.hears("saknas, därför att Teams inte låter Tryggve skriva där")
        kerstin.does_not_hear("Utskicket är tillbakadraget")
