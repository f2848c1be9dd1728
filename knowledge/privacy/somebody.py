"""Words that tell who is suspected, harmed or ill, and whether they are told of somebody."""

import re
from bisect import bisect_left
from functools import cache

from knowledge.privacy.names import WORD, names
from knowledge.privacy.numbers import personal
from knowledge.privacy.words import words

NEAR = 12
"""So many words may stand between somebody and what is said about them."""


def describes_somebody(typed: str) -> bool:
    """Whether it seems to tell who is suspected of something, or has been harmed."""
    numbered = [span.start for span in personal(typed)]
    shown = re.escape(words()["shown"]["personal_number"])
    numbered += [hit.start() for hit in re.finditer(shown, typed)]
    someone = [*numbered, *(hit.start() for hit in names(typed))]
    if not someone:
        return False
    found = list(WORD.finditer(typed))
    starts = [hit.start() for hit in found]
    places = {bisect_left(starts, start) for start in someone}
    told = is_told([hit[0].casefold() for hit in found])
    return any(abs(one - place) <= NEAR for one in told for place in places)


def is_sore(found: list[str]) -> bool:
    """Whether these words, in small letters, have one that nobody wants told of them."""
    return any(_hurts(found, at) for at in range(len(found))) or bool(is_told(found))


def _hurts(found: list[str], at: int) -> bool:
    """Not what is only a subject: "ett föredrag om droger"."""
    word = found[at]
    if at and found[at - 1] in _list("about"):
        return False
    sore, not_sore = _stems("sore"), _stems("not_sore")
    return word in _list("sore_whole") or (word.startswith(sore) and not word.startswith(not_sore))


def is_told(found: list[str]) -> list[int]:
    """Where it says that somebody is suspected or harmed; not that they have signed up."""
    signs_up = any(word.startswith(_stems("signed_up_for")) for word in found)
    if "anmäld" in found and signs_up:
        found = ["" if word == "anmäld" else word for word in found]
    stems, never = _stems("stems"), _list("not_stems")
    return [at for at, word in enumerate(found) if word.startswith(stems) and word not in never]


@cache
def _stems(name: str) -> tuple[str, ...]:
    return tuple(words()["case"][name])


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(words()["case"][name])
