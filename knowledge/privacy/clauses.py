"""What is written, cut into clauses that ask or tell."""

import re
from dataclasses import dataclass
from functools import cache

from knowledge.privacy.names import WORD
from knowledge.privacy.words import words

_AGE = re.compile(r",\s*\d+(?: år)?,")
_CLAUSE = re.compile(r"[^.,;:!?\n–]+[?]?|\?")


@dataclass(frozen=True, slots=True)
class Clause:
    """Its words in small letters, whether it asks, and whether "jag" may be left out of it."""

    words: list[str]
    asks: bool
    bare: bool


def clauses(typed: str) -> list[Clause]:
    """In order, without the empty ones."""
    parts = [hit[0] for hit in _CLAUSE.finditer(_AGE.sub(" ", typed))]
    return [_clause(part) for part in parts if WORD.search(part)]


def _clause(part: str) -> Clause:
    written = WORD.findall(part)
    found = [word.casefold() for word in written]
    marked = part.endswith("?")
    bare = not marked and len(written) > 1 and written[1].islower()
    return Clause(found, marked or _asks(found), bare)


def _asks(found: list[str]) -> bool:
    said = [word for word in found if word not in listed("before")]
    if listed("true") & set(found[:4]):
        return False
    opens = said[:1] and said[0] in listed("asks") and not listed("tells") & set(said[1:2])
    turns = said[1:2] and said[0].endswith("r") and said[1] in listed("turned")
    return bool(opens or turns)


@cache
def listed(name: str) -> frozenset[str]:
    """One of the lists that tell how clauses are built."""
    return frozenset(words()["clauses"][name])
