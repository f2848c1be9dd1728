"""Names that are nearly spelt like what was typed. They are asked about, never taken."""

from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.directory.names import PLAIN, Name, Names

MOST = 3
"""More names than this are no likeness but a guess."""

SHORTEST = 3


def near_names(said: str, names: Names, *, localities: bool) -> tuple[Name, ...]:
    """Those nearest to `said`: "kungsbaka" → Kungsbacka. The first letter is right.

    A slip in five letters, two in eight; in a locality's name, of which there are so many, less.
    """
    if len(said) < SHORTEST:
        return ()
    found = _nearest(said, names.of_areas, 5, 8) or (
        _nearest(said, names.of_localities, 6, 10) if localities else []
    )
    called = dict.fromkeys(name for spelling in found for name in names.called(spelling))
    return tuple(called) if len(called) <= MOST else ()


def _nearest(said: str, spellings: Sequence[str], one_slip: int, two_slips: int) -> list[str]:
    hits = process.extract(
        said,
        spellings,
        scorer=OSA.distance,
        score_cutoff=max(1, _allowed(len(said) + 1, one_slip, two_slips)),
        limit=None,
    )
    fitting = [
        (name, slips)
        for name, slips, _ in hits
        if PLAIN.get(name[0], name[0]) == PLAIN.get(said[0], said[0])
        and (
            slips <= _allowed(min(len(name), len(said)), one_slip, two_slips)
            or _doubled(said, name)
        )
    ]
    best = min((slips for _, slips in fitting), default=0)
    return [name for name, slips in fitting if slips == best]


def _allowed(length: int, one_slip: int, two_slips: int) -> int:
    return 2 if length >= two_slips else int(length >= one_slip)


def _doubled(said: str, name: str) -> bool:
    """Whether only a letter that stands twice tells them apart: "hör" and Höör."""
    return _single(said) == _single(name)


def _single(word: str) -> str:
    return word[:1] + "".join(later for one, later in pairwise(word) if later != one)
