"""The patterns for what people say, of `locales/sv/understanding/`, read once."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from dialogs.understanding.times.guards import Guards
from dialogs.understanding.times.phrases import Patterns, Slots, words_of
from dialogs.understanding.times.words import Vocabulary

STEPS = (
    "no_time", "correction", "periods", "parts", "rest", "bounds", "joins", "prepositions",
)  # fmt: skip
"""In this order; each reads what the one before made of the sentence."""

_DAY = r"\d{1,2}(?:(?: :)? (?:e|a|de|te)| (?:th|st|nd|rd))?"

Shapes = Mapping[str, tuple[str, str]]

SHAPES: Shapes = {
    "n": (r"\d{1,3}", "number"),
    "day": (_DAY, "ordinal_day"),
    "day_number": (_DAY, ""),
    "week": (r"\d{1,2}", "number"),
    "year": (r"(?:19|20)\d\d", ""),
    "short_year": (r"[2-4]\d", ""),
    "month_no": (r"0?[1-9]|1[0-2]", ""),
    "dotted_month": (r"[1-9]", ""),
    "time": (r"<\d+>", ""),
}
"""What may stand in a place of a pattern beside the words of a list, and the list."""


@dataclass(frozen=True)
class Grammar:
    """How times are said."""

    vocabulary: Vocabulary
    steps: Mapping[str, Patterns]
    guards: Guards


@cache
def grammar() -> Grammar:
    """How times of days and longer are said."""
    return load("times", STEPS, SHAPES)


def load(name: str, steps: Sequence[str], shapes: Shapes) -> Grammar:
    """Read `locales/sv/understanding/<name>.toml`."""
    source = files("dialogs") / "locales" / "sv" / "understanding" / f"{name}.toml"
    said: Any = tomllib.loads(source.read_text("utf-8"))
    lists = {
        name: {
            int(key) if key.lstrip("-").isdigit() else key: words for key, words in entry.items()
        }
        for name, entry in said["lists"].items()
    }
    slots = Slots(lists, shapes, said["same"])
    vocabulary = Vocabulary(
        _words(said, steps),
        mended=said["slips"]["mended"].split(),
        not_slips=said["slips"]["not_slips"].split(),
        **said["compounds"],
    )
    patterns = {step: Patterns(said[step], slots) for step in steps}
    return Grammar(vocabulary, patterns, Guards(said["context"]))


def _words(said: Mapping[str, Any], steps: Sequence[str]) -> Iterator[str]:
    """Every word that stands in a list or a pattern."""
    yield from (word for words in said["same"].values() for word in words)
    for entries in said["lists"].values():
        for words in entries.values():
            yield from (word for phrase in words for word in phrase.split())
    for step in steps:
        for patterns in said[step].values():
            yield from words_of(patterns)
