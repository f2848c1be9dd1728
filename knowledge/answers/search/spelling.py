"""Mends unknown words with the base's own vocabulary, and nothing else.

A word the base knows is never touched: only there would a repair be able to change the matter.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

from knowledge.answers.data import read
from knowledge.answers.search.english import plainly
from knowledge.answers.search.text import fold
from knowledge.directory.places import load_places

_SHORTEST = 4  # "sök" and "sig" are one slip from too many other words
_SHORTEST_PART = 3  # of a word that was two: there both parts must be known
_LONG = 8  # from here on two slips are allowed
_MOST = 12  # unknown words looked up per question: the work is bounded

_COMMON = frozenset(read("words")["function"]["words"].split())
"""Words of everyday speech are no slips, whether the base has them or not: "tack" is not "back"."""


@cache
def _names() -> frozenset[str]:
    """What municipalities are called: "Lund" is no slip of "kund"."""
    return frozenset(one.name.casefold() for one in load_places().municipalities.values())


class Speller:
    """Knows how often each word occurs in the base.

    Words that only the `english` wordings have mend none but English questions: "mord" is no slip
    of "more".
    """

    def __init__(self, counts: Mapping[str, int], english: Collection[str] = ()) -> None:
        self._counts = counts
        self._english = frozenset(english)
        self._folded: dict[str, str] = {}
        by_length: dict[int, list[str]] = defaultdict(list)
        for word in sorted(counts, key=lambda one: (-counts[one], one)):
            self._folded.setdefault(fold(word), word)
            if _repairable(word):
                by_length[len(word)].append(word)
        self._by_length = {length: _Shelf(words) for length, words in by_length.items()}

    def repair(self, words: Sequence[str]) -> list[str]:
        """The same words, the unknown ones mended where the vocabulary holds a near one."""
        joined = self._join(words)
        strange = (word for word in dict.fromkeys(joined) if word not in self._counts)
        unknown = [word for word in strange if word not in _COMMON | _names()][:_MOST]
        apart = frozenset() if plainly(words) else self._english
        mended = {word: self._mend(word, apart) for word in unknown}
        return [part for word in joined for part in mended.get(word, [word])]

    def _join(self, words: Sequence[str]) -> list[str]:
        """Two words that the base writes as one: "läges bild"."""
        joined: list[str] = []
        for word in words:
            if joined and self._is_split(joined[-1], word):
                joined[-1] += word
            else:
                joined.append(word)
        return joined

    def _is_split(self, left: str, right: str) -> bool:
        known = left in self._counts and right in self._counts
        return not known and left + right in self._counts

    def _mend(self, word: str, apart: frozenset[str]) -> list[str]:
        """The word mended, but with none of the words `apart`."""
        if word in self._folded:
            return [self._folded[word]]
        if not _repairable(word):
            return [word]
        nearest = self._nearest(word, apart)
        return [nearest] if nearest else self._split(word) or [word]

    def _nearest(self, word: str, apart: frozenset[str]) -> str | None:
        """The known word fewest slips away.

        Then the first letter decides, which is seldom wrong, then how many letters are kept.
        """
        slips = 1 if len(word) < _LONG else 2
        if len(word) == _SHORTEST:
            apart = apart | _COMMON  # "dikt" is not "ditt"
        best: tuple[int, bool, int, int, str] | None = None
        for length in range(len(word) - slips, len(word) + slips + 1):
            shelf = self._by_length.get(length)
            known = shelf.maybe_near(word, slips) if shelf else []
            known = [other for other in known if other not in apart]
            near = process.extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=3)
            for other, distance, _ in near:
                lost = Indel.distance(word, other)
                rank = (int(distance), other[0] != word[0], lost, -self._counts[other], other)
                best = min(best, rank) if best else rank
        return best[-1] if best else None

    def _split(self, word: str) -> list[str]:
        """One word that the base writes as two: "villkommunen"; the longest first part counts."""
        for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            parts = [self._folded.get(fold(part), "") for part in (word[:cut], word[cut:])]
            if all(parts):
                return parts
        return []


class _Shelf:
    """Words of one length, and which letters each of them has.

    Comparing letters first spares nineteen of twenty edit distances, and changes no result.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._letters = np.array([_letters(word) for word in words], dtype=np.uint64)

    def maybe_near(self, word: str, slips: int) -> list[str]:
        """A slip takes away one letter and brings another, at most."""
        differ: NDArray[np.uint8] = np.bitwise_count(self._letters ^ np.uint64(_letters(word)))
        return [self._words[place] for place in np.flatnonzero(differ <= 2 * slips).tolist()]


def _letters(word: str) -> int:
    """A bit for each letter; some letters share one."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


def _repairable(word: str) -> bool:
    return len(word) >= _SHORTEST and word.isalpha()
