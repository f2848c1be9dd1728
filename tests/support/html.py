"""Reads a page as a person or a screen reader meets it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Page:
    """What stands on a page."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    text: str = ""

    def attributes(self, tag: str) -> list[dict[str, str]]:
        """The attributes of each such tag, in order."""
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def ids(self) -> set[str]:
        return {attributes["id"] for _, attributes in self.tags if "id" in attributes}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.page.text += data


def read_page(html: str) -> Page:
    reader = _Reader()
    reader.feed(html)
    return reader.page
