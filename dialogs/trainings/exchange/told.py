"""Published trainings as a calendar, as news and as open data, in the words of the screen.

Only what everybody may know: who holds them is the county boards and nobody by name, and ways into
meetings are left out wherever they were written.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from dialogs.conversation import swedish
from dialogs.conversation.texts import text
from dialogs.trainings import parts
from knowledge import letters
from knowledge.privacy import mask
from knowledge.trainings.exchange.calendar import PublicEvent, public_calendar
from knowledge.trainings.models import Training, TrainingStatus

Found = Sequence[tuple[Training, datetime]]
"""Trainings, and when each was last changed."""

_ATOM = "http://www.w3.org/2005/Atom"
_MEETING = re.compile(
    r"\S*(?:teams\.microsoft\.com|teams\.live\.com|zoom\.us|meet\.google\.com|webex\.com)\S*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Told:
    """What a feed is called, where people read about it, where it is, and who speaks for each
    county."""

    title: str
    page: str
    url: str
    boards: Callable[[str], str]

    @property
    def host(self) -> str:
        return urlsplit(self.page).hostname or "tryggve"


def calendar(feed: Told, found: Found) -> bytes:
    """RFC 5545: an event for each meeting; what is called off is told as cancelled."""
    events = [
        PublicEvent(
            uid=f"utbildning-{training.id}-{number}@{feed.host}",
            sequence=training.version,
            changed_at=changed_at,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            title=_title(training),
            place=training.place,
            description=_description(feed, training),
            cancelled=_is_off(training),
        )
        for training, changed_at in _public(found)
        for number, meeting in enumerate(training.each_meeting, start=1)
    ]
    return public_calendar(feed.title, feed.page, events)


def json_feed(feed: Told, found: Found) -> bytes:
    """JSON Feed 1.1; times and places beside it under `_tryggve`."""
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.url,
        "language": "sv",
        "items": [_item(feed, *one) for one in _public(found)],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def rss(feed: Told, found: Found) -> bytes:
    """RSS 2.0, with the address of itself."""
    ElementTree.register_namespace("atom", _ATOM)
    root = ElementTree.Element("rss", {"version": "2.0"})
    channel = ElementTree.SubElement(root, "channel")
    for name, said in (
        ("title", feed.title),
        ("link", feed.page),
        ("description", text("trainings_feeds.about")),
        ("language", "sv"),
        ("ttl", "60"),
    ):
        ElementTree.SubElement(channel, name).text = said
    its = {"href": feed.url, "rel": "self", "type": "application/rss+xml"}
    ElementTree.SubElement(channel, f"{{{_ATOM}}}link", its)
    for training, changed_at in _public(found):
        item = ElementTree.SubElement(channel, "item")
        for name, said in (
            ("title", _title(training)),
            ("link", feed.page),
            ("description", _html(_description(feed, training))),
            ("pubDate", format_datetime(changed_at.astimezone(UTC), usegmt=True)),
        ):
            ElementTree.SubElement(item, name).text = said
        its_id = ElementTree.SubElement(item, "guid", {"isPermaLink": "false"})
        its_id.text = _id(feed, training)
    return bytes(ElementTree.tostring(root, "utf-8", xml_declaration=True))


def _item(feed: Told, training: Training, changed_at: datetime) -> dict[str, Any]:
    return {
        "id": _id(feed, training),
        "url": feed.page,
        "title": _title(training),
        "content_text": _description(feed, training),
        "date_modified": changed_at.astimezone(UTC).isoformat(timespec="seconds"),
        "tags": list(training.themes),
        "_tryggve": {
            "about": feed.page,
            "state": training.status.value,
            "meetings": [
                {
                    "starts_at": one.starts_at.astimezone(swedish.SWEDEN).isoformat(),
                    "ends_at": one.ends_at.astimezone(swedish.SWEDEN).isoformat(),
                }
                for one in training.each_meeting
            ],
            "place": training.place,
            "online": training.online,
            "counties": list(training.owned_by),
            "price": training.price,
        },
    }


def _description(feed: Told, training: Training) -> str:
    """All that everybody may know, line by line."""
    boards = [feed.boards(code) for code in training.owned_by]
    lines = [
        text("trainings.cancelled_because", reason=training.reason) if training.reason else "",
        text("trainings_feeds.when", when="; ".join(_when(training))),
        text("trainings_feeds.where", place=training.place) if training.place else "",
        training.summary,
        text("trainings_feeds.held_by", boards=swedish.joined([one for one in boards if one])),
    ]
    named = {
        "for_whom": training.for_whom,
        "price": "" if training.price is None else parts.price_in_words(training),
        "sign_up_until": parts.last_day(training, "sign_up_until"),
    }
    lines += [
        text(f"trainings.details.line_{name}", value=said) for name, said in named.items() if said
    ]
    lines.append("" if _is_off(training) else text("trainings_feeds.sign_up"))
    return "\n".join(line for line in lines if line)


def _when(training: Training) -> list[str]:
    return [
        f"{swedish.moment(one.starts_at)}–{swedish.clock_time(one.ends_at)}"
        for one in training.each_meeting
    ]


def _title(training: Training) -> str:
    if not _is_off(training):
        return training.title
    return text("trainings_feeds.called_off", title=training.title)


def _public(found: Found) -> Iterator[tuple[Training, datetime]]:
    """The same without ways into meetings, and without addresses and numbers of people."""
    for training, changed_at in found:
        said = {name: _open(training, name) for name in ("title", "place", "for_whom", "reason")}
        summary = [_open_words(training, line) for line in training.summary.splitlines()]
        shown = "\n".join(line for line in summary if line)
        yield replace(training, **said, summary=shown), changed_at  # type: ignore[arg-type]


def _open(training: Training, name: str) -> str:
    return _open_words(training, str(getattr(training, name)))


def _open_words(training: Training, words: str) -> str:
    """On one line. What nobody sees would be no XML."""
    if training.join_link:
        words = words.replace(training.join_link, "")
    return mask(" ".join(letters.seen(_MEETING.sub("", words)).split()))


def _html(words: str) -> str:
    """Readers of news show a description as HTML."""
    safe = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.replace("\n", "<br>")


def _id(feed: Told, training: Training) -> str:
    return f"{feed.page}#{training.id}"


def _is_off(training: Training) -> bool:
    return training.status is TrainingStatus.CANCELLED
