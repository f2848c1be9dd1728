"""The file, the picture, and the links that lead to them."""

import io
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageColor

from bot.web.files.announcements import AnnouncementLinks
from bot.web.files.spreadsheet import table_file
from bot.web.pictures import bars
from bot.web.pictures import outcome as picture
from bot.web.signed_links import SignedLinks
from dialogs.announcements.cards import outcome
from knowledge.delivery.models import Status
from knowledge.follow_up.models import ACKNOWLEDGED, ASKED, Group, Report
from knowledge.storage.database import Database
from knowledge.storage.link_key import link_key
from tests.support.sheets import SPACE, Sheet
from tests.support.town import TENANT, town

BACKGROUNDS = ("#FFFFFF", "#292929")  # of cards in Teams, light and dark
SHORT = timedelta(minutes=15)


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


async def test_a_link_made_by_one_process_opens_in_another(
    database: Database, database_url: str
) -> None:
    clock, other = Clock(), Database(database_url)
    token = await SignedLinks(database, clock).make("recipients", {"announcement": 7}, SHORT)
    assert await SignedLinks(other, clock).read("recipients", token) == {"announcement": 7}
    await other.close()


async def test_a_link_is_for_one_purpose_and_for_a_while(database: Database) -> None:
    clock = Clock()
    links = SignedLinks(database, clock)
    token = await links.make("outcome", {"sent": 1}, SHORT)
    assert await links.read("recipients", token) is None
    clock.time += SHORT
    assert await links.read("outcome", token) is None


async def test_nobody_can_make_or_change_a_link(database: Database) -> None:
    links = SignedLinks(database, Clock())
    token = await links.make("outcome", {"sent": 1}, SHORT)
    head, body, signature = token.split(".")
    unsigned = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0"  # {"alg":"none","typ":"JWT"}
    for forged in (
        "",
        "x",
        f"{head}.{body}.",
        f"{unsigned}.{body}.",
        f"{head}.{body}A.{signature}",
    ):
        assert await links.read("outcome", forged) is None


UNKNOWN: list[tuple[str, dict[str, Any]]] = [
    ("mottagare", {}),
    ("mottagare", {"announcement": 1}),
    ("mottagare", {"person": 1}),
    ("mottagare", {"announcement": "1", "person": 1}),
    ("mottagare", {"announcement": 1, "person": 999}),
    ("mottagare", {"announcement": 999, "person": 1}),
    ("mottagare", {"announcement": 1, "tenant": TENANT, "object": "x"}),
    ("utfall.png", {"sent": None}),
    ("utfall.png", {"figure of another version": 1}),
]


@pytest.mark.parametrize(("path", "about"), UNKNOWN)
async def test_a_link_that_says_too_little_leads_nowhere(
    sqlite_url: str, path: str, about: dict[str, Any]
) -> None:
    async with town(sqlite_url) as tryggve:
        await tryggve.coordinator("Kerstin Karlsson", "07")
        signed = tryggve.tryggve.announcements.files.signed
        purpose = "recipients" if path == "mottagare" else "outcome"
        token = await signed.make(purpose, about, SHORT)
        async with tryggve.http.get(f"{tryggve.url}/utskick/{token}/{path}") as response:
            assert response.status == 404


@pytest.mark.parametrize("left_out", ["for", "until", "about"])
async def test_a_token_without_one_of_its_parts_is_none(database: Database, left_out: str) -> None:
    whole = {"for": "outcome", "until": 4_000_000_000, "about": {"sent": 1}}
    part = {name: value for name, value in whole.items() if name != left_out}
    token = jwt.encode(part, await link_key(database), "HS256")

    assert await SignedLinks(database, Clock()).read("outcome", token) is None


async def test_a_files_link_shows_nobodys_ids(sqlite_url: str) -> None:
    async with town(sqlite_url) as tryggve:
        kerstin = await tryggve.coordinator("Kerstin Karlsson", "07")
        await kerstin.says("hej")
        person = await tryggve.tryggve.directory.find_person(TENANT, kerstin.object_id)
        assert person is not None
        links = AnnouncementLinks(tryggve.tryggve.announcements.files.signed, "")
        url, _ = await links.file_link(person, 1)
        shown = jwt.decode(url.split("/")[2], options={"verify_signature": False})

        assert shown["about"] == {"announcement": 1, "person": person.id}


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+46", "-1", "@SUM(A1)", "{=1}", "https://x.se"])
def test_what_excel_would_run_stays_text(cell: str) -> None:
    sheet = Sheet(table_file("Mottagare", ["Mottagare"], [[cell]]))
    assert sheet.rows() == [{"A": "Mottagare"}, {"A": cell}]


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1))
def test_every_cell_comes_back_as_it_was(column: list[str]) -> None:
    sheet = Sheet(table_file("Mottagare", ["Kommun"], [[cell] for cell in column]))
    assert [row["A"] for row in sheet.rows()[1:]] == column


