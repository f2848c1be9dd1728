"""Which places somebody names, which are said away, and which have to be asked about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from knowledge.directory.corrections import said_away
from knowledge.directory.likeness import near_names
from knowledge.directory.mentions import Mention, Standing, find_mentions
from knowledge.directory.models import County, Municipality
from knowledge.directory.names import Area, load_names
from knowledge.directory.qualifiers import narrowed
from knowledge.directory.words import Word, lexicon, normal, phrases_in, words_of

GLUE = (
    *("filler", "before", "between", "municipality", "municipality_before", "county"),
    *("county_before", "not", "not_only", "instead", "there", "no", "meant", "left"),
)
"""The lists of words that may stand beside a place where nothing but places is said."""

LONGEST_NAME = 3
SHORTEST_NEAR = 5
"""A near name in the middle of a sentence has at least so many letters."""

SHORTEST_SMALL = 8
"""And with a small letter, where nobody asked for a place, so many."""


@dataclass(frozen=True)
class Named:
    """A place as somebody called it, and what it can be: more than one area means ask which.

    `spelt` are those of them that are spelt exactly so. `localities` are the places inside
    municipalities that were said, by the municipality's code. `start` and `end` tell where it
    stands in the message.
    """

    said: str
    areas: tuple[Area, ...]
    spelt: tuple[Area, ...] = ()
    localities: Mapping[str, str] = field(default_factory=dict)
    start: int = 0
    end: int = 0

    @property
    def locality(self) -> str:
        """The place inside the one municipality that it can be."""
        return self.localities.get(self.areas[0].code, "") if len(self.areas) == 1 else ""

    @property
    def only(self) -> Area | None:
        """The one area that it can be, if there is just one."""
        return self.areas[0] if len(self.areas) == 1 else None


@dataclass(frozen=True)
class PlacesSaid:
    """What a message tells of places.

    `named` are certain. `possible` are ordinary words ("i boden") that are places if what is
    wanted can have one. `excluded` were named and said away. `doubtful` are nearly names, or names
    that are also everyday words: to be asked about. `near`: somewhere near the named. `own`: where
    the speaker works, and nothing named. `alone`: nothing else was said.
    """

    named: tuple[Named, ...] = ()
    possible: tuple[Named, ...] = ()
    excluded: tuple[Named, ...] = ()
    doubtful: tuple[Named, ...] = ()
    near: bool = False
    own: bool = False
    alone: bool = False

    @property
    def areas(self) -> tuple[Area, ...]:
        """All that was named for certain, each once."""
        return _each(self.named)

    @property
    def near_areas(self) -> tuple[Area, ...]:
        """All that would have to be asked about."""
        return _each(self.doubtful)

    @property
    def municipalities(self) -> tuple[Municipality, ...]:
        return tuple(area for area in self.areas if isinstance(area, Municipality))

    @property
    def counties(self) -> tuple[County, ...]:
        return tuple(area for area in self.areas if isinstance(area, County))

    @property
    def with_possible(self) -> "PlacesSaid":
        """The same where what is wanted can have a place."""
        both = sorted((*self.named, *self.possible), key=lambda one: one.start)
        return replace(self, named=tuple(both), possible=())


def _each(named: Sequence[Named]) -> tuple[Area, ...]:
    return tuple(dict.fromkeys(area for one in named for area in one.areas))


def places_in(said: str, *, asked: bool = False) -> PlacesSaid:
    """Read what a message says of places; `asked` when it answers the question of a place."""
    message = normal(said)
    words = words_of(message)
    mentions = narrowed(words, find_mentions(words, load_names(), asked=asked))
    near, own = _phrases(words, mentions)
    rest = list(_unread(words, mentions, own))
    if not rest:
        mentions = [_where_alone(words, one, mentions, asked=asked) for one in mentions]
    found = [one for one in mentions if one.standing > Standing.NO_PLACE]
    if not found:
        unread = [at for at in range(len(words)) if not any(at in one.words for one in mentions)]
        found = _near_mentions(words, rest or unread, asked=asked)
    certain = [one for one in found if one.standing > Standing.DOUBTFUL]
    away = said_away(words, certain)
    kept = [one for number, one in enumerate(certain) if number not in away]
    names = {at for one in found for at in one.words}

    def told(mentions: Sequence[Mention], standing: Standing) -> tuple[Named, ...]:
        return _told(message, words, [one for one in mentions if one.standing is standing])

    return PlacesSaid(
        named=told(kept, Standing.SURE),
        possible=told(kept, Standing.POSSIBLE),
        excluded=_told(message, words, [certain[number] for number in sorted(away)]),
        doubtful=told(found, Standing.DOUBTFUL),
        near=near,
        own=bool(own) and not near and not kept,
        alone=bool(found) and {*rest} <= names,
    )


def taken_out(said: str, read: PlacesSaid, instead: str = " ") -> str:
    """The message without the places that were read in it, so that no town chooses the matter."""
    message = normal(said)
    every = (*read.named, *read.possible, *read.excluded, *read.doubtful)
    for one in sorted(every, key=lambda one: one.start, reverse=True):
        message = message[: one.start] + instead + message[one.end :]
    return " ".join(message.split())


def _told(message: str, words: Sequence[Word], found: Sequence[Mention]) -> tuple[Named, ...]:
    return tuple(
        Named(
            message[words[one.first].start : one.until],
            one.areas,
            one.spelt,
            one.localities,
            words[one.first].start,
            one.until,
        )
        for one in found
    )


def _phrases(words: Sequence[Word], mentions: Sequence[Mention]) -> tuple[bool, list[range]]:
    """Whether a place is only near, and where the speaker's own surroundings are meant."""
    firsts = {one.first for one in mentions if one.standing > Standing.NO_PLACE}
    around = [place for place in phrases_in(words, "near") if place.stop in firsts]
    own = [
        place
        for place in phrases_in(words, "own")
        if not place[0] or words[place[0] - 1].small not in lexicon()["not"]
    ]
    return bool(around), [*own, *around]


