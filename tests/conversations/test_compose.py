"""Writing an announcement: everything in one form, tried on oneself, and nothing lost."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.builders import create_training
from tests.support.lint import actions_of, nodes_of
from tests.support.town import TENANT, Person, Town, town, words_of

TENANTS = {TENANT: "0780"}
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

FORM = {
    "heading": "Ny handbok om lägesbilder",
    "text": "Brå har en **ny handbok**. Läs den före mötet.",
    "link": "https://bra.se",
    "link_title": "Till handboken",
}
PICTURE = {"picture": "https://bild.example/omslag.png", "picture_alt": "Omslaget till handboken"}


async def writes(kerstin: Person, **changed: Any) -> None:
    await kerstin.says("nytt utskick")
    await kerstin.taps("Förhandsgranska", **{**FORM, **changed})


def posts(tryggve: Town, place: str) -> list[dict[str, Any]]:
    """The cards in a channel or chat, as they were sent by themselves."""
    return [
        post["activity"]["attachments"][0]["content"]
        for post in tryggve.teams.posts
        if post["conversation"] == place and post["kind"] in ("post", "update")
    ]


def values(person: Person) -> dict[str, str]:
    """What the fields of the card last heard hold."""
    fields = [node for card in person.cards() for node in nodes_of(card)]
    return {node["id"]: node.get("value", "") for node in fields if "id" in node}


async def test_everything_in_one_form_looks_the_same_in_the_channel(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        channel = await tryggve.channel_is_added()
        training = await create_training(tryggve, title="Lägesbild i praktiken", taken=8)
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await writes(kerstin, **PICTURE, attached=str(training), acknowledge="true")
        kerstin.hears("Lägesbild i praktiken", "12 platser kvar", "Anmäl mig", "Jag har läst")
        shown = kerstin.cards()[0]["body"][1]["items"]
        await kerstin.taps("Skicka")
        await tryggve.until(lambda: bool(posts(tryggve, channel)))

        [card] = posts(tryggve, channel)
        texts = [node["text"] for node in nodes_of(card) if node.get("type") == "TextBlock"]
        assert texts == [node["text"] for node in nodes_of(shown) if "text" in node]
        [picture] = [node for node in nodes_of(card) if node.get("type") == "Image"]
        assert (picture["url"], picture["altText"]) == tuple(PICTURE.values())
        titles = [action["title"] for action in actions_of(card)]
        assert titles == ["Till handboken", "Anmäl mig", "Jag har läst", "Fråga samordnaren"]


async def test_everything_can_be_typed(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        channel = await tryggve.channel_is_added()
        await create_training(tryggve, title="Lägesbild i praktiken")
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await kerstin.says("nytt utskick")
        await kerstin.says(
            "Rubrik: Ny handbok\nText: Brå har en ny handbok.\nLänk: https://bra.se\n"
            "Bild: https://bild.example/a.png\nBildtext: Omslaget\n"
            "Bifoga: lägesbild i praktiken\nKvittens: ja"
        )
        kerstin.hears("Så här ser utskicket ut", "Lägesbild i praktiken", "Jag har läst")
        await kerstin.says("Bifoga: ingen\nKvittens: nej")
        kerstin.does_not_hear("Lägesbild i praktiken")
        kerstin.does_not_hear("Jag har läst")
        await kerstin.says("skicka")

        await tryggve.until(lambda: bool(posts(tryggve, channel)))


async def test_a_picture_needs_a_description_and_https(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await writes(kerstin, picture="https://bild.example/a.png")
        kerstin.hears("Något behöver rättas", "Beskriv bilden med högst 200 tecken")
        await kerstin.taps("Förhandsgranska", picture="http://bild.example/a.png")
        kerstin.hears("Bildens länk måste börja med https://")
        await kerstin.taps("Förhandsgranska", **PICTURE)
        kerstin.hears("Så här ser utskicket ut")


async def test_only_open_trainings_of_the_county_can_be_attached(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        elsewhere = await create_training(tryggve, title="I Skåne", county="12")
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await create_training(tryggve, title="Hos oss")
        await kerstin.says("nytt utskick")
        assert "Hos oss" in str(kerstin.cards())
        assert "I Skåne" not in str(kerstin.cards())
        for forged in (str(elsewhere), "4711"):
            await kerstin.taps("Förhandsgranska", **FORM, attached=forged)
            kerstin.hears("Något behöver rättas", "Bara öppna utbildningar i ditt län")
        await kerstin.says("Bifoga: I Skåne")
        kerstin.hears("Bara öppna utbildningar i ditt län")


async def test_too_long_is_told_with_how_much_and_loses_nothing(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        long = "- å\n\n" * 700
        await writes(kerstin, text=long)
        kerstin.hears("Något behöver rättas", "tecken för långt för Teams")
        assert values(kerstin)["text"] == long.strip()
        assert values(kerstin)["heading"] == FORM["heading"]
        await kerstin.says("Text: En kort text i stället.")
        kerstin.hears("Så här ser utskicket ut", FORM["heading"], "En kort text i stället.")


async def test_a_faulty_line_loses_none_of_the_lines_before(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await kerstin.says("nytt utskick")
        await kerstin.says(
            "Rubrik: Möte i rådet\nText: Vi ses i Växjö.\nLänk: http://bra.se\nKvittens: kanske\n"
            "Skicka: i morgon"
        )
        kerstin.hears(
            "Varje länk måste börja med https://",
            "Skriv ”Kvittens: ja”",
            "Du valde en dag men inget klockslag",
        )
        await kerstin.says("Länk: https://bra.se")
        kerstin.hears("Skriv ”Kvittens: ja”")  # it is as little understood as before
        await kerstin.says("Kvittens: nej")

        kerstin.hears("Så här ser utskicket ut", "Möte i rådet", "Vi ses i Växjö.")


async def test_a_test_comes_to_the_author_alone(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        channel = await tryggve.channel_is_added()
        training = await create_training(tryggve)
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await writes(kerstin, attached=str(training), acknowledge="true")
        await kerstin.taps("Skicka till mig själv")
        kerstin.hears("Testet är på väg till din chatt", "Så här ser utskicket ut")
        await kerstin.is_told("Test. Så här blir utskicket.")

        for title in ("Anmäl mig", "Jag har läst"):
            await kerstin.taps_action(actions_named(kerstin.inbox(), title))
            kerstin.hears("Det här är en förhandsvisning")
        await kerstin.says("mina utbildningar")
        kerstin.does_not_hear("Du har en plats")
        assert posts(tryggve, channel) == []
        await kerstin.says("skicka till mig själv")
        kerstin.hears("Testet är på väg till din chatt")
        await tryggve.until(lambda: str(kerstin.inbox()).count("Test. Så här blir") == 2)
        await kerstin.says("skicka")
        await tryggve.until(lambda: bool(posts(tryggve, channel)))


def actions_named(inbox: list[dict[str, Any]], title: str) -> dict[str, Any]:
    """The button with this title on the latest card that has one."""
    cards = [part["content"] for one in inbox for part in one.get("attachments", [])]
    return [one for card in cards for one in actions_of(card) if one["title"] == title][-1]


async def test_a_draft_is_deleted_after_a_question(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await writes(kerstin)
        await kerstin.taps("Ta bort utkastet")
        kerstin.hears("Vill du ta bort utkastet ”Ny handbok om lägesbilder”?")
        await kerstin.taps("Nej, behåll")
        kerstin.hears("Så här ser utskicket ut")
        await kerstin.says("ta bort utkastet")
        await kerstin.says("kanske")
        kerstin.hears("Svara ”ja” eller ”nej”")
        await kerstin.says("ja")
        kerstin.hears("Utkastet är borttaget.")
        await kerstin.says("mina utskick")
        kerstin.hears("Du har inga utskick än")


async def test_a_draft_from_the_list_goes_on_in_words(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await writes(kerstin)
        await kerstin.says("mina utskick")
        await kerstin.says("fortsätt med 1")
        await kerstin.says("Rubrik: En annan rubrik")

        kerstin.hears("Så här ser utskicket ut", "En annan rubrik", "ny handbok")


async def test_a_large_one_is_sent_by_its_number_alone(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS, confirm_from=2) as tryggve:
        channel = await tryggve.channel_is_added()
        anna = tryggve.person("Anna Alm")
        await anna.says("byt kommun till Växjö")
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await writes(kerstin, reach="channels,people")
        kerstin.hears("Skriv antalet mottagare (2) för att skicka")
        await kerstin.taps("Skicka")
        kerstin.hears("Skriv antalet mottagare (2) för att skicka. Inget har skickats än.")
        await kerstin.taps("Skicka", recipients="20")
        kerstin.hears("Talet stämmer inte. Utskicket når 2 mottagare.")
        await kerstin.says("3")
        kerstin.hears("Talet stämmer inte")
        await kerstin.says("skicka")
        kerstin.hears("Inget har skickats än")
        assert posts(tryggve, channel) == []

        await kerstin.says("2")
        await anna.is_told("Ny handbok om lägesbilder")
        await tryggve.until(lambda: len(posts(tryggve, channel)) == 1)


async def test_an_old_preview_shows_what_it_has_become(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        channel = await tryggve.channel_is_added()
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await writes(kerstin)
        old = kerstin.button("Skicka")
        await kerstin.says("Rubrik: En annan rubrik")
        await kerstin.taps_action(old)
        kerstin.hears("Utskicket har ändrats sedan den förhandsvisningen", "En annan rubrik")
        assert posts(tryggve, channel) == []

        await kerstin.says("skicka")
        await tryggve.until(lambda: "En annan rubrik" in str(posts(tryggve, channel)))


async def test_a_number_sends_nothing_where_none_is_asked_for(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        channel = await tryggve.channel_is_added()
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await writes(kerstin)
        await kerstin.says("1")

        kerstin.hears("Utskicket är inte skickat än")
        assert posts(tryggve, channel) == []


@pytest.mark.both_databases
async def test_the_post_signs_up_and_shows_the_seats_that_are_left(database_url: str) -> None:
    now = [NOW]
    async with town(database_url, tenants=TENANTS, now=lambda: now[0]) as tryggve:
        channel = await tryggve.channel_is_added()
        training = await create_training(tryggve, title="Lägesbild i praktiken", taken=8)
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        anna = tryggve.person("Anna Alm")
        await anna.installs()
        await writes(kerstin, attached=str(training))
        await kerstin.taps("Skicka")
        await tryggve.until(lambda: bool(posts(tryggve, channel)))

        await anna.taps_action(named(posts(tryggve, channel)[0], "Anmäl mig"), channel=channel)
        anna.hears("Jag svarar dig i vår egen chatt", "Du är anmäld")
        await tryggve.tryggve.background.do("seats in posts")
        await tryggve.until(lambda: len(posts(tryggve, channel)) == 2)
        assert "11 platser kvar" in str(posts(tryggve, channel)[-1])


async def test_signing_up_in_the_own_chat_leaves_the_announcement_there(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        training = await create_training(tryggve, title="Lägesbild i praktiken")
        anna = tryggve.person("Anna Alm")
        await anna.says("byt kommun till Växjö")
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await writes(kerstin, attached=str(training), reach="people")
        await kerstin.taps("Skicka")
        await anna.is_told("Ny handbok om lägesbilder")
        await anna.taps("Anmäl mig")

        anna.hears("Jag svarar här nedanför", "Du är anmäld", "Lägesbild i praktiken")
        assert not anna.heard[0].get("attachments")


def named(card: dict[str, Any], title: str) -> dict[str, Any]:
    return next(action for action in actions_of(card) if action["title"] == title)


@pytest.mark.both_databases
async def test_a_correction_keeps_the_training_and_the_buttons(database_url: str) -> None:
    async with town(database_url, tenants=TENANTS) as tryggve:
        channel = await tryggve.channel_is_added()
        training = await create_training(tryggve, title="Lägesbild i praktiken")
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await writes(kerstin, **PICTURE, attached=str(training), acknowledge="true")
        await kerstin.taps("Skicka")
        await tryggve.until(lambda: bool(posts(tryggve, channel)))
        await kerstin.says("rätta utskicket")
        await kerstin.taps("Rätta", heading="En rättad rubrik")
        await tryggve.until(lambda: len(posts(tryggve, channel)) == 2)

        corrected = posts(tryggve, channel)[-1]
        said = words_of({"attachments": [{"content": corrected}]})
        for part in ("En rättad rubrik", "Rättad", "Lägesbild i praktiken", "Jag har läst"):
            assert part in said
        assert named(corrected, "Anmäl mig")["data"]["announcement"] > 0
        assert PICTURE["picture"] in str(corrected)
