"""What every command is called by: the wordings in `locales/sv/understanding/wants/`, expanded.

A command has `says`, whole messages that are it exactly, and `like`, other ways of saying it, to
be recognised by. A line may hold choices, "(visa|lista) kurser", and slots, "kurser i {place}".
`on` names the screen that it is said about.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

_CHOICE = re.compile(r"\(([^()]*)\)")


class Screen(StrEnum):
    """What was last shown to the person."""

    NOTHING = ""
    LIST = "list"
    """Trainings with numbers."""
    ANNOUNCEMENT = "announcement"
    """An announcement, or the card that tells how it goes."""
    ANSWER = "answer"


@dataclass(frozen=True)
class Wordings:
    """One command: its exact sentences, and every sentence that it is recognised by.

    `later` is set for what we cannot do yet.
    """

    command: str
    on: Screen
    later: bool
    exact: tuple[str, ...]
    like: tuple[str, ...]


@cache
def wordings() -> tuple[Wordings, ...]:
    """All commands, read once."""
    return tuple(
        Wordings(
            name,
            Screen(next((one["on"] for one in entries if "on" in one), "")),
            any(one.get("later", False) for one in entries),
            tuple(line for one in entries for line in _lines(one.get("says", ""))),
            tuple(line for one in entries for line in _lines(one.get("like", ""))),
        )
        for name, entries in _entries().items()
    )


def _entries() -> dict[str, list[dict[str, Any]]]:
    """What every file says of each command, in the order of the files."""
    entries: dict[str, list[dict[str, Any]]] = {}
    for table in _tables():
        for name, entry in table.items():
            entries.setdefault(name, []).append(entry)
    return entries


def commands() -> tuple[str, ...]:
    return tuple(one.command for one in wordings())


def _tables() -> Iterator[dict[str, Any]]:
    folder = files("dialogs") / "locales" / "sv" / "understanding" / "wants"
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            yield tomllib.loads(file.read_text("utf-8"))


def _lines(listed: str) -> tuple[str, ...]:
    lines = (line.strip() for line in listed.splitlines())
    return tuple(way for line in lines if line for way in expanded(line))


def expanded(line: str) -> list[str]:
    """Every way of reading a line with choices: "(visa|lista) kurser" is two sentences."""
    parts = _CHOICE.split(line)
    options = [part.split("|") if number % 2 else [part] for number, part in enumerate(parts)]
    return [" ".join("".join(way).split()) for way in product(*options)]
