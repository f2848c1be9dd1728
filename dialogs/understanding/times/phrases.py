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
_NUMBER = frozenset("0123456789\\[(")
"""What a number begins with, in a sentence or in an expression for numbers."""

_ANY = ""
"""Stands for every sentence."""

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

    def beginnings(self, slot: str) -> frozenset[str]:
        """Every word that what stands in the slot may begin with; for a number its sign."""
        name = slot.rstrip("0123456789")
        words = self._values.get(self._named.get(name, name), {})
        shape = self._shapes.get(name, "")
        signs = {_sign(shape)} if shape else set()
        return frozenset({*signs, *(_sign(word.split()[0]) for word in words)})

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
        self._ways: list[tuple[str, re.Pattern[str]]] = []
        self._by_word: dict[str, list[int]] = {}
        for kind, patterns in kinds.items():
            for pattern in patterns:
                for word in _needed(pattern, slots) or {_ANY}:
                    self._by_word.setdefault(word, []).append(len(self._ways))
                way = re.compile(r"(?<!\S)" + _expression(pattern, slots))
                self._ways.append((kind, way))

    def find(self, items: Sequence[Word]) -> list[Found]:
        """All that fits, also where it overlaps, the best first."""
        ways = self._ways_for(items)
        if not ways:
            return []
        starts = _starts(items)
        sentence = "".join(f"{item.said} " for item in items)
        index = {position: number for number, position in enumerate(starts)}
        found = [
            Found(kind, self._values(hit), index[hit.start()], index[hit.end()])
            for kind, way in ways
            for hit in way.finditer(sentence)
            if hit.start() in index and hit.end() in index
        ]
        return sorted(found, key=lambda each: (each.first, -each.last))

    def _ways_for(self, items: Sequence[Word]) -> list[tuple[str, re.Pattern[str]]]:
        """Those whose words are there, in their order: trying all takes four times as long."""
        there = {_ANY, *(_sign(item.said) for item in items)}
        numbers = {number for word in there for number in self._by_word.get(word, ())}
        return [self._ways[number] for number in sorted(numbers)]

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


def _sign(word: str) -> str:
    """What a word is looked for by: itself, or that it is a number or a time."""
    return "<" if word.startswith("<") else "#" if word[:1] in _NUMBER else word


def _needed(pattern: str, slots: Slots) -> frozenset[str]:
    """One of these is in every sentence that the pattern fits; none where that is not known.

    They are what may stand in one of the places that cannot be left out, the one with the fewest.
    """
    places, depth = list[frozenset[str]](), 0
    for slot, sign, word in _PIECE.findall(pattern):
        if sign == "|" and not depth:
            return frozenset()
        depth += (sign in ("[", "(")) - (sign in ("]", ")"))
        if slot and not depth:
            places.append(slots.beginnings(slot))
        elif word and not depth:
            places.append(frozenset(map(_sign, (word, *slots.same.get(word, ())))))
    return min(places, key=len, default=frozenset())


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
