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
        return self.gap.strip() in ("", "-", "–") and self.gap != ""

    @property
    def is_near(self) -> bool:
        """Whether no sign but a comma or a bracket parts it from the word before."""
        return self.gap.strip() in ("", "-", ",", "(")


def words_of(said: str) -> tuple[Word, ...]:
    """The words of a message; who writes in capitals only has said nothing with them."""
    found: list[Word] = []
    end, shouts = 0, said.isupper()
    for match in _WORD.finditer(said):
        gap = said[end : match.start()]
        end = match.end()
        leads = not found or bool(_ENDS.search(gap))
        upper = match[0][0].isupper() and not shouts
        capital = upper and not leads
        found.append(Word(small(match[0]), match.start(), end, gap, leads, capital, upper))
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
    """Where the phrases of a list stand: of two that begin alike the longer."""
    found: list[range] = []
    known = _by_first_word(name)
    for at, word in enumerate(words):
        for phrase in known.get(word.small, ()):
            place = range(at, at + len(phrase))
            said = tuple(other.small for other in words[at : place.stop])
            if said == phrase and not any(at in other for other in found):
                found.append(place)
    return found


@cache
def _by_first_word(name: str) -> dict[str, list[tuple[str, ...]]]:
    known: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(lexicon()[name], key=lambda phrase: (-len(phrase), phrase)):
        first, *rest = phrase.split()
        known.setdefault(first, []).append((first, *rest))
    return known
