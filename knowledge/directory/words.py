"""A sentence as words in their places, and the words that tell of places around them."""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from knowledge.directory.names import PLAIN, small, spellings

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ENDS = re.compile(r"[.!?:;\n]")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: where it stands, and the `gap` of spaces and signs before it.

    It `leads` a sentence, where everything has a capital; `capital` is told of the others.
    """

    small: str
    start: int
    end: int
    gap: str
    leads: bool
    capital: bool
    upper: bool

    @property
    def is_joined(self) -> bool:
        """Whether nothing but spaces or a hyphen stands between this word and the one before."""
        return self.gap.strip() in ("", "-", "–") and self.gap != ""  # noqa: RUF001 - a dash

    @property
    def is_near(self) -> bool:
        """Whether it may belong to the word before: no sign but a comma or a bracket is between."""
        return self.gap.strip() in ("", "-", ",", "(")


def words_of(said: str) -> tuple[Word, ...]:
    """The words of a message; who writes in capitals only has said nothing with them."""
    found, end, shouts = [], 0, said.isupper()
    for match in _WORD.finditer(said):
        gap = said[end : match.start()]
        leads = not found or bool(_ENDS.search(gap))
        upper = match[0][0].isupper() and not shouts
        found.append(
            Word(small(match[0]), match.start(), match.end(), gap, leads, upper and not leads, upper)
        )
        end = match.end()
    return tuple(found)


def normal(said: str) -> str:
    """The same message with every letter as one character: positions are told in this one."""
    return unicodedata.normalize("NFC", said)


def has_rings(words: Sequence[Word]) -> bool:
    """Whether somebody writes å, ä and ö: what they leave out is then not there."""
    return any(char in PLAIN for word in words for char in word.small)


@cache
def lexicon() -> dict[str, frozenset[str]]:
    """The lists of `data/words.toml`, each word as it may be spelt.

    What is an ordinary word is one only as it stands there.
    """
    source = (files("knowledge.directory") / "data" / "words.toml").read_text("utf-8")
    as_they_stand = ("ordinary", "verbs", "people", "surnames")
    return {
        name: frozenset(words)
        if name in as_they_stand
        else frozenset(spelling for word in words for spelling in spellings(word))
        for name, words in tomllib.loads(source).items()
    }


def phrases_in(words: Sequence[Word], name: str) -> list[range]:
    """Where the phrases of a list stand; a longer one before the shorter one in it."""
    sentence = " ".join(word.small for word in words)
    found: list[range] = []
    for phrase in (one for one in _longest_first(name) if one in sentence):
        for at in re.finditer(rf"(?<!\S){re.escape(phrase)}(?!\S)", sentence):
            first = sentence.count(" ", 0, at.start())
            place = range(first, first + phrase.count(" ") + 1)
            if not any(place[0] in other or place[-1] in other for other in found):
                found.append(place)
    return found


@cache
def _longest_first(name: str) -> tuple[str, ...]:
    return tuple(sorted(lexicon()[name], key=lambda phrase: (-len(phrase), phrase)))
