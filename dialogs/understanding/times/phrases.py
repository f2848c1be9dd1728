"""Patterns for what people say, and finding them in a sentence.

A pattern is written as in `locales/sv/understanding/times.toml`: `[den] {day} (i|av) {month}`.
It is matched against words, never against parts of words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dialogs.understanding.times.words import Word

Lists = Mapping[str, Mapping[int | str, Sequence[str]]]

_PIECE = re.compile(r"\{(\w+)\}|([\[\](|)])|([^\s\[\](){}|]+)")
_BRACKETS = {"[": "(?:", "]": ")?", "(": "(?:", ")": ")", "|": "|"}


@dataclass(frozen=True)
class Found:
    """A pattern that fits the items from `first` up to, not including, `last`."""

    kind: str
    values: Mapping[str, Any]
    first: int
    last: int


class Slots:
    """What may stand in a place of a pattern: a word out of a list, or a number of a shape."""

    def __init__(
        self,
        lists: Lists,
        shapes: Mapping[str, tuple[str, str]],
        same: Mapping[str, Sequence[str]],
    ) -> None:
        self.same = same
        self._values: dict[str, dict[str, int | str]] = {
            name: {word: value for value, words in entries.items() for word in words}
            for name, entries in lists.items()
        }
        self._shapes = {name: shape for name, (shape, _) in shapes.items()}
        self._named = {name: listed for name, (_, listed) in shapes.items() if listed}

    def expression(self, slot: str) -> str:
        """A regular expression for the slot, each word with its blank."""
        name = slot.rstrip("0123456789")
        words = self._values.get(self._named.get(name, name), {})
        longest_first = sorted(words, key=len, reverse=True)
        ways = [self._shapes[name]] if name in self._shapes else []
        return f"(?P<{slot}>{'|'.join([*ways, *map(re.escape, longest_first)])}) "

    def word(self, word: str) -> str:
        """A regular expression for a word and those that are as good."""
        ways = (re.escape(way) for way in (word, *self.same.get(word, ())))
        return f"(?:{'|'.join(ways)}) "

    def value(self, slot: str, said: str) -> int | str:
        name = slot.rstrip("0123456789")
        listed = self._values.get(self._named.get(name, name), {})
        if said in listed:
            return listed[said]
        digits = re.match(r"\d+", said)
        return int(digits[0]) if digits else said


class Patterns:
    """One step's patterns. The match that begins first wins, among those the longest."""

    def __init__(self, kinds: Mapping[str, Sequence[str]], slots: Slots) -> None:
        self._slots = slots
        self._ways = [
            (kind, re.compile(r"(?<!\S)" + _expression(pattern, slots)), "{time" in pattern)
            for kind, patterns in kinds.items()
            for pattern in patterns
        ]

    def find(self, items: Sequence[Word]) -> list[Found]:
        """All that fits, also where it overlaps, the best first."""
        starts = _starts(items)
        sentence = "".join(f"{item.said} " for item in items)
        index = {position: number for number, position in enumerate(starts)}
        timed = "<" in sentence
        found = [
            Found(kind, self._values(hit), index[hit.start()], index[hit.end()])
            for kind, way, needs_time in self._ways
            if timed or not needs_time
            for hit in way.finditer(sentence)
            if hit.start() in index and hit.end() in index
        ]
        return sorted(found, key=lambda each: (each.first, -each.last))

    def _values(self, hit: re.Match[str]) -> dict[str, Any]:
        return {
            slot: self._slots.value(slot, said)
            for slot, said in hit.groupdict().items()
            if said is not None
        }


def _starts(items: Sequence[Word]) -> list[int]:
    """Where each item begins in the sentence, and where the sentence ends."""
    starts = [0]
    for item in items:
        starts.append(starts[-1] + len(item.said) + 1)
    return starts


def _expression(pattern: str, slots: Slots) -> str:
    """The regular expression of a pattern, in which every word takes its blank with it."""
    return "".join(
        slots.expression(slot) if slot else _BRACKETS.get(sign) or slots.word(word)
        for slot, sign, word in _PIECE.findall(pattern)
    )


def words_of(patterns: Sequence[str]) -> Iterator[str]:
    """The words that stand in patterns as they are."""
    for pattern in patterns:
        yield from (word for _, _, word in _PIECE.findall(pattern) if word.isalpha())
