"""The bot's own pages, over HTTP: open to all, plain, accessible, and true about who answers."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from importlib.resources import files
from itertools import pairwise

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from bot.settings import Settings
from bot.web.pages import PAGES, page_routes
from dialogs.own_data.periods import told
from tests.support.html import Page, read_page

Get = Callable[[str], Awaitable[ClientResponse]]

SETTINGS = Settings(
    demo=True, organisation="Exempelkommun & <b>grannar</b>", contact_email="stod@exempel.example"
)


async def serve(settings: Settings) -> TestClient[web.Request, web.Application]:
    app = web.Application()
    app.add_routes(page_routes(settings))
    return TestClient(TestServer(app))


@pytest.fixture
async def get() -> AsyncIterator[Get]:
    async with await serve(SETTINGS) as client:
        yield client.get


async def page(get: Get, path: str) -> Page:
    answer = await get(path)
    assert answer.status == 200
    return read_page(await answer.text())


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_is_open_plain_and_without_script(get: Get, path: str) -> None:
    answer = await get(path)

    assert answer.status == 200
    assert answer.content_type == "text/html"
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert not read_page(await answer.text()).attributes("script")


@pytest.mark.parametrize("path", PAGES)
async def test_a_screen_reader_finds_its_way(get: Get, path: str) -> None:
    shown = await page(get, path)
    levels = [int(tag[1]) for tag, _ in shown.tags if re.fullmatch("h[1-6]", tag)]
    first_link = shown.attributes("a")[0]

    assert shown.attributes("html") == [{"lang": "sv"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert first_link["href"].removeprefix("#") in shown.ids
    assert [link["href"] for link in shown.attributes("a") if "aria-current" in link] == [path]


@pytest.mark.parametrize("path", PAGES)
async def test_every_link_leads_somewhere(get: Get, path: str) -> None:
    shown = await page(get, path)

    for link in shown.attributes("a") + shown.attributes("link"):
        target = link["href"]
        if target.startswith("/"):
            assert (await get(target)).status == 200
        else:
            assert target.startswith(("#", "https://", "mailto:", "data:"))


async def test_a_link_that_leaves_names_its_host(get: Get) -> None:
    html = await (await get("/integritet")).text()
    leaving = re.findall(r'<a href="https://(?:www\.)?([^/"]+)[^>]*>([^<]+)</a>', html)

    assert leaving
    assert all(host in caption for host, caption in leaving)


async def test_titles_are_told_apart(get: Get) -> None:
    html = [await (await get(path)).text() for path in PAGES]
    titles = {re.search("<title>(.+)</title>", each)[1] for each in html}  # type: ignore[index]

    assert len(titles) == len(PAGES)
    assert all(title.endswith("Tryggve") for title in titles)


async def test_what_the_operator_wrote_is_text_and_not_markup(get: Get) -> None:
    shown = await page(get, "/integritet")

    assert not shown.attributes("b")
    assert "Exempelkommun & <b>grannar</b> driver" in shown.text
    assert {"href": "mailto:stod@exempel.example"} in shown.attributes("a")


async def test_who_is_responsible_for_what_is_told(get: Get) -> None:
    shown = (await page(get, "/integritet")).text

    assert "Exempelkommun & <b>grannar</b> driver och ansvarar för den här installationen" in shown
    assert "är den myndighet du arbetar i" in shown
    assert "utbildningar och utskick är det länsstyrelsen" in shown
    assert "dataskyddsombudet i din egen organisation" in shown


@pytest.mark.parametrize("path", ["/integritet", "/villkor"])
async def test_without_an_operator_the_page_says_so(path: str) -> None:
    async with await serve(Settings(demo=True)) as client:
        shown = await page(client.get, path)

    assert "inte inställd med vem som ansvarar" in shown.text
    assert "Lägg inte in riktiga personuppgifter." in shown.text
    assert not [link for link in shown.attributes("a") if link["href"].startswith("mailto:")]


@pytest.mark.parametrize("path", ["/integritet", "/villkor"])
async def test_the_officer_is_reached_from_the_page(get: Get, path: str) -> None:
    shown = await page(get, path)

    assert "dataskyddsombudet" in shown.text
    assert "Exempelkommun" in shown.text
    assert {"href": "mailto:stod@exempel.example"} in shown.attributes("a")


@pytest.mark.parametrize(
    "told",
    [
        "Varför", "artikel 6.1 e", "föreslagen av en kollega", "Vilka träffar du var med på",
        "vilka intyg du har hämtat", "utvärdering", "närvaro", "specialkost", "kvitterat",
        "Kalendern och nyheterna", "fattar inga beslut", "imy.se", "om något lämnar EU",
        "kommer från Teams", "få fel rättade", "radera mig", "invända", "begränsas", "JSON",
        "Ingen lag kräver att du lämnar", "inom en månad", "förordningen (2016:1258)",
        "Andra kommuner och andra län ser ingenting om dig", "raderas du igen",
    ],
)  # fmt: skip
async def test_what_a_person_leaves_and_may_want_is_told(get: Get, told: str) -> None:
    assert told in (await page(get, "/integritet")).text


async def test_the_periods_on_the_page_are_those_that_are_carried_out() -> None:
    settings = Settings(
        demo=True, retention_days={"signups": 1095}, retention_decision="KS 2026/<12>"
    )
    async with await serve(settings) as client:
        shown = await page(client.get, "/integritet")

    for one in told(settings.periods):
        assert one.what in shown.text
        assert one.how_long in shown.text
        assert one.why in shown.text
    assert "Sparas 3 år efter att utbildningen är över." in shown.text
    assert "Gallringen följer beslutet KS 2026/<12>." in shown.text


async def test_without_a_decision_the_page_says_what_stays(get: Get) -> None:
    shown = await page(get, "/integritet")

    assert "inget gallringsbeslut inställt" in shown.text
    assert "Sparas tills organisationen har ett gallringsbeslut" in shown.text


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_and_lines_stand_out_in_light_and_dark() -> None:
    css = (files("bot.web") / "templates" / "page.css").read_text("utf-8")
    themes = [dict(re.findall(r"--(\w+): (#\w{6});", block)) for block in css.split("@media")]

    assert len(themes) == 2
    for theme in themes:
        assert contrast(theme["text"], theme["page"]) >= 4.5
        assert contrast(theme["link"], theme["page"]) >= 4.5
        assert contrast(theme["line"], theme["page"]) >= 3
