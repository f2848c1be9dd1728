"""What the author writes and sees is what readers get: in channel, chat, correction and preview."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.conversations.test_announcements import TENANTS
from tests.conversations.test_compose import posts, values
from tests.support.lint import actions_of, nodes_of
from tests.support.town import Town, town

HEADING = "Möte 👩\u200d💻"
TEXT = (
    "Tid: torsdag\nPlats: rådhuset\u2028Anmälan: <anna@exempel.se>  \n\n# Program\n"
    "#tryggkommun\r- kaffe\r- lägesbild\n[Skriv](mailto:anna@exempel.se) till <kommunens namn>"
)
BLOCKS = [
    "Tid: torsdag",
    "Plats: rådhuset",
    "Anmälan: ‹anna@exempel.se›",
    "Program",
    r"\#tryggkommun",
    "- kaffe\n- lägesbild",
    "Skriv (anna@exempel.se) till ‹kommunens namn›",
]
FORM = {"heading": HEADING, "text": TEXT, "reach": "channels,people"}


@pytest.fixture
async def tryggve(sqlite_url: str) -> AsyncIterator[Town]:
    async with town(sqlite_url, tenants=TENANTS) as built:
        yield built


def blocks(card: Any) -> list[str]:
    """The texts of a card from the heading of the announcement to its sender."""
    said = [node["text"] for node in nodes_of(card) if node.get("type") == "TextBlock"]
    return said[said.index(HEADING) + 1 : said.index("Från Länsstyrelsen i Kronobergs län")]


async def test_lines_signs_and_emoji_arrive_as_they_were_seen(tryggve: Town) -> None:
    channel = await tryggve.channel_is_added()
    anna = tryggve.person("Anna Alm")
    await anna.says("byt kommun till Växjö")
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await kerstin.says("nytt utskick")
    await kerstin.taps("Förhandsgranska", **FORM)
    assert blocks(kerstin.cards()[0]) == BLOCKS
    await kerstin.taps("Skicka")
    await anna.is_told(HEADING)
    assert blocks(anna.cards()[0]) == BLOCKS
    await tryggve.until(lambda: bool(posts(tryggve, channel)))
    assert blocks(posts(tryggve, channel)[0]) == BLOCKS

    await kerstin.says("rätta utskicket")
    assert values(kerstin)["text"].count("\n") == 8
    await kerstin.taps("Rätta", text=TEXT.replace("torsdag", "fredag"))
    await tryggve.until(lambda: len(posts(tryggve, channel)) > 1)
    assert blocks(posts(tryggve, channel)[-1])[:2] == ["Tid: fredag", "Plats: rådhuset"]


async def test_a_typed_announcement_has_lines_and_angles_too(tryggve: Town) -> None:
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await kerstin.says("nytt utskick")
    await kerstin.says(f"Rubrik: {HEADING}\nText: {TEXT}")

    assert blocks(kerstin.cards()[0]) == BLOCKS


async def test_links_are_completed_and_written_for_every_client(tryggve: Town) -> None:
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await kerstin.says("nytt utskick")
    await kerstin.taps(
        "Förhandsgranska", **FORM, link='växjö.se/trygg|het"{1}', link_title="Läs mer",
        picture="bild.example/å.png", picture_alt="Ett hus",
    )  # fmt: skip
    kerstin.hears("Länken går till växjö.se")
    opened = [one["url"] for one in actions_of(kerstin.cards()[0]) if "url" in one]
    assert opened == ["https://xn--vxj-qla6g.se/trygg%7Chet%22%7B1%7D"]
    [picture] = [one for one in nodes_of(kerstin.cards()[0]) if one.get("type") == "Image"]
    assert picture["url"] == "https://bild.example/%C3%A5.png"
    await kerstin.taps("Ändra")
    assert values(kerstin)["link"] == 'https://växjö.se/trygg|het"{1}'
    await kerstin.says("Länk: Handboken: bra.se/å; \nBild: ")
    opened = [one["url"] for one in actions_of(kerstin.cards()[0]) if "url" in one]
    kerstin.hears("Handboken")
    assert opened == ["https://bra.se/%C3%A5"]
    await kerstin.taps("Ändra")
    for wrong in ("handbok.pdf", "anna@bra.se", "https://a..b", "http://bra.se", "inte nu"):
        await kerstin.taps("Förhandsgranska", link=wrong)
        kerstin.hears("Något behöver rättas", "en adress på webben")
        assert values(kerstin)["link"] == wrong


@pytest.mark.parametrize(
    ("picture", "told"),
    [
        ("https://bild.example/a.heic", "PNG, JPEG och GIF"),
        ("https://bild.example/a.svg", "PNG, JPEG och GIF"),
        ("https://bild.example/sida.html", "PNG, JPEG och GIF"),
        ("https://vaxjo.sharepoint.com/a.png", "ser bara du som är inloggad"),
    ],
)
async def test_a_picture_that_nobody_would_see_is_told_of(
    tryggve: Town, picture: str, told: str
) -> None:
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await kerstin.says("nytt utskick")
    await kerstin.taps("Förhandsgranska", **FORM, picture=picture, picture_alt="Ett hus")

    kerstin.hears("Något behöver rättas", told)
    assert values(kerstin)["picture"] == picture


async def test_questions_and_answers_keep_their_lines(tryggve: Town) -> None:
    anna = tryggve.person("Anna Alm")
    await anna.says("byt kommun till Växjö")
    kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
    await kerstin.says("nytt utskick")
    await kerstin.taps("Förhandsgranska", **FORM)
    await kerstin.taps("Skicka")
    await anna.is_told(HEADING)
    await anna.taps("Fråga samordnaren")
    await anna.taps("Skicka frågan", question="Två frågor:\u2028När börjar det?\rVem kommer?")
    await kerstin.is_told("När börjar det?")
    said = [node["text"] for node in nodes_of(kerstin.cards()[0]) if "text" in node]
    begun = said.index("Två frågor:")
    assert said[begun : begun + 3] == ["Två frågor:", "När börjar det?", "Vem kommer?"]
