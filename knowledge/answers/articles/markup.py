"""The little Markdown that Teams shows alike everywhere: bold, lists with "- ", and links."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from knowledge.answers.articles.plain import Finding
from knowledge.answers.data import read

_FORBIDDEN = {
    "heading": re.compile(r"(?m)^\s*#|^[=-]{3,}\s*$"),
    "table": re.compile(r"(?m)^\s*\|.*\||^[\s|:-]*-\s*\|[\s|:-]*$"),
    "code": re.compile(r"`|(?m:^~~~)"),
    "html": re.compile(r"</?[a-zA-Z][^<>\n]*>|<!--|&[a-z]+;"),
    "image": re.compile(r"!\["),
    "other_list": re.compile(r"(?m)^\s*(?:[*+•–]|\d+[.)])\s"),
    "quote": re.compile(r"(?m)^\s*>"),
}
_LINK = re.compile(r"\[([^\[\]\n]+)\]\(([^()\s]*)\)")
_LEFT_OVER = re.compile(r"\]\s*\([^)\n]*\)?|\bhttps?://\S+")
_URL = re.compile(
    r"https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?", re.I
)


def is_link(url: str) -> bool:
    """Whether this is a whole https address."""
    return _URL.fullmatch(url) is not None


def is_start_page(url: str) -> bool:
    """Whether the address leads to a whole site, and so not to what is said of it."""
    parts = urlsplit(url)
    sites: list[str] = read("articles/check")["links"]["sites"]
    return not parts.path.strip("/") and not parts.query and parts.hostname not in sites


def faults(markdown: str) -> Iterator[Finding]:
    """What Teams would show as rubbish, or not at all."""
    for key, pattern in _FORBIDDEN.items():
        if pattern.search(markdown):
            yield key, {}
    for link in _LINK.finditer(markdown):
        if not is_link(link[2]):
            yield "bad_url", {"url": link[2]}
        elif is_start_page(link[2]):
            yield "start_page", {"url": link[2]}
    for rest in _LEFT_OVER.finditer(_LINK.sub("", markdown)):
        yield "bare_link", {"url": rest[0]}
