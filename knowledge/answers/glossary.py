"""Finds the term that a person asks the meaning of: "vad betyder SSPF", "vad är en SIG", "SÖK?"."""

import re
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.answers.data import read
from knowledge.answers.models import Term
from knowledge.answers.search.gate import COMMON
from knowledge.answers.search.text import clean, fold, words

_DATA = read("words")
_NOT_ALONE = COMMON | set(_DATA["definition"]["replies"])
_SHORTEST_MENDED = 5  # shorter words are one slip from another abbreviation
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")


def slug(term: Term) -> str:
    """The term's id among the matches: "term:" and its name as in a link."""
    return "term:" + _NOT_IN_SLUG.sub("-", fold(term.name.lower())).strip("-")


def subject(question: str) -> tuple[str, bool]:
    """What a question asks the meaning of, and whether it really asks for a meaning.

    "Vad betyder SSPF?" asks for "sspf"; a bare "SSPF?" is its own subject.
    """
    asked = words(clean(question))
    if not asked:
        return "", False
    frames = _BEFORE.get(asked[0], ())
    before = next((frame for frame in frames if asked[: len(frame)] == frame), ())
    rest = asked[len(before) :]
    frames = _AFTER.get(asked[-1], ())
    after = next((frame for frame in frames if len(rest) > len(frame) and _ends(rest, frame)), ())
    rest = rest[: len(rest) - len(after)]
    return " ".join(rest), bool(before or after)


class Glossary:
    """Terms by every way of writing them. A way that two terms share belongs to the first."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._written: dict[str, Term] = {}
        self._folded: dict[str, Term] = {}
        for term in terms:
            for way in (term.name, *term.variants):
                key = " ".join(words(clean(way)))
                self._written.setdefault(key, term)
                self._folded.setdefault(fold(key), term)
        self._longest = max(map(len, self._folded), default=0)

    def find(self, question: str) -> Term | None:
        """The term asked for, if the question is about nothing but a term."""
        asked, explained = subject(question)
        if not asked or (asked in _NOT_ALONE and not explained):
            return None
        return self.named(asked) or self._mended(fold(asked))

    def named(self, way: str) -> Term | None:
        """The term that is written this way, letter by letter if possible, else without å ä ö."""
        key = " ".join(words(clean(way)))
        return self._written.get(key) or self._folded.get(fold(key))

    def _mended(self, asked: str) -> Term | None:
        slips = 1 if len(asked) < 2 * _SHORTEST_MENDED else 2
        if not _SHORTEST_MENDED <= len(asked) <= self._longest + slips:
            return None
        near = process.extractOne(
            asked, self._folded.keys(), scorer=OSA.distance, score_cutoff=slips
        )
        return self._folded[near[0]] if near else None


def _frames(kind: str, by: int) -> dict[str, list[list[str]]]:
    """What may stand around what is asked, the longest first, by its first or last word."""
    frames = [frame.split() for frame in _DATA["definition"][kind]]
    folded = [fold(" ".join(frame)).split() for frame in frames]
    known: dict[str, list[list[str]]] = {}
    for frame in sorted([*frames, *folded], key=len, reverse=True):
        known.setdefault(frame[by], []).append(frame)
    return known


def _ends(asked: list[str], frame: list[str]) -> bool:
    return asked[-len(frame) :] == frame


_BEFORE, _AFTER = _frames("before", 0), _frames("after", -1)
