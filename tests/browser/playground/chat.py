"""`tryggve run` and the chat that it opens, in a real browser."""

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page
from playwright.async_api import TimeoutError as NotYet

from bot.commands.node import ROOT
from tests.support.postgres import free_port

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
