"""A sentence as words, with missing å, ä and ö put back and small slips mended."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from knowledge.directory.places import fold

SHORTEST_SLIP = 4
"""A shorter word that is not known is another word, not a slip."""

MOST_SEEN = 10_000
"""So many words are remembered with what they were mended to."""

# A full stop counts only between digits.
_WORD = r"\d+|[^\W\d_]+|(?<=\d)\.(?=\d)|[^\w\s.]"
_DASHES = str.maketrans("–—−‐‑”“’", '-----""\'')


@dataclass(frozen=True)
class Word:
    """A word as it is compared (`said`), and where it stands in what was typed."""

    said: str
    start: int
    end: int
    typed: str = ""
    known: bool = False

    @property
    def capital(self) -> bool:
        """Written as a name is. A sentence in capitals alone tells nothing."""
        return self.typed[:1].isupper() and not self.typed[1:].isupper()


class Vocabulary:
    """The words that are looked for; others stay as they were typed."""

    def __init__(
        self,
        words: Iterable[str],
        *,
        mended: Iterable[str] = (),
        not_slips: Iterable[str] = (),
        heads: Mapping[str, str],
        tails: Iterable[str] = (),
    ) -> None:
        self._heads = heads
        compounds = f"(?:{'|'.join(heads)})(?={'|'.join(tails)})"
        self._word = re.compile(rf"\b{compounds}|{_WORD}", re.IGNORECASE)
        self._known = {word for word in words if word.isalpha()}
        self._bare = {fold(word, strip=False): word for word in sorted(self._known)}
        self._mended = tuple(mended)
        self._not_slips = frozenset(not_slips)
        self._seen: dict[str, str] = {}

    def read(self, typed: str) -> list[Word]:
        """The words of a sentence, and its signs."""
        found = []
        for hit in self._word.finditer(typed.translate(_DASHES)):
            said = self._known_as(hit[0].casefold())
            if typed[hit.end() : hit.end() + 1].isalpha():  # the head of a compound
                said = self._heads.get(said, said)
            found.append(Word(said, *hit.span(), typed=hit[0], known=said in self._known))
        return found

    def _known_as(self, word: str) -> str:
        if word in self._known or not word.isalpha() or word in self._not_slips:
            return word
        # Who writes å, ä or ö anywhere in a word has the keys for it.
        if word.isascii() and word in self._bare:
            return self._bare[word]
        return self._mend(word)

    def _mend(self, word: str) -> str:
        """The word that is one slip away, else the word itself."""
        if len(word) < SHORTEST_SLIP:
            return word
        if word not in self._seen:
            if len(self._seen) >= MOST_SEEN:
                self._seen.clear()
            near = (
                known
                for known in self._mended
                if known[0] == word[0] and OSA.distance(known, word, score_cutoff=1) <= 1
            )
            self._seen[word] = next(near, word)
        return self._seen[word]