def _unread(
    words: Sequence[Word], mentions: Sequence[Mention], phrases: Sequence[range]
) -> Iterator[int]:
    """The numbers of the words that are neither names nor words that stand beside names."""
    read = {at for one in mentions for at in one.words}
    read |= {at for place in phrases for at in place}
    for at, word in enumerate(words):
        if at not in read and word.small not in _glue():
            yield at


@cache
def _glue() -> frozenset[str]:
    return frozenset().union(*(lexicon()[name] for name in GLUE))


def _where_alone(
    words: Sequence[Word], mention: Mention, mentions: Sequence[Mention], *, asked: bool
) -> Mention:
    """Nothing but names was said, so an ordinary word is one too."""
    if len(mentions) > 1 and (mention.said in lexicon()["filler"] or mention.is_verb):
        return mention
    if mention.is_locality and mention.is_ordinary:
        names = (*mention.names, *near_names(mention.said, load_names(), localities=False))
        doubtful = replace(mention, names=names, standing=Standing.DOUBTFUL)
        return doubtful if asked and not mention.is_verb else mention
    begins = words[mention.first].upper and (mention.is_as_spelt or not mention.is_verb)
    begins = begins and not mention.is_among("people")
    sure = asked or begins or not mention.is_ordinary
    standing = Standing.SURE if sure else Standing.POSSIBLE
    return replace(mention, standing=max(mention.standing, standing))


def _near_mentions(words: Sequence[Word], rest: Sequence[int], *, asked: bool) -> list[Mention]:
    """What is nearly a name: the whole of an answer, or what follows "i", "från" and the like."""
    if asked and rest and len(rest) <= LONGEST_NAME and rest[-1] - rest[0] < len(rest):
        whole = _nearly(words, rest[0], rest[-1] + 1, localities=True)
        if whole:
            return [whole]
    found = []
    for at in rest:
        word = words[at]
        after = at > 0 and words[at - 1].small in lexicon()["before"] and not word.leads
        shortest = SHORTEST_NEAR if asked or word.capital else SHORTEST_SMALL
        if after and len(word.small) >= shortest:
            found.append(_nearly(words, at, at + 1, localities=asked and word.capital))
    return [one for one in found if one]


def _nearly(words: Sequence[Word], first: int, last: int, *, localities: bool) -> Mention | None:
    said = " ".join(word.small for word in words[first:last])
    if said in lexicon()["elsewhere"]:
        return None
    names = near_names(said, load_names(), localities=localities)
    return (
        Mention(first, last, said, names, Standing.DOUBTFUL, words[last - 1].end) if names else None
    )
