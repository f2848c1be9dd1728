"""Finds the names of places in a sentence, and how sure it is that a place is meant.

An ordinary word is no place: "vara", "mark" and "boden" are read as names only where a place is
asked for, or where a capital or the words around leave no other reading.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from knowledge.directory.models import Municipality
from knowledge.directory.names import Area, Name, Names
from knowledge.directory.words import Word, has_rings, lexicon


class Standing(IntEnum):
    """How a name stands in its sentence."""

    NO_PLACE = 0
    DOUBTFUL = 1  # to be asked about
    POSSIBLE = 2  # a place, if what is wanted can have one
    SURE = 3


@dataclass(frozen=True)
class Mention:
    """A name in a sentence: which of its words, up to `last`, and what it can mean.

    `until` is less than the last word's end when that word goes on: "Växjökursen".
    """

    first: int
    last: int
    said: str
    names: tuple[Name, ...]
    standing: Standing = Standing.NO_PLACE
    until: int = 0

    @property
    def words(self) -> range:
        """The numbers of its words."""
        return range(self.first, self.last)

    @property
    def areas(self) -> tuple[Area, ...]:
        """All that it can mean, what is spelt exactly so first."""
        every = [area for name in self.names for area in name.areas]
        return tuple(dict.fromkeys((*self.spelt, *every)))

    @property
    def localities(self) -> dict[str, str]:
        """The places inside municipalities, by the municipality's code."""
        own = {area for name in self.names if not name.locality for area in name.areas}
        return {
            area.code: name.locality
            for name in self.names
            for area in name.areas
            if area not in own
        }

    @property
    def is_locality(self) -> bool:
        """Whether it is only the name of a place inside some municipality."""
        return all(name.locality for name in self.names)

    @property
    def is_ordinary(self) -> bool:
        return self.is_among("ordinary")

    @property
    def is_verb(self) -> bool:
        return self.is_among("verbs")

    @property
    def spelt(self) -> tuple[Area, ...]:
        """Those of the areas that are spelt exactly so."""
        exact = [name for name in self.names if self.said in (name.spelt, name.spelt + "s")]
        return tuple(dict.fromkeys(area for name in exact for area in name.areas))

    @property
    def is_as_spelt(self) -> bool:
        """Whether no å, ä or ö was left out."""
        return bool(self.spelt)

    def is_among(self, kind: str) -> bool:
        """Whether the name, or its genitive, is in this list of words."""
        return self.said in lexicon()[kind] or (
            self.said.endswith("s") and self.said[:-1] in lexicon()[kind]
        )

    def only(self, areas: Sequence[Area]) -> "Mention":
        """The same, meaning only one of these; as it was if none of them is meant."""
        kept = tuple(
            replace(name, areas=tuple(area for area in name.areas if area in areas))
            for name in self.names
            if any(area in areas for area in name.areas)
        )
        return replace(self, names=kept) if kept else self


def find_mentions(words: Sequence[Word], names: Names, *, asked: bool) -> list[Mention]:
    """Every name in the sentence, the longest first: "Upplands Väsby" is not "Väsby"."""
    found: list[Mention] = []
    at = 0
    while at < len(words):
        mention = _longest_at(words, at, names) if names.may_begin(words[at].small) else None
        mention = mention or _in_compound(words[at], at, names)
        if mention:
            mention = _typed(words, _as_spelt(words, mention))
            found.append(replace(mention, standing=_standing(words, mention, asked=asked)))
        at = mention.last if mention else at + 1
    return _in_lists(words, found)


def adjoins(words: Sequence[Word], one: Mention, other: Mention, *links: str) -> bool:
    """Whether nothing but "och", "eller" or a comma stands between, or words of other lists."""
    between = words[one.last : other.first]
    near = all(
        word.is_near or word.gap.strip() == "/" for word in words[one.last : other.first + 1]
    )
    if not between:
        return near and words[other.first].gap.strip() != ""
    known = frozenset[str]().union(*(lexicon()[name] for name in ("between", *links)))
    return near and all(word.small in known for word in between)


def _longest_at(words: Sequence[Word], at: int, names: Names) -> Mention | None:
    for length in range(min(names.most_words, len(words) - at), 0, -1):
        chunk = words[at : at + length]
        if not all(word.is_joined for word in chunk[1:]):
            continue
        said = " ".join(word.small for word in chunk)
        if called := names.called(said):
            return Mention(at, at + length, said, called, until=chunk[-1].end)
    return None


def _in_compound(word: Word, at: int, names: Names) -> Mention | None:
    """ "Växjökursen" """
    for ending in lexicon()["compound"]:
        said = word.small.removesuffix(ending)
        if said != word.small and said not in lexicon()["ordinary"]:
            called = tuple(name for name in names.called(said) if not name.locality)
            if called:
                return Mention(at, at + 1, said, called, until=word.start + len(said))
    return None


