"""Character n-grams: Swedish hides words inside words.

"lägesbildens" and "nulägesbild" share no word, but many n-grams.
"""

from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]

SHORTEST, LONGEST = 3, 5


def grams(word: str) -> list[str]:
    """All n-grams of a word with its edges marked, 3 to 5 characters long.

    A paragraph is said twice ("§9§9"), so that its number weighs as much as a word does.
    """
    edged = f" {word * 2 if word[0] == '§' else word} "
    return [
        edged[start : start + size]
        for size in range(SHORTEST, LONGEST + 1)
        for start in range(len(edged) - size + 1)
    ]


class Alphabet:
    """Gives every n-gram of some words a number, in the order in which they are met.

    Only the hashes of the n-grams are kept: the strings would be four megabytes.
    """

    def __init__(self, words: Collection[str]) -> None:
        hashed = [_hashed(grams(word)) for word in words]
        every = np.concatenate([np.empty(0, dtype=np.int64), *hashed])
        self._hashes, met, places = np.unique(every, return_index=True, return_inverse=True)
        self._numbered = np.argsort(np.argsort(met)).astype(np.int32)
        ends = np.cumsum([len(one) for one in hashed])
        self._words = dict(zip(words, np.split(self._numbered[places], ends), strict=False))

    def __len__(self) -> int:
        return len(self._hashes)

    def of(self, words: Iterable[str]) -> Ints:
        """The n-grams of words that it knows."""
        return joined([self._words[word] for word in words])

    def read(self, words: Iterable[str]) -> tuple[Ints, int]:
        """The known n-grams of these words, and how many were never seen before."""
        known: list[Ints] = []
        unseen = 0
        for word in words:
            numbers = self._words.get(word)
            if numbers is None:
                numbers, strange = self._found(word)
                unseen += strange
            known.append(numbers)
        return joined(known), unseen

    def _found(self, word: str) -> tuple[Ints, int]:
        if not len(self._hashes):
            return np.empty(0, dtype=np.int32), len(grams(word))
        hashes = _hashed(grams(word))
        places = np.searchsorted(self._hashes[:-1], hashes)
        known = self._hashes[places] == hashes
        return self._numbered[places[known]], int(len(known) - known.sum())


def _hashed(every: Collection[str]) -> NDArray[np.int64]:
    return np.fromiter(map(hash, every), dtype=np.int64, count=len(every))


def joined(parts: Sequence[Ints]) -> Ints:
    """One array of many, also when there are none."""
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int32)
