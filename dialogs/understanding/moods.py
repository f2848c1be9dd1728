"""In what mood something is said: only a plain wish may lead to something being done.

It errs towards "no": whoever is misread is told what to write, and nothing has happened.
"""

import re
import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files

from knowledge.directory.places import fold

_QUOTED = re.compile(r"[\"“”»«][^\"“”»«]{2,}[\"“”»«]")


class Mood(StrEnum):
    """How it is said."""

    WISH = "wish"
    NEGATED = "negated"
    POSTPONED = "postponed"
    ASKED = "asked"
    CONDITIONAL = "conditional"
    PAST = "past"
    REPORTED = "reported"
    OTHERS = "others"  # about somebody else


def is_plain_wish(said: str) -> bool:
    return mood_of(said) is Mood.WISH


def mood_of(said: str) -> Mood:
    """The first mood that the whole sentence shows signs of."""
    if _QUOTED.search(said):
        return Mood.REPORTED
    words = f" {fold(said, strip=False)} "
    was_polite = False
    for polite in _signs()["polite"]:
        if f" {polite} " in words:
            words, was_polite = words.replace(f" {polite} ", " ", 1), True
    for mood in (Mood.NEGATED, Mood.POSTPONED, Mood.CONDITIONAL, Mood.PAST, Mood.REPORTED,
                 Mood.OTHERS):  # fmt: skip
        if any(f" {sign} " in words for sign in _signs()[mood]):
            return mood
    begins_as_question = any(words.startswith(f" {sign} ") for sign in _signs()[Mood.ASKED])
    asks = begins_as_question or (said.rstrip().endswith("?") and not was_polite)
    return Mood.ASKED if asks else Mood.WISH


@cache
def _signs() -> dict[str, list[str]]:
    source = files("dialogs") / "locales" / "sv" / "understanding" / "moods.toml"
    return tomllib.loads(source.read_text("utf-8"))
