"""The form of an announcement as the client draws it: what is needed is asked for, and what is
folded is sent all the same."""

from pathlib import Path
from typing import Any

from playwright.async_api import Browser

from tests.browser.test_cards_on_screen import Screen, screen
from tests.browser.test_cards_on_screen import pytestmark as pytestmark
from tests.dialogs.samples import cards

LISTEN = """() => {
  AdaptiveCards.AdaptiveCard.onExecuteAction = action => { window.sent = action.data; };
}"""


async def the_form(browser: Browser, node_modules: Path) -> Screen:
    """The empty form, and what is sent of it."""
    teams = await screen(browser, node_modules, "light")
    await teams.page.evaluate(LISTEN)
    form = cards()["announcements.form.form: empty"]().card
    assert form is not None
    assert await teams.faults({"form": {**form, "lang": "sv"}}) == []
    return teams


async def sent(teams: Screen) -> dict[str, Any] | None:
    await teams.page.get_by_role("button", name="Förhandsgranska").click()
    found: dict[str, Any] | None = await teams.page.evaluate("window.sent ?? null")
    return found


async def test_only_what_is_needed_is_shown_and_it_is_asked_for(
    browser: Browser, node_modules: Path
) -> None:
    teams = await the_form(browser, node_modules)
    fields = teams.page.locator("input:visible:not([type=checkbox]), textarea:visible")
    assert await fields.count() == 2

    assert await sent(teams) is None
    said = await teams.page.inner_text("main")
    assert "Skriv en rubrik på 3–100 tecken." in said


async def test_what_is_folded_is_sent_all_the_same(browser: Browser, node_modules: Path) -> None:
    teams = await the_form(browser, node_modules)
    more = teams.page.get_by_role("button", name="Fler val")
    await teams.page.get_by_label("Rubrik").fill("Möte i rådet")
    await teams.page.get_by_label("Text").fill("Tid: tio\nPlats: rådhuset")
    await more.click()
    await teams.page.get_by_label("Länk (https)").fill("bra.se")
    await teams.page.get_by_text("Kommunpolis").click()
    await more.click()
    assert not await teams.page.get_by_label("Länk (https)").is_visible()

    data = await sent(teams)
    assert data is not None
    assert data["text"] == "Tid: tio\nPlats: rådhuset"
    assert (data["link"], data["positions"], data["audience"]) == ("bra.se", "police", "07")
