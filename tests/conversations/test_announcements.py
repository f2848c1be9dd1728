"""J4: announcements, from the form to the channel and back."""

from typing import Any

import pytest

from tests.support.lint import actions_of, words_of_card
from tests.support.town import TENANT, Person, Town, town, words_of

OTHER_TENANT = "99999999-2222-4333-8444-555555555555"
TENANTS = {TENANT: "0780", OTHER_TENANT: "1281"}

FORM = {
    "heading": "Ny handbok om lägesbilder",
    "text": "Brå har en **ny handbok**. Läs den före mötet.",
    "link": "https://bra.se",
    "link_title": "Till handboken",
}


async def _written(kerstin: Person, **changed: Any) -> None:
    await kerstin.says("nytt utskick")
    await kerstin.taps("Förhandsgranska", **{**FORM, **changed})


async def test_an_announcement_reaches_the_channel_as_one_post(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        channel = await tryggve.channel_is_added()
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await _written(kerstin)
        kerstin.hears(
            "Så här ser utskicket ut",
            "Ny handbok om lägesbilder",
            "Når 1 kanal och 0 personer i 1 kommun.",
        )
        shown = kerstin.cards()[0]["body"][1]["items"]

        await kerstin.taps("Skicka")
        kerstin.hears("Utskicket ”Ny handbok om lägesbilder”")

        posts = _posts(tryggve, channel)
        await tryggve.until(lambda: bool(_posts(tryggve, channel)))
        posts = _posts(tryggve, channel)
        assert len(posts) == 1
        card = posts[0]["attachments"][0]["content"]
        assert words_of_card(card) == words_of_card({"body": shown})
        [open_link, ask] = actions_of(card)
        assert (open_link["url"], ask["title"]) == ("https://bra.se", "Fråga samordnaren")
        await _until_done(tryggve, kerstin)
        kerstin.hears("Utskicket är klart.", "Levererade: 1 av 1")


async def test_a_second_tap_on_send_sends_nothing_more(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        channel = await tryggve.channel_is_added()
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await _written(kerstin)
        send = kerstin.button("Skicka")
        await kerstin.taps_action(send)
        await kerstin.taps_action(send)
        kerstin.hears("Utskicket var redan skickat")

        await _until_done(tryggve, kerstin)
        assert len(_posts(tryggve, channel)) == 1


async def test_it_can_be_corrected_and_withdrawn(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        channel = await tryggve.channel_is_added()
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await _written(kerstin)
        await kerstin.says("skicka")
        await _until_done(tryggve, kerstin)

        await kerstin.taps("Rätta")
        await kerstin.taps("Rätta", heading="Ny handbok om åtgärdsplaner")
        await tryggve.until(lambda: "update" in _kinds(tryggve, channel))
        corrected = words_of(_posts(tryggve, channel)[-1])
        assert "Ny handbok om åtgärdsplaner" in corrected
        assert "Rättad" in corrected

        await kerstin.says("dra tillbaka")
        kerstin.hears("Vill du dra tillbaka utskicket")
        await kerstin.says("ja")
        kerstin.hears("Utskicket är tillbakadraget.")
        await tryggve.until(lambda: "delete" in _kinds(tryggve, channel))
        assert _kinds(tryggve, channel) == ["post", "update", "delete"]


async def test_a_demoted_coordinator_cannot_correct_in_words(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        channel = await tryggve.channel_is_added()
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await _written(kerstin)
        await kerstin.says("skicka")
        await _until_done(tryggve, kerstin)
        await kerstin.says("rätta")
        await tryggve.tryggve.directory.revoke(TENANT, kerstin.object_id, "07")
        await kerstin.says("Rubrik: En helt annan rubrik")

        kerstin.hears("Det utskicket hittar jag inte")
        assert _kinds(tryggve, channel) == ["post"]


@pytest.mark.both_databases
async def test_a_failed_channel_is_named_with_the_reason(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        channel = await tryggve.channel_is_added()
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await _written(kerstin)
        body = b'{"error": {"code": "BotNotInConversationRoster"}}'
        tryggve.teams.answers(status=403, body=body, kind="post", conversation=channel)
        await kerstin.taps("Skicka")
        await _until_done(tryggve, kerstin)

        kerstin.hears("Levererade: 0 av 1", "Utan Tryggve: 1", "har inte lagt till Tryggve")


async def test_people_are_reached_in_their_own_chat(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        anna = tryggve.person("Anna Alm")
        await anna.says("min samordnare")
        await anna.says("Växjö")
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await _written(kerstin, reach="people")
        kerstin.hears("Når 0 kanaler och 1 person i 1 kommun.")
        await kerstin.taps("Skicka")

        await anna.is_told("Ny handbok om lägesbilder")


async def test_who_has_removed_the_app_is_not_reached(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        channel = await tryggve.channel_is_added()
        anna = tryggve.person("Anna Alm")
        await anna.says("byt kommun till Växjö")
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await anna.uninstalls()
        removed = {"type": "installationUpdate", "action": "remove"}
        await tryggve.person("Karin Kanal").act(removed, channel=channel)
        await _written(kerstin, reach="channels,people")
        kerstin.hears("Utskicket når ingen än")

        await anna.says("hej")
        await tryggve.channel_is_added()
        await _written(kerstin, reach="channels,people")
        kerstin.hears("Når 1 kanal och 1 person i 1 kommun.")


async def test_somebody_else_is_told_politely(anna: Person) -> None:
    await anna.says("nytt utskick")

    anna.hears("Utskick kan bara regionala samordnare", "min samordnare")


async def test_another_countys_municipalities_cannot_be_reached(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        other = await tryggve.channel_is_added("Lund", tenant=OTHER_TENANT)
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await _written(kerstin, audience="1281")
        kerstin.hears("Du kan bara nå kommuner i ditt eget län: Kronobergs län")
        await _written(kerstin, audience="07,1281")
        kerstin.hears("Du kan bara nå kommuner i ditt eget län")

        assert _posts(tryggve, other) == []


async def test_a_demoted_coordinator_cannot_send_an_old_preview(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        channel = await tryggve.channel_is_added()
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await _written(kerstin)
        await tryggve.tryggve.directory.revoke(TENANT, kerstin.object_id, "07")
        await kerstin.taps("Skicka")

        kerstin.hears("Utskick kan bara regionala samordnare")
        assert _posts(tryggve, channel) == []


async def test_a_faulty_form_keeps_what_was_written(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await _written(kerstin, link="http://osäker.example", heading="Hej")
        kerstin.hears("Något behöver rättas", "Varje länk måste börja med https://")

        kept = {
            node["id"]: node.get("value") for node in kerstin.cards()[0]["body"] if "id" in node
        }
        assert kept["text"] == FORM["text"]
        assert kept["heading"] == "Hej"


async def test_it_can_be_written_in_the_chat(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        channel = await tryggve.channel_is_added()
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await kerstin.says("nytt utskick")
        await kerstin.says(
            "Rubrik: Möte i rådet\nText: Vi ses i Växjö.\nTa med lägesbilden.\nTill: Växjö, Alvesta"
        )
        kerstin.hears(
            "Så här ser utskicket ut", "Möte i rådet", "1 kommun har inte Tryggve: Alvesta"
        )
        await kerstin.says("ändra")
        await kerstin.says("Rubrik: Möte i rådet i mars")
        kerstin.hears("Möte i rådet i mars", "Ta med lägesbilden")
        await kerstin.says("skicka")

        await tryggve.until(lambda: bool(_posts(tryggve, channel)))
        assert "Möte i rådet i mars" in words_of(_posts(tryggve, channel)[0])


async def test_another_question_in_between_loses_nothing(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        await tryggve.channel_is_added()
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await _written(kerstin)
        await kerstin.says("hur ofta ska lägesbilden uppdateras?")
        kerstin.hears("Ditt utskick är sparat som utkast", "Minst vartannat år")
        await kerstin.says("mina utskick")
        kerstin.hears("Ny handbok om lägesbilder", "Utkast")
        await kerstin.taps("Fortsätt med 1")
        assert "Ny handbok om lägesbilder" in str(kerstin.cards())
        await kerstin.says("mina utskick")
        await kerstin.says("fortsätt med 1")
        assert "Ny handbok om lägesbilder" in str(kerstin.cards())


def _posts(tryggve: Town, channel: str) -> list[dict[str, Any]]:
    return [
        post["activity"]
        for post in tryggve.teams.posts
        if post["conversation"] == channel and post["kind"] != "delete"
    ]


def _kinds(tryggve: Town, channel: str) -> list[str]:
    return [post["kind"] for post in tryggve.teams.posts if post["conversation"] == channel]


async def _until_done(tryggve: Town, kerstin: Person) -> None:
    """Ask for the status until everything has been sent."""
    for _ in range(100):
        await kerstin.says("hur går det med utskicket")
        if "Utskicket är klart." in kerstin.words():
            return
    raise AssertionError(kerstin.words())
