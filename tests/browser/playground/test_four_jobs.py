"""The four jobs, as a person does them."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from tests.browser.playground.chat import CHANNEL, FORM, OWN_CHAT, Chat

# One after the other: the Playground and the bot keep their logs in the same folder.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]


async def test_the_four_jobs_in_the_playground(sigrid: Chat) -> None:
    async with asyncio.timeout(100):
        await asks(sigrid)
        await finds_coordinators(sigrid)
        await signs_up_for_a_training(sigrid)
        await sends_an_announcement(sigrid)
        await corrects_and_withdraws_it(sigrid)
        await schedules_an_announcement(sigrid)
        await asks_in_the_channel(sigrid)


async def asks(sigrid: Chat) -> None:
    await sigrid.hears("Hej, jag heter Tryggve")
    await sigrid.photographs("welcome")
    await sigrid.says("hur ofta ska vi updatera lägesbiden?")
    await sigrid.hears("Minst vartannat år", "Källa:", "på lagen.nu", "Granskad")
    await sigrid.photographs("answer")
    await sigrid.taps("Läs mer")
    await sigrid.photographs("more")


async def finds_coordinators(sigrid: Chat) -> None:
    await sigrid.says("min samordnare")
    await sigrid.hears("Det här är du själv")
    await sigrid.says("samordnare i Lund")
    await sigrid.hears("Länsstyrelsen i Skåne län", "010-224 10 00")
    await sigrid.says("byt kommun till Växjö")
    await sigrid.hears("Jag har noterat att du arbetar i Växjö.", "010-223 70 00")
    await sigrid.photographs("coordinator")


async def signs_up_for_a_training(sigrid: Chat) -> None:
    await sigrid.says("utbildningar")
    await sigrid.hears("Kommande utbildningar")
    await sigrid.photographs("trainings")
    await sigrid.taps("Anmäl mig till 1")
    await sigrid.hears("Du är anmäld")
    await sigrid.photographs("signed-up")
    await sigrid.says("mina utbildningar")
    await sigrid.hears("Du har en plats")
    await sigrid.photographs("my-trainings")


async def sends_an_announcement(sigrid: Chat) -> None:
    await sigrid.opens(CHANNEL)
    await sigrid.hears("Hej allihop")
    await sigrid.photographs("channel")
    await sigrid.opens(OWN_CHAT)
    await sigrid.says("nytt utskick")
    await sigrid.hears("Hur ska det nå fram?")
    await sigrid.fills_in(FORM)
    await sigrid.photographs("form")
    await sigrid.taps("Förhandsgranska")
    await sigrid.hears("Så här ser utskicket ut", "Når 1 kanal och 0 personer i 1 kommun.")
    await sigrid.photographs("preview")
    await sigrid.taps("Skicka")
    await sigrid.hears("Utskicket ”Ny handbok om lägesbilder”")
    await sigrid.photographs("sent")

    await sigrid.opens(CHANNEL)
    await sigrid.hears("Ny handbok om lägesbilder", "Från Länsstyrelsen i Kronobergs län")
    await sigrid.photographs("post")

    await sigrid.opens(OWN_CHAT)
    await sigrid.taps_until("Uppdatera", "Utskicket är klart.")
    await sigrid.hears("Levererade: 1 av 1")
    await sigrid.sees("Utfallet i siffror. Levererade: 1.")
    await sigrid.photographs("delivered")


async def corrects_and_withdraws_it(sigrid: Chat) -> None:
    await sigrid.taps("Rätta")
    await sigrid.hears("Rätta utskicket")
    await sigrid.fills_in({"Rubrik": "Ny handbok om åtgärdsplaner"})
    await sigrid.taps("Rätta")
    await sigrid.hears("Rättade: 1 av 1")
    await sigrid.photographs("corrected")
    await sigrid.opens(CHANNEL)
    await sigrid.hears("Ny handbok om åtgärdsplaner")
    await sigrid.photographs("corrected-post")

    await sigrid.opens(OWN_CHAT)
    await sigrid.taps("Dra tillbaka")
    await sigrid.taps("Ja, dra tillbaka")
    # The local client cannot delete messages, and says so: 501.
    await sigrid.hears("inget av det som kommit fram gick att ta bort", "Borttagna: 0 av 1")
    await sigrid.photographs("withdrawn")


async def schedules_an_announcement(sigrid: Chat) -> None:
    day = datetime.now(UTC).date() + timedelta(days=7)
    await sigrid.says("nytt utskick")
    await sigrid.hears("Fler val")
    await sigrid.fills_in({**FORM, "Skicka senare: dag": f"{day}"})
    await sigrid.fills_in({"Skicka senare: klockslag": "08:30"})
    await sigrid.taps("Förhandsgranska")
    await sigrid.hears("kl. 08.30.")
    await sigrid.taps("Schemalägg")
    await sigrid.hears("är schemalagt")
    await sigrid.photographs("scheduled")
    await sigrid.taps("Ställ in")
    await sigrid.hears("Utskicket är ett utkast igen.")


async def asks_in_the_channel(sigrid: Chat) -> None:
    await sigrid.opens(CHANNEL)
    await sigrid.posts("måste kommunen ha en åtgärdsplan?")
    await sigrid.hears("Ja, kommunen ska besluta om en åtgärdsplan")
    await sigrid.photographs("mention")
