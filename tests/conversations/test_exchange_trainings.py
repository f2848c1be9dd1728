"""Lists in and out from the chat, and what can be followed."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.web.read_sheet import read_sheet
from knowledge.trainings.models import TrainingStatus
from tests.support.browser import Browser
from tests.support.builders import create_training
from tests.support.lists import HEADINGS, excel, separated
from tests.support.town import Person, Town

pytestmark = pytest.mark.both_databases

DAY = f"{datetime.now(UTC) + timedelta(days=60):%Y-%m-%d}"
SHORT = ("Id", "Titel", "Datum", "Plats", "Antal platser")
ROWS = [("Lägesbild i praktiken", DAY, "9–12", "Växjö", 20), ("EST", DAY, "13–16", "Alvesta", 30)]


@pytest.fixture
async def kerstin(tryggve: Town) -> Person:
    return await tryggve.coordinator("Kerstin Karlsson", "07")


async def link(person: Person, said: str, button: str) -> str:
    await person.says(said)
    return str(person.button(button)["url"])


async def test_a_list_is_uploaded_looked_at_and_taken_in(tryggve: Town, kerstin: Person) -> None:
    browser = Browser(tryggve)
    url = await link(kerstin, "importera utbildningar", "Öppna sidan")
    await browser.opens(url)
    assert 'type="file"' in browser.page
    assert "form-action 'self'" in browser.headers["Content-Security-Policy"]

    await browser.sends(url, file=excel(HEADINGS, *ROWS), new="draft")
    assert "2 nya utbildningar" in browser.page
    await kerstin.says("utbildningar jag håller")
    kerstin.hears("Du håller ingen utbildning än")

    await browser.confirms(url)
    assert "2 nya utbildningar är sparade som utkast" in browser.page
    await kerstin.says("utbildningar jag håller")
    kerstin.hears("Lägesbild i praktiken", "EST", "Utkast")


async def test_the_same_button_twice_adds_nothing_twice(tryggve: Town, kerstin: Person) -> None:
    browser = Browser(tryggve)
    url = await link(kerstin, "importera utbildningar", "Öppna sidan")
    await browser.sends(url, file=separated(HEADINGS, *ROWS, encoding="cp1252"), new="publish")
    first = browser.page
    await browser.confirms(url)
    browser.page = first
    await browser.confirms(url)

    assert "finns redan" in browser.page
    assert len(await tryggve.tryggve.training_parts.exchange.kept(None)) == 2


async def test_what_is_wrong_is_shown_and_nothing_is_kept(tryggve: Town, kerstin: Person) -> None:
    browser = Browser(tryggve)
    url = await link(kerstin, "importera utbildningar", "Öppna sidan")
    bad = ("<script>alert(1)</script>", DAY, "12–9", "", 0)
    await browser.sends(url, file=excel(HEADINGS, *ROWS, bad), new="publish")

    assert "Rad 4, kolumnen ”Antal platser”" in browser.page
    assert "<script>" not in browser.page
    assert 'name="again"' not in browser.page


async def test_what_has_changed_since_is_shown_anew(tryggve: Town, kerstin: Person) -> None:
    browser = Browser(tryggve)
    url = await link(kerstin, "importera utbildningar", "Öppna sidan")
    await browser.sends(url, file=excel(HEADINGS, *ROWS), new="draft")
    again = browser.page.replace('value="draft"', 'value="publish"', 1)
    browser.page = again
    await browser.confirms(url)

    assert "Inget är importerat. Så här blir det nu." in browser.page


async def test_a_link_is_for_coordinators_and_for_a_while(tryggve: Town, kerstin: Person) -> None:
    browser = Browser(tryggve)
    url = await link(kerstin, "importera utbildningar", "Öppna sidan")
    await browser.sends(url, file=b"x", headers={"Sec-Fetch-Site": "cross-site"})
    assert browser.status == 403
    await browser.sends(url, file=b"x" * 3_000_000)
    assert "för stor" in browser.page
    await browser.sends(url)
    assert "Välj en fil" in browser.page
    await browser.opens(url.replace("/import", "x/import"))
    assert browser.status == 404

    anna = tryggve.person("Anna Alm")
    await anna.installs()
    await anna.says("importera utbildningar")
    anna.hears("Bara regionala samordnare")


async def test_the_list_that_goes_out_comes_in_again(tryggve: Town, kerstin: Person) -> None:
    id_ = await create_training(tryggve, price=500)
    await create_training(tryggve, title="Utkast", status=TrainingStatus.DRAFT)
    await create_training(tryggve, title="Kalmars", county="08")
    browser = Browser(tryggve)
    url = await link(kerstin, "exportera utbildningar", "Öppna filen")
    await browser.opens(url)
    titles = {line.cells[1] for line in read_sheet(browser.content)}
    assert titles == {"Titel", "Lägesbild i praktiken", "Utkast"}

    into = await link(kerstin, "importera utbildningar", "Öppna sidan")
    await browser.sends(into, file=browser.content, new="draft")
    assert "2 oförändrade utbildningar" in browser.page
    await browser.sends(into, file=excel(SHORT, [id_, "Lägesbild i praktiken", DAY, "Växjö", 40]))
    await browser.confirms(into)
    assert "1 utbildning är ändrad" in browser.page


async def test_who_takes_part_is_told_of_a_new_place(tryggve: Town, kerstin: Person) -> None:
    id_ = await create_training(tryggve)
    anna = tryggve.person("Anna Alm")
    await anna.installs()
    await anna.says("anmäl mig till Lägesbild i praktiken")
    browser = Browser(tryggve)
    url = await link(kerstin, "importera utbildningar", "Öppna sidan")
    row = [id_, "Lägesbild i praktiken", DAY, "Älmhult", 20]
    await browser.sends(url, file=excel(SHORT, row))
    await browser.confirms(url)

    assert "1 deltagare får veta" in browser.page
    await anna.is_told("Älmhult")


async def test_the_addresses_of_what_can_be_followed(tryggve: Town, kerstin: Person) -> None:
    await kerstin.says("prenumerera på utbildningar")
    kerstin.hears("Kronobergs län", "/utbildningar/07.ics", "/utbildningar/alla.rss", "webbplats")
    anna = tryggve.person("Anna Alm")
    await anna.installs()
    await anna.says("byt kommun till Oskarshamn")
    await anna.says("prenumerera på utbildningar")
    anna.hears("Kalmar län", "/utbildningar/08.ics")
    anna.does_not_hear("webbplats")
