"""The feeds, as calendars, readers of news and other programs read them."""

import json
import zoneinfo
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest
from icalendar import Calendar

from knowledge.trainings.models import Meeting, TrainingStatus
from tests.support.browser import Browser
from tests.support.builders import create_training
from tests.support.town import Town, town

STARTS = datetime.now(UTC).replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(days=60)
LINK = "https://teams.microsoft.com/l/meetup-join/19%3ameeting"


@pytest.fixture
async def tryggve(sqlite_url: str) -> AsyncIterator[Town]:
    async with town(sqlite_url) as one:
        yield one


@pytest.fixture
async def browser(tryggve: Town) -> Browser:
    """With a training of Kronoberg's that holds what nobody else may read."""
    await create_training(
        tryggve,
        starts_at=STARTS,
        title="Två & tre <träffar>",
        meetings=(
            Meeting(STARTS, STARTS + timedelta(hours=3)),
            Meeting(STARTS + timedelta(days=7), STARTS + timedelta(days=7, hours=3)),
        ),
        summary=f"Ring 070-123 45 67.\r\nSkriv till eva.ek@example.se\x1f\nKoden är {LINK}",
        join_link="https://video.example.se/rum/9",
        place="Online: https://video.example.se/rum/9",
        organizer="Eva Ek",
    )
    await create_training(tryggve, title="Utkast", status=TrainingStatus.DRAFT)
    await create_training(
        tryggve,
        starts_at=STARTS + timedelta(days=1),
        title="Inställd",
        county="08",
        status=TrainingStatus.CANCELLED,
        reason="Sjukdom",
    )
    return Browser(tryggve)


FEEDS = [f"/utbildningar/{of}.{form}" for of in ("07", "alla") for form in ("ics", "json", "rss")]


def at(path: str) -> str:
    return f"http://tryggve{path}"


@pytest.mark.parametrize("path", FEEDS)
async def test_nothing_of_persons_and_no_way_in_is_told(browser: Browser, path: str) -> None:
    await browser.opens(at(path))
    unfolded = browser.page.replace("\r\n ", "")

    assert browser.status == 200
    assert "träffar" in unfolded
    for secret in (
        "Utkast",
        "070-123",
        "eva.ek",
        "Eva Ek",
        "meetup-join",
        "video.example",
        "Koden är h",
    ):
        assert secret not in unfolded


async def test_the_calendar_is_read_by_another_program(browser: Browser) -> None:
    await browser.opens(at("/utbildningar/alla.ics"))
    calendar = Calendar.from_ical(browser.content)
    events = calendar.walk("VEVENT")

    assert browser.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert [str(one["status"]) for one in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert len({str(one["uid"]) for one in events}) == 3
    assert events[0].decoded("dtstart") == STARTS.astimezone(zoneinfo.ZoneInfo("Europe/Stockholm"))
    assert "RRULE" in str(browser.page.partition("BEGIN:VEVENT")[0])
    assert all(len(line.encode()) <= 75 for line in browser.page.split("\r\n"))
    assert all(needed in events[0] for needed in ("DTSTAMP", "SEQUENCE", "LAST-MODIFIED"))


async def test_the_news_are_sound_xml(browser: Browser) -> None:
    await browser.opens(at("/utbildningar/07.rss"))
    channel = ElementTree.fromstring(browser.content).find("channel")  # noqa: S314 - our own

    assert channel is not None
    assert [one.findtext("title") for one in channel.iter("item")] == ["Två & tre <träffar>"]
    assert all(channel.findtext(name) for name in ("title", "link", "description", "language"))
    item = next(channel.iter("item"))
    assert parsedate_to_datetime(item.findtext("pubDate", "")).tzinfo is not None
    guid = item.find("guid")
    assert guid is not None
    assert guid.get("isPermaLink") == "false"


async def test_the_data_are_a_json_feed(browser: Browser) -> None:
    await browser.opens(at("/utbildningar/alla.json"))
    feed = json.loads(browser.content)

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"].endswith("/utbildningar/alla.json")
    assert [item["title"] for item in feed["items"]] == [
        "Två & tre <träffar>", "Inställd: Inställd"
    ]  # fmt: skip
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert item["content_text"]
        assert datetime.fromisoformat(item["date_modified"]).tzinfo is not None
        assert {"about", "state", "meetings"} <= {*item["_tryggve"]}


@pytest.mark.parametrize("path", FEEDS)
async def test_who_has_it_is_told_so(browser: Browser, path: str) -> None:
    await browser.opens(at(path))
    tag, changed = browser.headers["ETag"], browser.headers["Last-Modified"]
    assert "max-age=900" in browser.headers["Cache-Control"]

    await browser.opens(at(path), **{"If-None-Match": f'"other", W/{tag}'})
    assert (browser.status, browser.content) == (304, b"")
    await browser.opens(at(path), **{"If-Modified-Since": changed})
    assert browser.status == 304
    await browser.opens(at(path), **{"If-None-Match": '"other"', "If-Modified-Since": changed})
    assert browser.status == 200
    await browser.opens(at(path), **{"If-Modified-Since": "i går"})
    assert browser.status == 200


@pytest.mark.parametrize("path", ["99.ics", "07.xml", "x.json", "0780.rss", "..ics"])
async def test_what_is_not_there_is_not_found(browser: Browser, path: str) -> None:
    await browser.opens(at(f"/utbildningar/{path}"))

    assert browser.status == 404


async def test_the_page_tells_where_they_are(browser: Browser) -> None:
    await browser.opens(at("/utbildningar"))

    assert browser.status == 200
    assert 'href="/utbildningar/07.ics"' in browser.page
    assert browser.page.count("<li>") > 22
