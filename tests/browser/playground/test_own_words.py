"""A newcomer in Microsoft's own local client, who has never read what can be written."""

import asyncio

import pytest

from tests.browser.playground.chat import CHANNEL, FORM, Chat

# One after the other: the Playground and the bot keep their logs in the same folder.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]


async def test_the_four_jobs_and_the_help_in_own_words(sigrid: Chat) -> None:
    async with asyncio.timeout(100):
        await is_helped(sigrid)
        await asks(sigrid)
        await finds_a_colleague(sigrid)
        await signs_up(sigrid)
        await announces(sigrid)
        await is_helped_in_a_channel(sigrid)


async def is_helped(sigrid: Chat) -> None:
    await sigrid.hears("Hej, jag heter Tryggve")
    await sigrid.photographs("own-welcome")
    await sigrid.taps("Hjälp")
    await sigrid.hears("Det här kan du göra", "nytt utskick")
    await sigrid.photographs("own-help")
    assert not await sigrid.page.get_by_text("ställ in", exact=True).is_visible()
    await sigrid.taps("Mer om utskick")
    await sigrid.page.get_by_text("ställ in", exact=True).wait_for()
    await sigrid.photographs("own-help-unfolded")
    await sigrid.says("hjälp utbildningar")
    await sigrid.hears("Gå utbildningar", "avanmäl mig från 1")
    await sigrid.photographs("own-help-trainings")


async def asks(sigrid: Chat) -> None:
    await sigrid.says("Hej! Måste vi verkligen göra en lägesbild?")
    await sigrid.hears("Måste kommunen ha en lägesbild?", "Källa:")
    await sigrid.photographs("own-answer")


async def finds_a_colleague(sigrid: Chat) -> None:
    await sigrid.says("hur når jag vår länssamordnare")
    await sigrid.hears("Det här är du själv", "Länsstyrelsen i Kronobergs län")
    await sigrid.photographs("own-coordinator")
    await sigrid.says("och i Lidköping?")
    await sigrid.hears("Stöder Lidköping", "Länsstyrelsen i Västra Götalands län")


async def signs_up(sigrid: Chat) -> None:
    await sigrid.says("jag skulle vilja gå på nån kurs")
    await sigrid.hears("Kommande utbildningar")
    await sigrid.photographs("own-trainings")
    await sigrid.says("kan du anmäla mig till den första?")
    await sigrid.hears("Ska jag anmäla dig")
    await sigrid.photographs("own-asked-back")
    await sigrid.says("ja gärna")
    await sigrid.hears("Du är anmäld")
    await sigrid.photographs("own-signed-up")


async def announces(sigrid: Chat) -> None:
    await sigrid.says("jag vill skicka ut information till alla kommuner i länet")
    await sigrid.hears("Hur ska det nå fram?")
    await sigrid.fills_in(FORM)
    await sigrid.taps("Förhandsgranska")
    await sigrid.hears("Så här ser utskicket ut")
    await sigrid.photographs("own-preview")


async def is_helped_in_a_channel(sigrid: Chat) -> None:
    await sigrid.opens(CHANNEL)
    await sigrid.hears("Hej allihop")
    await sigrid.posts("vad kan vi göra här?")
    await sigrid.hears("Det här kan ni göra här", "utskick hit")
    await sigrid.photographs("own-channel-help")
