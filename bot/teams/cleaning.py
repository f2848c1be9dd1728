"""Texts, names and ids from outside, as they may be kept and shown."""

import html
import re
from typing import Any

from knowledge import letters

LONGEST_ID = 1_000
LONGEST_NAME = 200

_ENDLESS = "NaN"
"""Stands for a number that is none of ours: letters, which no comparison of words leaves out."""
_LARGEST_NUMBER = 2**53  # beyond it JSON's readers disagree and databases refuse
_CHANNEL_KINDS = ("standard", "private", "shared")

_BREAKS = "br|p|div|li|ul|ol|tr|table|blockquote|pre|h1|h2|h3|h4|h5|h6|hr"
_OTHERS = (
    "a|abbr|at|attachment|b|big|body|center|cite|code|codeblock|del|em|emoji|figure|font|head|html"
    "|i|img|ins|kbd|label|mark|meta|q|readonly|s|samp|script|section|small|span|strike|strong"
    "|style|sub|sup|tbody|td|tfoot|th|thead|title|u|var|video"
)
_ATTRIBUTES = r"""(?:\s+[\w:-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>]+))*"""
_MENTION = re.compile(rf"</?at\b{_ATTRIBUTES}\s*>", re.IGNORECASE)
_TAG = re.compile(rf"</?(?:({_BREAKS})|{_OTHERS}){_ATTRIBUTES}\s*/?>", re.IGNORECASE)
"""What is a tag. Anything else in angle brackets was written to be read: <anna@exempel.se>."""

_BLANKS = re.compile(r" {2,}")
_ENDS = re.compile(r" +$", re.MULTILINE)


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
        return _ENDLESS
    return value


def clean_text(text: str, text_format: str = "") -> str:
    """What a person sees of a text, pasted tags gone; a plain text has no tags but mentions."""
    tags = _MENTION if text_format.lower() == "plain" else _TAG
    return _visible(html.unescape(tags.sub(_gap, text)))


def clean_name(name: str) -> str:
    return clean_text(name).replace("\n", " ")[:LONGEST_NAME]


def _gap(tag: re.Match[str]) -> str:
    return "\n" if tag.lastindex else ""


def _visible(text: str) -> str:
    lines = letters.with_plain_lines(text)
    spaced = "".join(" " if one.isspace() and one != "\n" else one for one in lines)
    return _ENDS.sub("", _BLANKS.sub(" ", letters.seen(spaced))).strip()
