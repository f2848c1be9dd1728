"""How something is said: as a plain wish, or negated, asked about, past, reported …

What is no plain wish is never acted on. We would rather ask once too often. The words are in
`locales/sv/understanding/moods.toml`. A sign that belongs to the wish itself, as "inte" in "jag
kan inte komma", is known from the command's own wordings.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from knowledge.answers.search.text import fold


class Mood(StrEnum):
    """In the order they are looked for: the first that is found is told."""

    WISH = "wish"
    CORRECTION = "correction"
    ASKED = "asked"
    REPORTED = "reported"
    OTHER = "other"
    STATE = "state"
    CONDITIONAL = "conditional"
    NEGATED = "negated"
    POSTPONED = "postponed"
    PAST = "past"
    OPPOSITE = "opposite"


_ORDER = (
    Mood.CORRECTION, Mood.ASKED, Mood.REPORTED, Mood.OTHER, Mood.STATE,
    Mood.CONDITIONAL, Mood.NEGATED, Mood.POSTPONED, Mood.PAST,
)  # fmt: skip

_QUOTED = re.compile(r"[\"“”»«][^\"“”»«]+[\"“”»«]|(?<!\w)['‘’][^'‘’]+['‘’](?!\w)")

Idiom = Callable[[str, str], bool]
"""Whether a command has these two words after one another in its own wordings."""


@dataclass(frozen=True)
class Told:
    """A message without politeness, and whether any was taken away."""

    text: str
    asked: bool
    """It ended in a question mark, and no politeness turned the question into a wish."""
    quoted: bool = False


def told(said: str, text: str) -> Told:
    """`text` is what `said` is when its slots are out; only `said` has its signs."""
    bare = politely_out(text)
    is_wish = bare != text and bool(_polite().question.search(text))
    asked = said.rstrip(" !.)").endswith("?") and not is_wish and not _wish().search(text)
    return Told(bare, asked, bool(_QUOTED.search(said)))


def politely_out(text: str) -> str:
    """Without what may be said before and after a wish."""
    polite = _polite()
    while True:
        shorter = polite.before.sub("", polite.after.sub("", text, count=1).strip(), count=1).strip()
        if shorter == text or not shorter:
            return text
        text = shorter


def mood_of(told: Told, command: str, has: Idiom, *, minds_others: bool) -> Mood:
    """The first mood whose signs are not the command's own.

    `minds_others`: whether it matters that somebody else is spoken of.
    """
    text = _wish().sub("", told.text, count=1).strip()
    if told.quoted:
        return Mood.REPORTED
    if told.asked:
        return Mood.ASKED
    for mood in _ORDER:
        if mood is Mood.OTHER and not minds_others:
            continue
        if any(not _is_own(text, hit, has) for hit in _signs()[mood].finditer(text)):
            return mood
    against = _opposites().get(command)
    if against and any(not _is_own(text, hit, has) for hit in against.finditer(text)):
        return Mood.OPPOSITE
    return Mood.WISH


def _is_own(text: str, hit: re.Match[str], has: Idiom) -> bool:
    """Whether the sign, with the words beside it, stands so in the command's own wordings."""
    before = text[: hit.start()].split()
    inside = hit[0].split()
    after = text[hit.end() :].split()
    words = [before[-1] if before else "^", *inside, after[0] if after else "$"]
    return all(has(one, other) for one, other in zip(words, words[1:], strict=False))


@dataclass(frozen=True)
class _Polite:
    before: re.Pattern[str]
    after: re.Pattern[str]
    question: re.Pattern[str]


@cache
def _moods() -> Mapping[str, Mapping[str, str]]:
    file = files("dialogs") / "locales" / "sv" / "understanding" / "moods.toml"
    return tomllib.loads(file.read_text("utf-8"))


@cache
def _polite() -> _Polite:
    words = _moods()["polite"]
    asks = r"^(?:\w+ )?(?:kan|skulle|vill|kunde|gar det bra|can|could|would)\b"
    return _Polite(_pattern(words["before"]), _pattern(words["after"]), re.compile(asks))


@cache
def _wish() -> re.Pattern[str]:
    return _pattern(_moods()["polite"]["wish"])


@cache
def _signs() -> Mapping[Mood, re.Pattern[str]]:
    return {mood: _pattern(_moods()[mood.value]["like"]) for mood in _ORDER}


@cache
def _opposites() -> Mapping[str, re.Pattern[str]]:
    return {name: _pattern(words) for name, words in _moods()["opposite"].items()}


def _pattern(listed: str) -> re.Pattern[str]:
    """One expression of many lines; each is a whole word or several."""
    lines = [line.strip() for line in listed.splitlines() if line.strip()]
    ways = [re.sub(r"(?<![)\w\]])\*(?=\W|$)", r"\\w+", fold(line.lower())) for line in lines]
    return re.compile("|".join(f"(?<!\\w)(?:{way})(?!\\w)" for way in ways))
