"""Which characters of a text people see, and where its lines end, whoever wrote it on what."""

import re
import unicodedata

_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")

_JOINERS = "\u200c\u200d"
_FLAG, _TAG = "\U0001f3f4", re.compile("[\U000e0020-\U000e007f]")
_JOINED = frozenset(("So", "Sk", "Mn", "Mc", "Me", "Lo", "Cn"))
"""After signs, emoji and the letters of scripts without capitals a joiner changes what is seen."""

_NEVER = re.compile(
    "[\ufdd0-\ufdef\ufff0-\uffff\u2065\U000e0000-\U000e0fff]|[\U0001fffe\U0001ffff]"
)
"""Not characters, or characters that nobody sees, which look like new ones to an old Python."""

_PLAIN = re.compile(r"[\t-\r\x1c-\x7e\x85\xa0-\xac\xae-\xff\u2010-\u2027]*")
"""What nearly everybody writes: each letter is seen, and is whole."""


def with_plain_lines(text: str) -> str:
    """The text with every line ended by a line feed alone."""
    return _LINE_ENDS.sub("\n", text)


def seen(text: str) -> str:
    """The text without what nobody sees: controls, zero width, direction, lone surrogates.

    Spaces and line ends stay. What joins emoji or letters into others is seen by what it does; and
    what this Python has not heard of is an emoji newer than it.
    """
    if _PLAIN.fullmatch(text):
        return text
    kept: list[str] = []
    for letter in unicodedata.normalize("NFC", text):
        if letter.isspace() or _is_seen(letter, kept):
            kept.append(letter)
    return "".join(kept)


def _is_seen(letter: str, before: list[str]) -> bool:
    kind = unicodedata.category(letter)
    if letter in _JOINERS:
        return bool(before) and unicodedata.category(before[-1]) in _JOINED
    if _TAG.match(letter):
        return bool(before) and (before[-1] == _FLAG or bool(_TAG.match(before[-1])))
    return kind not in ("Cc", "Cf", "Cs", "Co") and not _NEVER.match(letter)
