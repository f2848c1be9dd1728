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


def is_plain_wish(said: str, wording: str = "") -> bool:
    return mood_of(said, wording) is Mood.WISH


def mood_of(said: str, wording: str = "") -> Mood:
    """The first mood that the whole sentence shows signs of.

    Signs of a mood are none when the known `wording` has just the same: "påminn dem som inte har
    svarat" is a wish, and "vänta" is not "skicka nu, vänta inte".
    """
    if _QUOTED.search(said):
        return Mood.REPORTED
    words, known = f" {fold(said, strip=False)} ", f" {fold(wording, strip=False)} "
    was_polite = False
    for polite in _signs()["polite"]:
        if f" {polite} " in words:
            words, was_polite = words.replace(f" {polite} ", " ", 1), True
    shown = _shown_in(words)
    if shown and shown != _shown_in(known):
        return next(iter(shown.values()))
    begins_as_question = any(words.startswith(f" {sign} ") for sign in _signs()[Mood.ASKED])
    asks = begins_as_question or (said.rstrip().endswith("?") and not was_polite)
    return Mood.ASKED if asks else Mood.WISH


def _shown_in(words: str) -> dict[str, Mood]:
    """Every sign in the words, with the mood that it tells."""
    moods = (mood for mood in Mood if mood not in (Mood.WISH, Mood.ASKED))
    return {sign: mood for mood in moods for sign in _signs()[mood] if f" {sign} " in words}


@cache
def _signs() -> dict[str, list[str]]:
    source = files("dialogs") / "locales" / "sv" / "understanding" / "moods.toml"
    return tomllib.loads(source.read_text("utf-8"))
