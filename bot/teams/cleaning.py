"""Texts, names and ids from outside, as they may be kept and shown."""

import html
import re
import unicodedata
from typing import Any

LONGEST_ID = 1_000
LONGEST_NAME = 200

_LARGEST_NUMBER = 2**53  # beyond it JSON's readers disagree and databases refuse
_CHANNEL_KINDS = ("standard", "private", "shared")

_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)\b[^<>]*>")
_TAGS_THAT_BREAK = frozenset(
    ["br", "p", "div", "li", "ul", "ol", "tr", "table", "blockquote", "pre", "h1", "h2", "h3", "h4"]
)
_BLANKS = re.compile(r" {2,}")
_UNSEEN = frozenset(("Cc", "Cf", "Cs"))  # controls; zero width and direction; lone surrogates


def is_id(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_ID and value.isprintable()


def at_path(data: Any, *path: str, as_id: bool = True) -> str:
    """The text at the end of a path through dictionaries; "" when there is none."""
    for step in path:
        data = data.get(step) if isinstance(data, dict) else None
    if not isinstance(data, str) or (as_id and not is_id(data)):
        return ""
    return data


def channel_kind(said: str) -> str:
    """Standard, private or shared; "" for any other word."""
    kind = said.lower()
    return kind if kind in _CHANNEL_KINDS else ""


def clean_data(value: Any) -> Any:
    if isinstance(value, str):
        return _visible(value)
    if isinstance(value, dict):
        return {_visible(str(name)): clean_data(part) for name, part in value.items()}
    if isinstance(value, list):
        return [clean_data(part) for part in value]
    if isinstance(value, int | float) and not abs(value) < _LARGEST_NUMBER:
        return None
    return value


def clean_text(text: str) -> str:
    """What a person sees of a text, pasted tags gone."""
    return _visible(html.unescape(_TAG.sub(_gap, text)))


def clean_name(name: str) -> str:
    return clean_text(name).replace("\n", " ")[:LONGEST_NAME]


def _gap(tag: re.Match[str]) -> str:
    return "\n" if tag[1].lower() in _TAGS_THAT_BREAK else ""


def _visible(text: str) -> str:
    letters = (
        " " if letter.isspace() and letter != "\n" else letter
        for letter in text.replace("\r\n", "\n")
        if letter.isspace() or unicodedata.category(letter) not in _UNSEEN
    )
    joined = _BLANKS.sub(" ", "".join(letters))
    return unicodedata.normalize("NFC", joined).strip()
