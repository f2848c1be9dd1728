"""`tryggve run` and Microsoft's own local client: the four jobs, as a person does them."""

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Locator, Page
from playwright.async_api import TimeoutError as NotYet

from bot.commands.node import ROOT
from tests.support.postgres import free_port

# One after the other: the Playground and the bot keep their logs in the same folder.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("playground")]

CHANNEL = "Utskick och nyheter"
OWN_CHAT = "Personal Chat"  # as the Playground names it

FORM = {
    "Rubrik": "Ny handbok om lägesbilder",
    "Text": "Brå har en **ny handbok**. Läs den före mötet:\n\n- kapitel 1\n- kapitel 2",
    "Länk (https)": "https://bra.se",
    "Länkens namn": "Till handboken",
}


@dataclass
class Chat:
    """Sigrid in front of the Playground. Every wait ends by itself."""

    page: Page
    pictures: Path
    taken: int = 0

    async def opens(self, name: str) -> None:
        await self.page.get_by_role("treeitem", name=name).click()

    async def says(self, words: str) -> None:
        await self.page.get_by_role("textbox").last.click()
        await self.page.keyboard.insert_text(words)
        await self.page.keyboard.press("Enter")

    async def posts(self, words: str) -> None:
        """A new post in a channel, with a mention of the bot."""
        await self.page.get_by_role("textbox").first.click()
        await self.page.keyboard.type("@")
        await self.page.get_by_role("menuitem", name="Tryggve").click()
        await self.page.keyboard.insert_text(f" {words}")
        await self.page.get_by_role("button", name="Post", exact=True).click()

    async def taps(self, title: str) -> None:
        await self.button(title).click()

    async def taps_until(self, title: str, heard: str) -> None:
        """Again, for what is done in the background."""
        for _ in range(5):
            await self.taps(title)
            with suppress(NotYet):
                await self.page.get_by_text(heard).last.wait_for(timeout=2_000)
                return

    async def hears(self, *parts: str) -> None:
        for part in parts:
            await self.page.get_by_text(part).last.wait_for()

    async def sees(self, picture: str) -> None:
        """The picture with these words as its description has come."""
        image = self.page.get_by_alt_text(picture).last
        await image.wait_for()
        await self.page.wait_for_function(
            "one => one.naturalWidth > 0", arg=await image.element_handle()
        )

    async def fills_in(self, fields: dict[str, str]) -> None:
        more = self.page.get_by_role("button", name="Fler val").last
        for label, value in fields.items():
            field = self.page.get_by_label(re.compile(rf"^{re.escape(label)}\W*$")).last
            await field.or_(more).last.wait_for()  # what was heard may stand in an older card
            if not await field.is_visible():
                await more.click()
            await field.fill(value)

    def button(self, title: str) -> Locator:
        return self.page.get_by_role("button", name=title, exact=True).last

    async def photographs(self, what: str) -> None:
        self.taken += 1
        name = f"playground-{self.taken:02d}-{what}.png"
        await self.page.screenshot(path=self.pictures / name)


@pytest.fixture
async def sigrid(browser: Browser, screenshots: Path, tmp_path: Path) -> AsyncIterator[Chat]:
    """She is both employee and coordinator, in a fresh installation with demo data."""
    async with running(f"sqlite:///{tmp_path / 'tryggve.db'}") as address:
        page = await browser.new_page(viewport={"width": 1280, "height": 900}, locale="sv-SE")
        page.set_default_timeout(10_000)
        # Offline the page waits long for fonts that it can do without.
        here = ("localhost", "127.0.0.1")
        await page.route(lambda url: urlsplit(url).hostname not in here, lambda r: r.abort())
        await page.goto(address, wait_until="domcontentloaded")
        await page.get_by_role("button", name="Hide log panel").click()
        chat = Chat(page, screenshots)
        yield chat
        await chat.photographs("end")
        await page.close()


@asynccontextmanager
async def running(database_url: str) -> AsyncIterator[str]:
    """`tryggve run` on free ports, and ended by Ctrl-C. Gives the address to open."""
    port, chat_port = free_port(), free_port()
    own = {name: value for name, value in os.environ.items() if not name.startswith("TRYGGVE_")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run", "--port", str(port)),
        cwd=ROOT,
        env={**own, "PLAYGROUND_PORT": str(chat_port), "TRYGGVE_DATABASE_URL": database_url},
        stdout=PIPE,
        stderr=STDOUT,
    )
    assert process.stdout is not None
    address = f"http://localhost:{chat_port}"
    try:
        async with asyncio.timeout(60):
            await process.stdout.readuntil(address.encode())
        yield address
    except asyncio.IncompleteReadError as ended:
        pytest.fail(ended.partial.decode())
    finally:
        await stop(process)
    assert process.returncode == 0


async def stop(process: Process) -> None:
    """Ctrl-C; and by force what has not ended when it should have."""
    children = children_of(process.pid)
    try:
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.communicate(), 30)
    except TimeoutError:
        process.kill()
        for child in children:
            with suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
        raise


def children_of(pid: int) -> list[int]:
    """The processes that it has started, as far as this system tells."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []


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
