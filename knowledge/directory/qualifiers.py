"""A place told apart by another: "Lund, Skåne", "Habo i Jönköpings län", "Haga i Göteborg"."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.directory.mentions import Mention, Standing
from knowledge.directory.models import County, Municipality
from knowledge.directory.names import Area
from knowledge.directory.words import Word, lexicon


def narrowed(words: Sequence[Word], mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, where two that tell of one place are one."""
    found: list[Mention] = []
    for mention in mentions:
        one = _as_one(words, found[-1], mention) if found else None
        if one:
            found[-1] = one
        else:
            found.append(mention)
    return found


def _as_one(words: Sequence[Word], one: Mention, other: Mention) -> Mention | None:
    """The one as the other tells it apart; None where each is a place of its own."""
    between = [word.small for word in words[one.last : other.first]]
    near = all(word.is_near for word in words[one.last : other.first + 1])
    inside = bool(between) and {*between} <= lexicon()["inside"]
    if other.standing is not Standing.SURE or not near or (between and not inside):
        return None
    lying = [area for area in one.areas if any(_lies_in(one, area, it) for it in other.areas)]
    is_county = all(isinstance(area, County) for area in other.areas)
    aside = inside or is_county or "(" in words[other.first].gap
    if lying and (aside or len(one.areas) > 1 or one.is_ordinary or one.is_locality):
        standing = one.standing if one.is_locality and one.is_ordinary else other.standing
        whole = replace(one.only(lying), last=other.last, until=other.until, standing=standing)
        return replace(whole, standing=max(standing, Standing.DOUBTFUL))
    if inside and one.is_locality:  # a part of the town that is called as some other place
        return replace(other, first=one.first)
    return None


def _lies_in(one: Mention, area: Area, within: Area) -> bool:
    if not isinstance(area, Municipality):
        return False
    if isinstance(within, County):
        return area.county_code == within.code
    return one.is_locality and area == within
