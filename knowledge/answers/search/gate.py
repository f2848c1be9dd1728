"""The short way: a question that is one of the known wordings, or plainly a part of one."""

from collections.abc import Sequence

from knowledge.answers.data import read
from knowledge.answers.search.features import Candidates
from knowledge.answers.search.index import Index
from knowledge.answers.search.query import Query
from knowledge.answers.search.text import fold

COMMON = frozenset(
    spelled for word in read("words")["function"]["words"].split() for spelled in (word, fold(word))
)
"""Words that carry the sentence and not the matter."""

_ENOUGH = 3  # two words of matter fit too many wordings
_UNKNOWN = -1


class Gate:
    """Knows the words of a base, and which of them carry no matter."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._idle = frozenset(map(self._number, COMMON))

    def sole_holder(self, query: Query, found: Candidates) -> int | None:
        """The only candidate with a wording that says what the question says, if there is one.

        Either it is the same words, or exactly its words of matter, at least three: that is how
        people write who are used to search engines. Their order is no matter, unless both are
        sentences: "may the police tell us" is not "may we tell the police".
        """
        asked = [*map(self._number, query.words)]
        pairs = zip(asked, query.words, strict=True)
        if any(number == _UNKNOWN and word not in COMMON for number, word in pairs):
            return None
        matter = frozenset(asked) - self._idle
        order = [number for number in dict.fromkeys(asked) if number != _UNKNOWN]
        wordings = [
            (place, frozenset(words))
            for place, words in self._wordings(found, matter)
            if not self._turned(words, order)
        ]
        same = [place for place, words in wordings if words == {*asked}]
        if same or len(matter) < _ENOUGH:
            return _only(same)
        return _only([place for place, words in wordings if words - self._idle == matter])

    def _number(self, word: str) -> int:
        return self._index.vocabulary.get(word, _UNKNOWN)

    def _wordings(
        self, found: Candidates, matter: frozenset[int]
    ) -> list[tuple[int, tuple[int, ...]]]:
        """The wordings, by candidate, that hold all of the matter, in their order."""
        index, held = self._index, []
        for place, entry in enumerate(found.entries.tolist()):
            if matter <= index.asked_set(entry):
                ways = (index.wording_in_order(wording) for wording in index.span(entry))
                held += [(place, words) for words in ways if matter.issubset(words)]
        return held

    def _turned(self, wording: Sequence[int], asked: Sequence[int]) -> bool:
        """Whether these are two sentences with the same matter in another order."""
        ours, theirs = (
            [word for word in one if word not in self._idle] for one in (asked, wording)
        )
        sentences = len(ours) < len(asked) and len(theirs) < len(wording)
        return sentences and ours != theirs and set(ours) == set(theirs)


def _only(places: list[int]) -> int | None:
    return places[0] if len(set(places)) == 1 else None
