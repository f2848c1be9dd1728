"""Sigrid in front of the Playground, in a fresh installation."""

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser

from tests.browser.playground.chat import Chat, running


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
