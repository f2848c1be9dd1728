"""What commands are called by, in many people's words, and which of them a sentence is nearest."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product

from knowledge.answers.models import Outcome
from knowledge.answers.search.engine import SearchEngine
from knowledge.answers.search.index import Entry

SURE_INSIDE = 0.5
"""How probable it must be that the sentence is a wish at all."""

_SLOT = re.compile(r"\{\w+\}")
_EITHER = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True)
class Want:
    """A command that a sentence may ask for; `wording` is the known one it is nearest."""

    name: str
    wording: str = ""


@cache
def wordings() -> dict[str, tuple[str, ...]]:
    """The ways of asking for each command, its shortest first; without places, times and such."""
    found: dict[str, tuple[str, ...]] = {}
    for file in (files("dialogs") / "locales" / "sv" / "understanding" / "wants").iterdir():
        for name, ways in tomllib.loads(file.read_text("utf-8")).items():
            lines = [*ways.get("says", "").splitlines(), *ways.get("like", "").splitlines()]
            every = [one for line in lines if line.strip() for one in _spelt_out(line)]
            found[name] = tuple(dict.fromkeys(every))
    return found


def nearest(said: str) -> Want | None:
    """The command that the sentence is nearest, when it is near enough to be one."""
    ranked = _engine().rank(said)
    if not ranked.ids or ranked.outcome is Outcome.UNKNOWN or ranked.inside < SURE_INSIDE:
        return None
    return Want(ranked.ids[0], ranked.wordings[0])


def get_ready() -> None:
    """Build what wishes are found with: 0.2 s, which no chat should wait."""
    _engine()


@cache
def _engine() -> SearchEngine:
    """The means of the answers' search, over wishes."""
    return SearchEngine(
        [Entry(name, ways[0], ways[1:], "") for name, ways in wordings().items() if ways]
    )


def _spelt_out(line: str) -> Iterator[str]:
    """ "(a|b) c" is "a c" and "b c"; what stands for a place or a time is left out."""
    parts = _EITHER.split(line.strip())
    choices = [part.split("|") if number % 2 else [part] for number, part in enumerate(parts)]
    for words in product(*choices):
        yield " ".join(_SLOT.sub(" ", "".join(words)).split())
