"""Which of the offered places an answer means: "Habo", "kommunen", "den i Uppsala län"."""

from collections.abc import Sequence

from knowledge.directory.models import County, Municipality
from knowledge.directory.names import Area
from knowledge.directory.said import Named, places_in
from knowledge.directory.words import lexicon, words_of


def meant_among(said: str, offered: Sequence[Area]) -> Area | None:
    """The one that is meant; None when it is none of them, or still more than one."""
    read = places_in(said, asked=True)
    named = (*read.named, *(one for one in read.doubtful if one.localities))
    if not named:
        return _by_kind(said, offered)
    meant = {area for one in named if (area := _of(one, offered))}
    return meant.pop() if len(meant) == 1 else None


def _of(named: Named, offered: Sequence[Area]) -> Area | None:
    """By name, in which å, ä and ö count, or by the county that it lies in."""
    for areas in (named.spelt, named.areas):
        inside = [area for area in offered if area in areas]
        if inside:
            return inside[0] if len(inside) == 1 else None
    counties = {area.code for area in named.areas if isinstance(area, County)}
    lying = [
        area for area in offered if isinstance(area, Municipality) and area.county_code in counties
    ]
    return lying[0] if len(lying) == 1 else None


def _by_kind(said: str, offered: Sequence[Area]) -> Area | None:
    """ "kommunen" or "länet" """
    words = {word.small for word in words_of(said)}
    kinds = [
        kind
        for kind, name in ((Municipality, "municipality_before"), (County, "county_before"))
        if words & lexicon()[name]
    ]
    fitting = [area for area in offered if kinds and isinstance(area, kinds[0])]
    return fitting[0] if len(kinds) == 1 and len(fitting) == 1 else None
