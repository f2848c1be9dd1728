"""A large announcement: a second coordinator says yes or no, and its author is told."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.support.lint import actions_of
from tests.support.town import TENANT, Person, Town, town

FORM = {"heading": "Ny handbok om lägesbilder", "text": "Brå har en ny handbok. Läs den."}


def posts(tryggve: Town, channel: str) -> list[Any]:
    return [one for one in tryggve.teams.posts if one["conversation"] == channel]


@asynccontextmanager
async def asked(database_url: str) -> AsyncIterator[tuple[Town, Person, Person, str]]:
    """Kerstin has written what Karin must approve. Town, Kerstin, Karin, the channel."""
    async with town(database_url, tenants={TENANT: "0780"}, approval_from=1) as tryggve:
        channel = await tryggve.channel_is_added()
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        karin = await tryggve.coordinator("Karin Lind", "07")
        await karin.installs()
        await kerstin.says("nytt utskick")
        await kerstin.taps("Förhandsgranska", **FORM)
        kerstin.hears("en annan samordnare måste godkänna")
        await kerstin.taps("Skicka")
        kerstin.hears("väntar på godkännande", "En annan samordnare i Kronobergs län")
        yield tryggve, kerstin, karin, channel


async def test_a_yes_sends_it_and_tells_the_author(database_url: str) -> None:
    async with asked(database_url) as (tryggve, kerstin, karin, channel):
        await karin.is_told("Kerstin Karlsson vill skicka ett stort utskick")
        karin.hears("Brå har en ny handbok", "Når 1 kanal", "Det skickas så fort du godkänner.")
        await kerstin.says("mina utskick")
        kerstin.hears("Väntar på godkännande")
        assert posts(tryggve, channel) == []

        approve = karin.button("Godkänn")
        await karin.taps_action(approve)
        karin.hears("Du har godkänt utskicket")
        await tryggve.until(lambda: len(posts(tryggve, channel)) == 1)
        await kerstin.is_told("Karin Lind har godkänt utskicket")
        await karin.taps_action(approve)
        karin.hears("väntar inte längre på godkännande")
        assert len(posts(tryggve, channel)) == 1


async def test_yes_and_no_can_be_typed(database_url: str) -> None:
    async with asked(database_url) as (tryggve, kerstin, karin, channel):
        await karin.is_told("Kerstin Karlsson vill skicka")
        await karin.says("att godkänna")
        karin.hears("Kerstin Karlsson vill skicka")
        await karin.says("kanske")
        karin.hears("Skriv ”godkänn” om utskicket kan skickas")
        await karin.says("säg nej")
        karin.hears("Varför inte?")
        for no_reason in ("nej", "vänta", "ok då", "vad är en lägesbild", "kan hon ändra?"):
            await karin.says(no_reason)
            karin.does_not_hear("Du sa nej till utskicket")
        await karin.says("att godkänna")
        await karin.says("säg nej")
        await karin.says("Datumet är fel")
        karin.hears("Ska jag säga nej med skälet ”Datumet är fel”?")
        await karin.says("ja")
        karin.hears("Du sa nej till utskicket")
        await kerstin.is_told("Karin Lind sa nej till utskicket")
        kerstin.hears("Datumet är fel", "Det är ett utkast igen")
        assert posts(tryggve, channel) == []

        await kerstin.taps("Ändra")
        await kerstin.says("Text: Nu är datumet rättat.")
        await kerstin.says("skicka")
        await karin.is_told("Nu är datumet rättat.")
        await karin.says("godkänn")
        karin.hears("Nu är datumet rättat.")
        await karin.says("godkänn")
        karin.hears("Du har godkänt utskicket")
        await tryggve.until(lambda: len(posts(tryggve, channel)) == 1)


async def test_a_no_wants_a_reason(database_url: str) -> None:
    async with asked(database_url) as (tryggve, kerstin, karin, channel):
        await karin.is_told("vill skicka ett stort utskick")
        no = karin.button("Säg nej")
        await karin.taps_action(no)
        karin.hears("Varför inte?")
        await karin.says("avbryt")
        await karin.says("att godkänna")
        await karin.says("säg nej: Texten är för lång.")
        karin.hears("Du sa nej till utskicket")
        await kerstin.is_told("Texten är för lång.")
        await karin.taps_action(no, reason="Ett skäl till")

        karin.hears("väntar inte längre")
        assert posts(tryggve, channel) == []


async def test_the_author_cannot_approve_it(database_url: str) -> None:
    async with asked(database_url) as (tryggve, kerstin, karin, channel):
        await karin.is_told("vill skicka ett stort utskick")
        await kerstin.taps_action(karin.button("Godkänn"))
        kerstin.hears("Du kan inte godkänna ditt eget utskick")
        await kerstin.says("att godkänna")
        kerstin.hears("Inget utskick väntar på ditt godkännande")

        assert posts(tryggve, channel) == []


async def test_others_cannot_approve_it_either(database_url: str) -> None:
    async with asked(database_url) as (tryggve, _, karin, channel):
        await karin.is_told("vill skicka ett stort utskick")
        yes, no = karin.button("Godkänn"), karin.button("Säg nej")
        hans = await tryggve.coordinator("Hans Hall", "13")
        anna = tryggve.person("Anna Alm")
        await tryggve.tryggve.directory.revoke(TENANT, karin.object_id, "07")
        for person in (hans, anna, karin):
            await person.taps_action(yes)
            person.hears("Det utskicket kan du inte godkänna")
            await person.taps_action(no, reason="Därför")
            person.hears("Det utskicket kan du inte godkänna")

        assert posts(tryggve, channel) == []


async def test_what_was_taken_back_is_not_approved(database_url: str) -> None:
    async with asked(database_url) as (tryggve, kerstin, karin, channel):
        await karin.is_told("vill skicka ett stort utskick")
        await kerstin.says("ta tillbaka")
        kerstin.hears("Utskicket är ett utkast igen. Inget har skickats.")
        await karin.taps("Godkänn")
        karin.hears("väntar inte längre på godkännande")

        assert posts(tryggve, channel) == []


async def test_alone_in_the_county_one_is_told_what_to_do(database_url: str) -> None:
    async with town(database_url, tenants={TENANT: "0780"}, approval_from=1) as tryggve:
        await tryggve.channel_is_added()
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await kerstin.says("nytt utskick")
        await kerstin.taps("Förhandsgranska", **FORM)
        await kerstin.taps("Skicka")
        kerstin.hears("Det finns ingen annan samordnare i Kronobergs län")
        karin = await tryggve.coordinator("Karin Lind", "07")
        await karin.says("att godkänna")

        karin.hears("Kerstin Karlsson vill skicka")
        titles = [action["title"] for action in actions_of(karin.cards()[0])]
        assert titles == ["Fråga samordnaren", "Vilka nås inte?", "Godkänn", "Säg nej"]
