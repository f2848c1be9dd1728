"""The bot's own pages, 360 px wide, in light and dark: accessible, and nothing beside the edge."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser

from bot.settings import Settings
from bot.web.pages import PAGES, page_routes
from tests.browser.test_cards_on_screen import EVERYTHING, WIDTH

pytestmark = pytest.mark.browser


@pytest.fixture
async def server() -> AsyncIterator[TestServer]:
    app = web.Application()
    settings = Settings(
        demo=True, organisation="Exempelkommun", contact_email="stod@exempel.example"
    )
    app.add_routes(page_routes(settings))
    async with TestServer(app) as running:
        yield running


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_page_fits_a_phone_and_is_accessible(
    server: TestServer, browser: Browser, node_modules: Path, scheme: Literal["light", "dark"]
) -> None:
    # The pages allow no script at all; axe is one.
    screen = await browser.new_context(
        viewport={"width": WIDTH, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page, found = await screen.new_page(), []
    for path in PAGES:
        await page.goto(str(server.make_url(path)))
        await page.add_script_tag(path=node_modules / "axe-core/axe.min.js")
        options = {"runOnly": EVERYTHING, "resultTypes": ["violations"]}
        told = await page.evaluate("options => axe.run(options)", options)
        found += [
            f"{path}: {one['id']} {one['nodes'][0]['html'][:120]}" for one in told["violations"]
        ]
        width = await page.evaluate("document.documentElement.scrollWidth")
        found += [f"{path}: {width} px"] if width > WIDTH else []
    await screen.close()

    assert found == []