def _as_spelt(words: Sequence[Word], mention: Mention) -> Mention:
    """Habo and Håbo are told apart by the ring, where the writer uses rings."""
    exact = tuple(name for name in mention.names if name.spelt == mention.said)
    others = [*words[: mention.first], *words[mention.last :]]
    return replace(mention, names=exact) if exact and has_rings(others) else mention


def _typed(words: Sequence[Word], mention: Mention) -> Mention:
    """ "Kalmar kommun" is no county, and "länsstyrelsen i Kalmar" is in no municipality."""
    after = _after(words, mention)
    before = [word.small for word in words[max(0, mention.first - 2) : mention.first]]
    before = before[:-1] if before and before[-1] in lexicon()["before"] else before[-1:]
    is_county = after in lexicon()["county"] or bool({*before[-1:]} & lexicon()["county_before"])
    if not is_county and after not in lexicon()["municipality"]:
        return mention
    areas = [area for area in mention.areas if isinstance(area, Municipality) != is_county]
    through = after in lexicon()["county"] | lexicon()["municipality"]
    typed = mention.only(areas)
    if not through or mention.until != words[mention.last - 1].end:
        return typed
    return replace(typed, last=mention.last + 1, until=words[mention.last].end)


def _after(words: Sequence[Word], mention: Mention) -> str:
    if mention.last < len(words) and words[mention.last].is_joined:
        return words[mention.last].small
    return ""


def _standing(words: Sequence[Word], mention: Mention, *, asked: bool) -> Standing:
    if _goes_on(words, mention):
        return Standing.NO_PLACE
    if mention.is_locality:
        return _of_locality(words, mention, asked=asked)
    return _of_ordinary(words, mention, asked=asked) if mention.is_ordinary else Standing.SURE


def _of_ordinary(words: Sequence[Word], mention: Mention, *, asked: bool) -> Standing:
    """Whether an ordinary word is the name of a municipality here."""
    word, before = words[mention.first], _before(words, mention)
    after = before in lexicon()["before"] or (
        before in lexicon()["municipality_before"] and not mention.is_verb
    )
    if _is_typed(words, mention) and (
        after or word.capital or not mention.is_verb or (word.upper and mention.is_as_spelt)
    ):
        return Standing.SURE
    if word.capital and not (_is_person(words, mention) and before not in lexicon()["inside"]):
        return Standing.SURE
    if asked and after:
        return Standing.SURE
    begins = word.leads or words[mention.first - 1].leads
    begins = begins and word.upper and not mention.is_verb
    if asked and begins:
        return Standing.SURE
    return Standing.POSSIBLE if begins or before in lexicon()["toward"] else Standing.NO_PLACE


def _of_locality(words: Sequence[Word], mention: Mention, *, asked: bool) -> Standing:
    word, before = words[mention.first], _before(words, mention)
    after = before in lexicon()["before"]
    if mention.is_ordinary:
        sought = asked and (word.capital or not mention.is_verb)
        sought = sought or (word.capital and before in lexicon()["inside"])
        return Standing.DOUBTFUL if sought and after and mention.is_as_spelt else Standing.NO_PLACE
    return Standing.SURE if asked or after or word.capital else Standing.POSSIBLE


def _in_lists(words: Sequence[Word], found: list[Mention]) -> list[Mention]:
    """In "lund eller malmö" and "malmö, nej lund" the one is as sure as the other."""
    order = range(len(found) - 1)
    for one, other in [(n, n + 1) for n in order] + [(n + 1, n) for n in reversed(order)]:
        first, second = (found[number] for number in sorted((one, other)))
        links = () if found[other].is_verb else ("no", "not", "instead", "before")
        if found[one].standing is Standing.SURE and adjoins(words, first, second, *links):
            ordinary = found[other].is_locality and found[other].is_ordinary
            standing = Standing.DOUBTFUL if ordinary else Standing.SURE
            found[other] = replace(found[other], standing=standing)
    return found


def _is_person(words: Sequence[Word], mention: Mention) -> bool:
    """ "Nora" may be somebody; "Lund" is, after another name."""
    before = words[mention.first - 1] if mention.first else None
    follows = before is not None and before.upper and words[mention.first].gap == " "
    return mention.is_among("people") or (mention.is_among("surnames") and follows)


def _goes_on(words: Sequence[Word], mention: Mention) -> bool:
    """ "Mark- och miljödomstolen" """
    return mention.last < len(words) and words[mention.last].gap.startswith("- ")


def _is_typed(words: Sequence[Word], mention: Mention) -> bool:
    return words[mention.last - 1].small in lexicon()["municipality"]


def _before(words: Sequence[Word], mention: Mention) -> str:
    """The word before, in the same sentence."""
    at = mention.first
    return words[at - 1].small if at and not words[at].leads else ""
