"""A real browser, and the npm packages that draw and drive. What is missing skips, in one line."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from bot.commands.node import ROOT

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
    for_mac = (f"/Applications/{name}.app/Contents/MacOS/{name}" for name in MAC_NAMES)
    return next(filter(None, map(shutil.which, (*NAMES, *for_mac))), None)


def missing() -> str:
    """What these tests cannot do without, in Swedish; empty when all is there."""
    if find_browser() is None:
        return "Chromium, Chrome och Edge saknas: webbläsartesterna hoppas över"
    packages = [name for name in PACKAGES if not (NODE_MODULES / name).is_dir()]
    if packages:
        return f"npm-paket saknas ({', '.join(packages)}): webbläsartesterna hoppas över"
    return ""


def pytest_runtest_setup() -> None:
    """From here and not from a fixture: pytest then reports one place, and so one line."""
    reason = missing()
    if reason and os.environ.get("REQUIRE_BROWSER"):
        pytest.fail(reason, pytrace=False)
    if reason:
        pytest.skip(reason)


@pytest.fixture(scope="session")
def node_modules() -> Path:
    return NODE_MODULES


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=find_browser(), timeout=30_000)
        yield launched
        await launched.close()


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where pictures go for whoever wants to look: ignored by git."""
    folder = ROOT / "var" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
