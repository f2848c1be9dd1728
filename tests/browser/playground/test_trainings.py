"""A training from a coordinator's form to a seat and its list, in Microsoft's own local client."""

import asyncio
from datetime import date, timedelta

import pytest

from tests.browser.playground.chat import Chat

# One after the other: the Playground and the bot keep their logs in the same folder.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]

TITLE = "Trygga torg på riktigt"
IN_TWO_MONTHS = (date.today() + timedelta(days=60)).isoformat()  # noqa: DTZ011 - the client's day


async def test_a_coordinator_holds_a_training(sigrid: Chat) -> None:
    async with asyncio.timeout(100):
        await publishes(sigrid)
        await takes_part(sigrid)
        await changes(sigrid)
        await calls_off(sigrid)


async def publishes(sigrid: Chat) -> None:
    await sigrid.hears("Hej, jag heter Tryggve")
    await sigrid.says("ny utbildning")
    await sigrid.hears("Ny utbildning", "Antal platser")
    await sigrid.photographs("training-form")
    times = {"Datum": IN_TWO_MONTHS, "Börjar": "09:00", "Slutar": "12:00"}
    await sigrid.fills_in({"Titel": TITLE, **times, "Plats": "Växjö", "Antal platser": "0"})
    await sigrid.taps("Förhandsgranska")
    await sigrid.hears("Skriv antalet platser som ett heltal")
    await sigrid.photographs("training-fault")
    await sigrid.fills_in({"Antal platser": "2"})
    await sigrid.taps("Förhandsgranska")
    await sigrid.hears("Publicera")
    await sigrid.photographs("training-preview")
    await sigrid.taps("Publicera")
    await sigrid.hears("Publicerad.")
    assert not await sigrid.page.get_by_text("sparad som utkast").is_visible()
    await sigrid.photographs("training-published")


async def takes_part(sigrid: Chat) -> None:
    await sigrid.says(f"anmäl mig till {TITLE}")
    await sigrid.hears("Du är anmäld")
    await sigrid.says("deltagare")
    await sigrid.hears("Sigrid")
    await sigrid.photographs("training-participants")


async def changes(sigrid: Chat) -> None:
    await sigrid.says("utbildningar jag håller")
    await sigrid.hears(TITLE)
    await sigrid.photographs("training-held")
    await sigrid.says("ändra utbildningen")
    await sigrid.hears("Ändra utbildningen")
    await sigrid.fills_in({"Plats": "Ljungby"})
    await sigrid.taps("Förhandsgranska")
    await sigrid.photographs("training-change")
    await sigrid.hears("Spara ändringen")
    await sigrid.taps("Spara ändringen")
    await sigrid.hears("Ändringen är sparad.", "Ändrad tid eller plats")
    assert not await sigrid.page.get_by_text("inte sparad").is_visible()
    await sigrid.photographs("training-changed")


async def calls_off(sigrid: Chat) -> None:
    await sigrid.says("ställ in utbildningen")
    await sigrid.hears("Vill du ställa in")
    await sigrid.fills_in({"Orsak": "Lokalen är stängd"})
    await sigrid.photographs("training-call-off")
    await sigrid.taps("Ställ in utbildningen")
    await sigrid.hears("Utbildningen är inställd.")
    await sigrid.photographs("training-called-off")
