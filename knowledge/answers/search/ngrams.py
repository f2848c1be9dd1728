"""Character n-grams: Swedish hides words inside words.

"lägesbildens" and "nulägesbild" share no word, but many n-grams.
"""

from collections.abc import Iterable, Sequence

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
    """Gives every n-gram a number, and remembers the numbers of every word it has met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._words: dict[str, Ints] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def learn(self, words: Iterable[str]) -> Ints:
        """The n-grams of these words, with new numbers for new n-grams."""
        return joined([self._learn(word) for word in words])

    def read(self, words: Iterable[str]) -> tuple[Ints, int]:
        """The known n-grams of these words, and how many were never seen before."""
        known: list[Ints] = []
        unseen = 0
        for word in words:
            numbers = self._words.get(word)
            if numbers is None:
                found = [self._numbers.get(gram, -1) for gram in grams(word)]
                numbers = np.array([one for one in found if one >= 0], dtype=np.int32)
                unseen += len(found) - len(numbers)
            known.append(numbers)
        return joined(known), unseen

    def _learn(self, word: str) -> Ints:
        if word not in self._words:
            numbers = [self._numbers.setdefault(one, len(self._numbers)) for one in grams(word)]
            self._words[word] = np.array(numbers, dtype=np.int32)
        return self._words[word]


def joined(parts: Sequence[Ints]) -> Ints:
    """One array of many, also when there are none."""
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int32)
