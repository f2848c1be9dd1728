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
    """Its words in small letters, and whether it asks."""

    words: list[str]
    asks: bool


def clauses(typed: str) -> list[Clause]:
    """In order, without the empty ones."""
    parts = [hit[0] for hit in _CLAUSE.finditer(_AGE.sub(" ", typed))]
    return [_clause(part) for part in parts if WORD.search(part)]


def _clause(part: str) -> Clause:
    found = WORD.findall(part.casefold())
    return Clause(found, _asks(found) or part.endswith("?"))


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
