"""What a training is about and whom it is for, where that is finer than the themes.

It is told of it in words: in its title, its description, and for whom it is. The words are in
`locales/sv/understanding/facets.toml`.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any

from dialogs.understanding.lexicon import lexicon_of_slots
from knowledge.directory.places import fold
from knowledge.trainings.models import Training


@dataclass(frozen=True)
class Facet:
    """A subject or a group of people: what it is called, is asked for with, and is told with."""

    name: str
    says: re.Pattern[str]
    finds: re.Pattern[str]


@dataclass(frozen=True)
class Said:
    """What was asked for of it, and the words that said so, for nobody to read them again."""

    subjects: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    no_cost: bool = False
    words: tuple[str, ...] = ()

    def has(self, words: str) -> bool:
        """Whether these were part of it."""
        folded = fold(words, strip=False)
        return any(f" {folded} " in f" {one} " for one in self.words)


def said_in(typed: str) -> Said:
    """What a message asks for; not what it says away: "inte för chefer"."""
    said = fold(typed, strip=False)
    free = _wanted(_no_cost(), said)
    about = {key: _wanted(one.says, said) for key, one in subjects().items()}
    whom = {key: _wanted(one.says, said) for key, one in groups().items()}
    words = (*free, *chain.from_iterable((*about.values(), *whom.values())))
    asked = tuple(key for key, hits in about.items() if hits)
    return Said(asked, tuple(key for key, hits in whom.items() if hits), bool(free), words)


def _wanted(pattern: re.Pattern[str], said: str) -> list[str]:
    away = lexicon_of_slots().away
    return [hit[0] for hit in pattern.finditer(said) if not away.search(said[: hit.start()])]


def without_facets(said: str) -> str:
    """The same without the words of any of them; `said` is folded."""
    for one in (*subjects().values(), *groups().values()):
        said = one.says.sub(" ", said)
    return _no_cost().sub(" ", said)


def is_about(keys: Iterable[str], training: Training) -> bool:
    """Whether it is told to be about one of these subjects."""
    told = fold(f"{training.title} {training.summary}", strip=False)
    return any(subjects()[key].finds.search(told) for key in keys)


def is_for(keys: Iterable[str], training: Training) -> bool:
    """Whether it is told to be for one of these groups. What is for all is for each."""
    whom = fold(training.for_whom, strip=False)
    told = f"{whom} {fold(f'{training.title} {training.summary}', strip=False)}"
    return bool(_FOR_ALL.match(whom)) or any(groups()[key].finds.search(told) for key in keys)


_FOR_ALL = re.compile(r"(?:for )?alla\b(?! som\b)")


@cache
def subjects() -> Mapping[str, Facet]:
    return {key: _facet(one, _any_of(one["says"])) for key, one in _data()["subjects"].items()}


@cache
def groups() -> Mapping[str, Facet]:
    made = {}
    for key, one in _data()["groups"].items():
        after = f"{_data()['before']}(?:{_any_of(one['says'])})"
        alone = one.get("alone")
        made[key] = _facet(one, f"{after}|{_any_of(alone)}" if alone else after)
    return made


def _facet(one: Mapping[str, str], says: str) -> Facet:
    finds = _any_of(one.get("finds", one["says"]))
    return Facet(one["name"], _words(says), _words(finds))


@cache
def _no_cost() -> re.Pattern[str]:
    return _words(_any_of(_data()["no_cost"]))


def _any_of(lines: str) -> str:
    return "|".join(line for line in lines.splitlines() if line)


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b")


@cache
def _data() -> dict[str, Any]:
    folder = files("dialogs") / "locales" / "sv" / "understanding"
    return tomllib.loads((folder / "facets.toml").read_text("utf-8"))
