"""Whether a question that was repaired still says what was typed.

"Chattar" is one slip from "hattar", which the base knows from somewhere else: such a word is no
slip but another word, and an answer that does not even speak of hats is not sure.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from rapidfuzz.distance import OSA, Prefix

from knowledge.answers.search.gate import COMMON
from knowledge.answers.search.text import clean, fold, words
from knowledge.answers.subjects import stem

FEW_SLIPS = 0.15
"""So many slips for a letter are still slips."""

SAME_BEGINNING = 0.6
"""The share of the longer word that two forms of one word begin with in common."""


def doubtful(typed: str, read_as: str) -> list[str]:
    """The words of a repaired question that may mean something else than what was typed."""
    return [
        read for said, read in _replaced(words(clean(typed)), words(read_as)) if _other(said, read)
    ]


def _replaced(said: Sequence[str], read: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What was typed and what it was read as, word by word; whole where words were parted."""
    for kind, start, end, first, last in SequenceMatcher(None, said, read, False).get_opcodes():
        if kind != "equal":
            ours, theirs = said[start:end], read[first:last]
            if len(ours) == len(theirs):
                yield from zip(ours, theirs, strict=True)
            else:
                yield "".join(ours), "".join(theirs)


def _other(said: str, read: str) -> bool:
    """Whether it is another word, and no slip or other form of the same."""
    one, other = fold(said), fold(read)
    if one == other or read in COMMON or stem(one) == stem(other):
        return False
    if one[:1] != other[:1]:
        return True
    slips = OSA.distance(one, other)
    few = slips <= 1 or slips / max(len(one), len(other)) <= FEW_SLIPS
    return not few and Prefix.normalized_similarity(one, other) < SAME_BEGINNING
