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
    """Its words in small letters and as they were written, and whether it asks."""

    words: list[str]
    shown: list[str]
    asks: bool


def clauses(typed: str) -> list[Clause]:
    """In order, without the empty ones."""
    parts = [hit[0] for hit in _CLAUSE.finditer(_AGE.sub(" ", typed))]
    return [_clause(part) for part in parts if WORD.search(part)]


def _clause(part: str) -> Clause:
    shown = WORD.findall(part)
    small = [word.casefold() for word in shown]
    return Clause(small, shown, _asks(small) or part.endswith("?"))


def _asks(found: list[str]) -> bool:
    said = [word for word in found if word not in _list("before")]
    if _list("true") & set(found[:4]):
        return False
    opens = said[:1] and said[0] in _list("asks") and not _list("tells") & set(said[1:2])
    turns = said[1:2] and said[0].endswith("r") and said[1] in _list("turned")
    return bool(opens or turns) or any(word in _list("wonders") for word in found[:3])


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(words()["clauses"][name])
