"""What an announcement says and shows: the same noun in a draft, in a template and in the form."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from sqlalchemy import Column, RowMapping, Text

from knowledge import addresses, privacy

HEADING = range(3, 101)
TEXT = range(10, 4001)
MOST_LINKS = 3
LONGEST_LINK = addresses.LONGEST
LONGEST_LINK_TITLE = 30  # a longer button is cut on a phone
LONGEST_ALT = 200


@dataclass(frozen=True)
class Link:
    """Where a button of the post leads. It need not have a title."""

    url: str
    title: str = ""

    @property
    def is_good(self) -> bool:
        return bool(self.address) and len(self.title) <= LONGEST_LINK_TITLE

    @property
    def address(self) -> str:
        """The url as a button needs it; empty when it is none."""
        return addresses.encoded(self.url)

    def tidy(self) -> "Link":
        return Link(addresses.completed(self.url), " ".join(self.title.split()))


@dataclass(frozen=True)
class Words:
    """Heading, text, links and picture. `picture_alt` tells what the picture shows."""

    heading: str = ""
    text: str = ""
    links: tuple[Link, ...] = ()
    picture: str = ""
    picture_alt: str = ""

    @property
    def faults(self) -> tuple[str, ...]:
        """What must be changed before it can be kept.

        Of "heading", "text", "link" (one of them is none), "links" (too many), "picture" (it is no
        address), "picture_kind" (of a kind that Teams does not show), "picture_private" (seen by
        nobody but the author), "picture_alt", and "personal_heading", "personal_text",
        "personal_link" and "personal_picture" (somebody's personal number stands there).
        """
        picture = self.picture_address
        good = {
            "heading": len(self.heading) in HEADING,
            "text": len(self.text) in TEXT,
            "link": all(link.is_good for link in self.links),
            "links": len(self.links) <= MOST_LINKS,
            "picture": bool(picture or not self.picture),
            "picture_kind": addresses.is_picture(picture),
            "picture_private": not addresses.is_for_signed_in(picture),
            "picture_alt": bool(self.picture_alt or not self.picture)
            and len(self.picture_alt) <= LONGEST_ALT,
        }
        personal = (name for name, said in self.said.items() if privacy.has_personal_number(*said))
        bad = (name for name, is_good in good.items() if not is_good)
        return (*bad, *(f"personal_{name}" for name in personal))

    @property
    def said(self) -> dict[str, tuple[str, ...]]:
        """Everything that was written, by the place where it stands."""
        links = [part for link in self.links for part in (link.title, link.url)]
        return {
            "heading": (self.heading,),
            "text": (self.text,),
            "link": tuple(links),
            "picture": (self.picture_alt, self.picture),
        }

    @property
    def picture_address(self) -> str:
        """The picture's url as a card needs it; empty when there is none."""
        return addresses.encoded(self.picture)

    def tidy(self) -> "Words":
        """The same without spaces around, and without links that say nothing."""
        return Words(
            heading=self.heading.strip(),
            text=self.text.strip(),
            links=tuple(link for one in self.links if (link := one.tidy()) != Link("")),
            picture=addresses.completed(self.picture),
            picture_alt=self.picture_alt.strip(),
        )

    def to_row(self) -> dict[str, str]:
        """What the columns hold: of links an address to a line, and a title to a line.

        So one link is kept as it was when there was never more than one.
        """
        return {
            "heading": self.heading,
            "text": self.text,
            "link": "\n".join(link.url for link in self.links),
            "link_title": "\n".join(link.title for link in self.links),
            "picture": self.picture,
            "picture_alt": self.picture_alt,
        }

    @classmethod
    def from_row(cls, row: Mapping[str, Any] | RowMapping) -> "Words":
        """What `to_row` wrote; a row may hold other things, too."""
        urls, titles = row["link"].split("\n"), row["link_title"].split("\n")
        links = (Link(*both) for both in zip_longest(urls, titles, fillvalue=""))
        return cls(
            heading=row["heading"],
            text=row["text"],
            links=tuple(link for link in links if link != Link("")),
            picture=row["picture"],
            picture_alt=row["picture_alt"],
        )


def columns() -> list[Column[str]]:
    """The columns of a table that holds words."""
    return [Column(name, Text, nullable=False) for name in Words().to_row()]
