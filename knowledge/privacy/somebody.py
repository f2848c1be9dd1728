"""Whether a text tells of one person: who is suspected or harmed, ill, poor, or somebody's own."""

import re
from bisect import bisect_left
from functools import cache
from itertools import pairwise

from knowledge.privacy.names import WORD, names
from knowledge.privacy.numbers import personal
from knowledge.privacy.words import words

NEAR = 12
"""So many words may stand between somebody and what is said about them."""

SELF_NEAR = 5
"""And so many between "jag är" and what the writer is."""


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
    told = _told([hit[0].casefold() for hit in found])
    return any(abs(one - place) <= NEAR for one in told for place in places)


def tells_of_one(typed: str) -> bool:
    """Whether it tells something about one person without a name: "min granne säljer …"."""
    hits = [hit[0] for hit in WORD.finditer(typed)]
    found = [one.casefold() for one in hits]
    if any(
        one in _list("pointers") and next_ in _list("is_told") for one, next_ in pairwise(found)
    ):
        return True
    if _points_at_one(found):
        return True
    sore = [at for at, word in enumerate(found) if _is_sore(word)] + _told(found)
    ones = [at for at in range(len(found)) if _is_one(found, hits, at)] if sore else []
    selves = [at for at, word in enumerate(found) if word in _list("self")]
    return any(abs(one - at) <= NEAR for one in ones for at in sore) or any(
        _is_told_of_self(found, sore, at) for at in selves
    )


def _points_at_one(found: list[str]) -> bool:
    """ "Grannen spionerar", "min syster vill flytta": nothing is asked, and one is meant."""
    if any(one in _list("general") for one in found):
        return False
    return any(one in _list("private") for one in found) or any(
        owner in _list("owners") and one in _list("kin") for owner, one in pairwise(found)
    )


def _is_sore(word: str) -> bool:
    if word in _list("sore_whole"):
        return True
    return word.startswith(_list("sore")) and not word.startswith(_list("not_sore"))


def _told(found: list[str]) -> list[int]:
    """Where it says that somebody is suspected or harmed; not that they have signed up."""
    if "anmäld" in found and any(word.startswith(_list("signed_up_for")) for word in found):
        found = ["" if word == "anmäld" else word for word in found]
    stems, never = _list("stems"), frozenset(_list("not_stems"))
    return [at for at, word in enumerate(found) if word.startswith(stems) and word not in never]


def _is_one(found: list[str], hits: list[str], at: int) -> bool:
    """Somebody whom the reader could find: "min chef", "killen i 9b", "en elev hos oss"."""
    word, before = found[at], found[max(at - 3, 0) : at]
    if word in _list("pointers"):
        return True
    if word.endswith(_list("persons")) and any(one in _list("owners") for one in before):
        return True
    if before[-2:-1] == ["av"] and before[-1] in _list("owners"):
        return word.startswith(_list("persons"))
    if word.endswith(_definite()):
        return _is_tied(hits, at) or not any(one in _list("general") for one in found)
    return word.endswith(_list("persons")) and _is_tied(hits, at)


def _is_tied(hits: list[str], at: int) -> bool:
    """Followed by what only we can know: "i vår kommun", "hos oss", "på Bergaskolan"."""
    after = hits[at + 1 : at + 8]
    return any(
        one.casefold() in _list("ties") or (one[0].isupper() and one.endswith(_list("schools")))
        for one in after
    )


def _is_told_of_self(found: list[str], sore: list[int], at: int) -> bool:
    """ "Jag blev rånad", and not "jag har en fråga om rån"."""
    near = [one for one in sore if at < one < at + SELF_NEAR]
    if not near or found[at + 1] not in _list("am"):
        return False
    return not any(one in _list("asking") for one in found[at + 1 : near[0]])


@cache
def _definite() -> tuple[str, ...]:
    """ "Grannen", "ordföranden": whoever is pointed out by the form of the word."""
    forms = (f"{one}n" if one[-1] in "aeo" else f"{one}en" for one in _list("persons"))
    return (*_list("definite"), *(one for one in forms if one not in _list("not_definite")))


@cache
def _list(name: str) -> tuple[str, ...]:
    return tuple(words()["case"][name])
