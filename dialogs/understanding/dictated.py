"""Weighs what is written where a text to somebody else is awaited: an answer, a question, a reason.

Whoever is asked for a text also hesitates, regrets, or asks about the asking. That is nobody
else's to read. What is not surely the text is shown and asked about before it goes.
"""

import re
import tomllib
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files

from dialogs.understanding.mood_words import laughing
from knowledge.directory.places import fold

MOST_SHORT = 8
"""So few words must say something of their own."""

LEAST_CONTENT, LEAST_ASKED = 3, 2
"""So many words that are not small ones do, and so many in a question that may be the text."""

MOST_HESITATING = 15
"""In more words than these somebody says "vänta" of the matter itself."""


_QUOTES = frozenset('"”“„«»')


class Weight(StrEnum):
    """What it is: the text itself, a way out of it, or something to be asked about."""

    TEXT = "text"
    LEAVES = "leaves"
    UNSURE = "unsure"


def weigh(typed: str, *, may_ask: bool = True) -> Weight:
    """`may_ask`: whether a question may be the text."""
    words = fold(typed, strip=False).split()
    if _leaves(words) and "?" not in typed:
        return Weight.LEAVES
    asks = _asks(typed, words) and not may_ask
    if len(words) <= MOST_HESITATING and (asks or _hesitates(words) or _is_quoted(typed)):
        return Weight.UNSURE
    least = LEAST_ASKED if "?" in typed else LEAST_CONTENT
    if len(words) > MOST_SHORT or (_is_clear(typed, least) and not _intends(words)):
        return Weight.TEXT
    return Weight.UNSURE


def says_something(typed: str) -> bool:
    """Whether anything in it is a figure or no small word."""
    return bool(_content(typed))


def instead(typed: str) -> str:
    """What it is to say after "nej, skriv …", or after a no; "" where nothing is said of it."""
    typed = typed.strip()
    if weigh(typed) is Weight.LEAVES:
        return ""
    if told := _begins("instead").match(typed):
        return typed[told.end() :].strip()
    no = _begins("no").match(typed)
    return typed[no.end() :].strip() if no and says_something(typed[no.end() :]) else ""


def _is_quoted(typed: str) -> bool:
    """Whether it is quoted or laughed at."""
    return any(char in _QUOTES or char in laughing() for char in typed)


def _asks(typed: str, words: Sequence[str]) -> bool:
    """Whether it is a question, by its mark or its first word."""
    return "?" in typed or not _words("asking").isdisjoint(words[:1])


def _intends(words: Sequence[str]) -> bool:
    """Whether it tells what the writer is about to do: "jag måste höra med chefen", "ska kolla"."""
    said = f" {' '.join(words)} "
    return not _words("intending").isdisjoint(words[:1]) or any(
        f" jag {word} " in said or f" {word} jag " in said for word in _words("intending")
    )


def _is_clear(typed: str, least: int) -> bool:
    """Whether it says something of its own: a figure, or words that mean it."""
    return any(map(str.isdigit, typed)) or len(_content(typed)) >= least


def _content(typed: str) -> list[str]:
    return [word for word in fold(typed, strip=False).split() if word not in _words("small")]


def _hesitates(words: Sequence[str]) -> bool:
    said = f" {' '.join(words)} "
    return any(f" {phrase} " in said for phrase in _phrases("hesitating"))


def _leaves(words: Sequence[str]) -> bool:
    """Whether nothing but small words stand around what leaves it: "ja men vänta lite"."""
    said = f" {' '.join(words)} "
    around, left = _words("around"), _phrases("leaving")
    return len(words) <= MOST_SHORT and any(
        around.issuperset(said.replace(f" {phrase} ", " ", 1).split())
        for phrase in left
        if f" {phrase} " in said
    )


@cache
def _lists() -> dict[str, str]:
    source = files("dialogs") / "locales" / "sv" / "understanding" / "dictated.toml"
    return tomllib.loads(source.read_text("utf-8"))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(fold(_lists()[name], strip=False).split())


@cache
def _phrases(name: str) -> frozenset[str]:
    return frozenset(fold(line, strip=False) for line in _lists()[name].strip().splitlines())


@cache
def _begins(name: str) -> re.Pattern[str]:
    return re.compile(_lists()[name], re.IGNORECASE)