def test_the_header_is_bold_and_stays_in_sight_above_columns_that_can_be_filtered() -> None:
    rows = [["Växjö", "Trygghetsgruppen i Växjö / Utskick"], ["Alvesta", "Anna"]]
    sheet = Sheet(table_file("Mottagare", ["Kommun", "Mottagare"], rows))
    assert (sheet.is_bold("A1"), sheet.is_bold("A2")) == (True, False)
    pane, chosen = sheet.page.find(".//x:pane", SPACE), sheet.page.find(".//x:autoFilter", SPACE)
    assert pane is not None
    assert (pane.get("state"), pane.get("ySplit")) == ("frozen", "1")
    assert chosen is not None
    assert chosen.get("ref") == "A1:B3"
    widths = [float(one.attrib["width"]) for one in sheet.page.iterfind(".//x:col", SPACE)]
    assert widths[1] > len(rows[0][1])


EVERYTHING = Report(dict.fromkeys(Status, 12_345), asked=9, acknowledged=4)


def test_the_picture_is_small_enough_for_teams() -> None:
    content = picture.draw(EVERYTHING.figures)
    assert len(content) < 1_000_000
    assert max(Image.open(io.BytesIO(content)).size) <= 1_024


def test_every_figure_has_a_bar_as_long_as_its_share() -> None:
    drawn = Image.open(io.BytesIO(picture.draw({"sent": 300, "failed": 100})))
    lengths = [length_of(drawn, picture.COLOURS[one]) for one in ("sent", "failed")]
    assert lengths[0] / lengths[1] == pytest.approx(3, abs=0.05)


def length_of(picture: Image.Image, colour: str) -> int:
    wanted = (*ImageColor.getrgb(colour), 255)
    box = picture.point(lambda _: 0).convert("L")
    pixels, own = picture.load(), box.load()
    assert pixels is not None
    assert own is not None
    for y in range(picture.height):
        for x in range(picture.width):
            own[x, y] = 255 if pixels[x, y] == wanted else 0
    left, _, right, _ = box.getbbox() or (0, 0, 0, 0)
    return right - left


def test_no_letter_is_drawn_as_an_empty_box() -> None:
    """The font lacks å, ä and ö, and draws a box for what it lacks."""
    font = bars._font()
    box = font.getmask("\uffff").getbbox(), bytes(font.getmask("\uffff"))
    for figure in picture.COLOURS:
        apart = unicodedata.normalize("NFD", f"{outcome.label(figure)}1 234")
        for char in apart:
            if not unicodedata.combining(char):
                assert (font.getmask(char).getbbox(), bytes(font.getmask(char))) != box
            else:
                assert unicodedata.name(char) in ("COMBINING RING ABOVE", "COMBINING DIAERESIS")


def test_the_description_has_every_figure() -> None:
    figures = EVERYTHING.figures
    assert figures["waiting"] == 2 * 12_345  # waiting, and on the way
    said = outcome.described(figures)
    told = {one: count for one, count in figures.items() if one != ASKED}  # a measure, no figure
    assert all(f"{outcome.label(one)}: {count}" in said for one, count in told.items())


def test_every_figure_has_a_colour_that_is_seen_on_light_and_on_dark() -> None:
    drawn = {*(group.value for group in Group), ACKNOWLEDGED}
    assert set(picture.COLOURS) == drawn
    for colour in {*picture.COLOURS.values(), bars.GREY}:
        for background in BACKGROUNDS:
            assert contrast(colour, background) >= 3, f"{colour} on {background}"


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [part / 255 for part in ImageColor.getrgb(colour)[:3]]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_one_of_one_is_a_full_bar() -> None:
    """However many were sent: acknowledged is a part of those who were asked."""
    report = Report({Status.SENT: 2}, asked=1, acknowledged=1)
    half = Report({Status.SENT: 2}, asked=2, acknowledged=1)

    assert [_purple(one) for one in (report, half)] == [True, False]


def _purple(report: Report) -> bool:
    """Whether the bar of the acknowledged goes beyond the middle."""
    drawn = Image.open(io.BytesIO(picture.draw(report.drawn))).convert("RGB")
    colour = ImageColor.getrgb(picture.COLOURS[ACKNOWLEDGED])
    place = drawn.width * 3 // 4
    return any(drawn.getpixel((place, y)) == colour for y in range(drawn.height))
