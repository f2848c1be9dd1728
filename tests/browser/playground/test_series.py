"""A series from the form to the year's figures, in Microsoft's own local client."""

import asyncio
import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.browser.playground.chat import Chat

# One after the other: the Playground and the bot keep their logs in the same folder.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]

TITLE = "Fyra frukostar om orsaker"
QUESTION = "Vad vill du lära dig?"
FIRST, SECOND = (datetime.now(UTC) + timedelta(days=days) for days in (60, 67))


async def test_a_series_goes_from_an_idea_to_the_figures(
    sigrid: Chat,
    tmp_path: Path,
) -> None:
    async with asyncio.timeout(150):
        await plans(sigrid)
        await signs_up(sigrid)
        await moves_a_meeting(sigrid)
        days_pass(tmp_path / "tryggve.db", until_start=timedelta(minutes=-10))
        await checks_in(sigrid)
        days_pass(tmp_path / "tryggve.db", until_start=timedelta(days=-30))
        await looks_back(sigrid)


async def plans(sigrid: Chat) -> None:
    await sigrid.hears("Hej, jag heter Tryggve")
    await sigrid.says("ny utbildning")
    await sigrid.hears("Ny utbildning")
    times = {"Datum": FIRST.date().isoformat(), "Börjar": "08:00", "Slutar": "09:00"}
    await sigrid.fills_in({"Titel": TITLE, **times, "Plats": "Växjö", "Antal platser": "1"})
    await sigrid.fills_in(
        {
            "Fler träffar (en per rad)": f"{SECOND.date().isoformat()} 09-08",
            "Egna frågor till den som anmäler sig (en per rad, högst fyra)": QUESTION,
        }
    )
    await sigrid.taps("Förhandsgranska")
    await sigrid.photographs("series-fault")
    await sigrid.fills_in({"Fler träffar (en per rad)": f"{SECOND.date().isoformat()} 08-09"})
    await sigrid.taps("Förhandsgranska")
    await sigrid.hears("2 träffar, och platsen gäller alla", "Publicera")
    await sigrid.photographs("series-preview")
    await sigrid.taps("Publicera")
    await sigrid.hears("Publicerad.")


async def signs_up(sigrid: Chat) -> None:
    await sigrid.says(f"anmäl mig till {TITLE}")
    await sigrid.hears(QUESTION)
    await sigrid.photographs("series-questions")
    await sigrid.fills_in({QUESTION: "Orsaksanalys"})
    await sigrid.taps("Skicka anmälan")
    await sigrid.hears("Du är anmäld")
    await sigrid.photographs("series-signed-up")
    await sigrid.says("deltagare")
    await sigrid.hears("Orsaksanalys")
    await sigrid.photographs("series-participants")


async def moves_a_meeting(sigrid: Chat) -> None:
    await sigrid.says("ändra utbildningen")
    await sigrid.hears("Börja raderna med")
    moved = SECOND + timedelta(days=1)
    await sigrid.fills_in({"Fler träffar (en per rad)": f"{moved.date().isoformat()} 08-09"})
    await sigrid.taps("Förhandsgranska")
    await sigrid.taps("Spara ändringen")
    await sigrid.hears("Ändringen är sparad.", "Flyttad:")
    await sigrid.photographs("series-moved")


async def checks_in(sigrid: Chat) -> None:
    await sigrid.says("incheckning")
    await sigrid.hears("Kryssa för dem som är här")
    await sigrid.taps("Visa QR-kod")
    await sigrid.hears("Deltagarna läser av QR-koden")
    await sigrid.photographs("series-code")
    await sigrid.says("Sigrid är här")
    await sigrid.hears("är prickad som här")
    await sigrid.photographs("series-checked-in")


async def looks_back(sigrid: Chat) -> None:
    await sigrid.says("mitt intyg")
    await sigrid.hears(f"Intyg: {TITLE}", "Öppna intyget (PDF)")
    await sigrid.photographs("series-certificate")
    await sigrid.says("siffror för i år")
    await sigrid.hears("har hållits", "färre än 5")
    await sigrid.photographs("series-figures")


def days_pass(file: Path, *, until_start: timedelta) -> None:
    """The training lies so far ahead from now on, all of its meetings on one day."""
    starts = datetime.now(UTC) + until_start
    later = [timedelta(minutes=20 * number) for number in (0, 1)]
    meetings = [[starts + one, starts + one + timedelta(minutes=15)] for one in later]
    kept = json.dumps(
        [[one.isoformat(), other.isoformat(), n, ""] for n, (one, other) in enumerate(meetings)]
    )
    with sqlite3.connect(file, timeout=10) as database:
        database.execute(
            "UPDATE trainings SET starts_at = ?, ends_at = ?, meetings = ? WHERE title = ?",
            (_kept(starts), _kept(meetings[-1][1]), kept, TITLE),
        )
    database.close()


def _kept(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")
