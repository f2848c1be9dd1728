"""What an announcement says and shows: the same noun in a draft, in a template and in the form."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Column, RowMapping, Text

HEADING = range(3, 101)
TEXT = range(10, 4001)
LONGEST_LINK = 1_000
LONGEST_LINK_TITLE = 30  # a longer button is cut on a phone
LONGEST_ALT = 200


@dataclass(frozen=True)
class Words:
    """Heading, text, link and picture. `picture_alt` tells what the picture shows."""

    heading: str = ""
    text: str = ""
    link: str = ""
    link_title: str = ""
    picture: str = ""
    picture_alt: str = ""

    @property
    def faults(self) -> tuple[str, ...]:
        """What must be changed before it can be kept: "heading", "text", "link", "picture" and
        "picture_alt"."""
        good = {
            "heading": len(self.heading) in HEADING,
            "text": len(self.text) in TEXT,
            "link": _is_link(self.link) and len(self.link_title) <= LONGEST_LINK_TITLE,
            "picture": _is_link(self.picture),
            "picture_alt": bool(self.picture_alt or not self.picture)
            and len(self.picture_alt) <= LONGEST_ALT,
        }
        return tuple(name for name, is_good in good.items() if not is_good)

    def tidy(self) -> "Words":
        """The same without spaces around."""
        return Words(**{name: value.strip() for name, value in asdict(self).items()})

    def to_row(self) -> dict[str, Any]:
        """What the columns hold."""
        return asdict(self)

    @classmethod
    def from_row(cls, row: Mapping[str, Any] | RowMapping) -> "Words":
        """What `to_row` wrote; a row may hold other things, too."""
        return cls(**{field.name: row[field.name] for field in fields(cls)})


def columns() -> list[Column[str]]:
    """The columns of a table that holds words."""
    return [Column(name, Text, nullable=False) for name in Words().to_row()]


def _is_link(url: str) -> bool:
    """No link, or one over https to a host with a name and without a password."""
    if not url:
        return True
    try:
        parts = urlsplit(url)
        named = "." in (parts.hostname or "") and parts.username is None
    except ValueError:
        return False
    one_word = url.isprintable() and " " not in url
    return parts.scheme == "https" and named and one_word and len(url) <= LONGEST_LINK
