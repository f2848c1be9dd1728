"""A real browser, and the npm packages that draw and drive. What is missing skips, in one line."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from bot.node import ROOT

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
)
MAC_NAMES = ("Chromium", "Google Chrome", "Microsoft Edge")

NODE_MODULES = ROOT / "node_modules"
PACKAGES = (
    "@microsoft/m365agentsplayground",
    "adaptivecards",
    "adaptivecards-designer",
    "axe-core",
)


def find_browser() -> str | None:
    """Any browser that speaks Chromium's protocol."""
    on_path = (shutil.which(name) for name in NAMES)
    for_mac = (f"/Applications/{name}.app/Contents/MacOS/{name}" for name in MAC_NAMES)
    return next(filter(None, (*on_path, *(shutil.which(path) for path in for_mac))), None)


def skip(reason: str) -> None:
    """Skip; or fail where the tests must be whole."""
    if os.environ.get("REQUIRE_BROWSER"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def node_modules() -> Path:
    missing = [name for name in PACKAGES if not (NODE_MODULES / name).is_dir()]
    if missing:
        skip(f"npm-paket saknas ({', '.join(missing)}): webbläsartesterna hoppas över")
    return NODE_MODULES


@pytest.fixture(scope="session")
def browser_path() -> str:
    path = find_browser()
    if path is None:
        skip("Chromium, Chrome och Edge saknas: webbläsartesterna hoppas över")
    return str(path)


@pytest.fixture
async def browser(browser_path: str, node_modules: Path) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=browser_path, timeout=30_000)
        yield launched
        await launched.close()


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where pictures go for whoever wants to look: ignored by git."""
    folder = ROOT / "var" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
