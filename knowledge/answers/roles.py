"""Hears who asks: "jag är rektor, får jag …", "får socialtjänsten …", "vi på fritidsgården …"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.answers.data import read
from knowledge.answers.models import Role
from knowledge.answers.search.text import clean, fold, words

_DATA = read("words")["role"]
_OPENING = re.compile(r"[,.:;!?–-]")
_BETWEEN = 2
"""So many words may stand between "jag är" and the role, and between "får" and the role."""

_SHORT_REPLY = 6
"""A reply of more words than these is another question, unless it says "jag är …"."""


def _folded(text: str) -> tuple[str, ...]:
    return tuple(words(fold(clean(text, len(text)))))


_OWN = tuple(map(_folded, _DATA["own"]))
_AS = tuple(map(_folded, _DATA["as"]))
_MAY, _ME = frozenset(_folded(_DATA["may"])), frozenset(_folded(_DATA["me"]))
_LOOSE = frozenset(_folded(_DATA["loose"]))
_ASKING = frozenset(_folded(read("words")["followup"]["asking"])) | _MAY


@dataclass(frozen=True, slots=True)
class Told:
    """The roles that a question tells of: whose answer it asks for, and who else is named.

    `plainly`: it says who asks or who may, and does not just name somebody.
    """

    roles: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    plainly: bool = False


@dataclass(frozen=True, slots=True)
class _Named:
    """A role that is named, from one word to before another."""

    role: str
    start: int
    end: int
    only_own: bool = False


class Roles:
    """Everybody who may ask, and the words for them."""

    def __init__(self, roles: Mapping[str, Role]) -> None:
        self.every = roles
        self._words = [
            (_pattern(word), role.id, only_own)
            for role in roles.values()
            for only_own, listed in ((False, role.words), (True, role.own))
            for word in listed
        ]
        self._begin = _Beginnings(
            [word for one in roles.values() for word in (*one.words, *one.own)]
        )
        self._hints = [(_pattern(w), role.id) for role in roles.values() for w in role.hints]

    def kinds(self, role: str) -> tuple[Role, ...]:
        """The roles to choose from when we ask which kind of it somebody is."""
        return tuple(one for one in self.every.values() if one.within == role and one.shown)

    def told(self, question: str) -> Told:
        """Whose answer a question asks for.

        Who may do something, "får rektorn", outranks who asks, "som lärare"; who just asks whether
        "jag" or "vi" may has not said who that is, whoever else is named.
        """
        asked = _folded(question)
        named = list(self._named(asked))
        plain = frozenset(one.role for one in named if not one.only_own)
        alone = self._opens_alone(question)
        own = frozenset(one.role for one in named if one.end <= alone or _is_own(asked, one.start))
        may = frozenset(one.role for one in named if not one.only_own and _may(asked, one)) - own
        if may and not _asks_of_me(asked):
            kinds = {one for one in plain if any(self._is_within(one, group) for group in may)}
            return Told(self._narrow(may | kinds), plain | own, plainly=True)
        if own:
            return Told(self._narrow(own), plain | own, plainly=True)
        hinted = frozenset(role for hint, role in self._hints if hint.search(_spaced(asked)))
        if plain and not _asks_of_me(asked):
            return Told(self._narrow(plain | hinted), plain)
        return Told(hinted, plain)

    def _opens_alone(self, question: str) -> int:
        """How many words a question opens with that name a role and nothing more: "rektor här,"."""
        opening = _folded(_OPENING.split(question, 1)[0])
        held = {place for one in self._named(opening) for place in range(one.start, one.end)}
        rest = {word for place, word in enumerate(opening) if place not in held}
        return len(opening) if held and rest <= _LOOSE else 0

    def introduces(self, said: str) -> bool:
        """Whether somebody says who they are: "jag är rektor"."""
        asked = _folded(said)
        return any(_is_own(asked, one.start) for one in self._named(asked))

    def replied(self, reply: str, asked: str) -> str:
        """The kind of the role `asked` that a reply to its question names.

        Somebody who works where we know of nobody is the last of the kinds.
        """
        said = _folded(reply)
        named = [one.role for one in self._named(said) if self._is_within(one.role, asked)]
        own = any(_starts(said, place) for place in range(len(said)))
        if not own and (len(said) > _SHORT_REPLY or _ASKING & set(said[:1]) or "?" in reply):
            return ""
        narrow = self._narrow(frozenset(named))
        if len(narrow) == 1:
            return next(iter(narrow))
        elsewhere = own and not narrow
        return self.kinds(asked)[-1].id if elsewhere else ""

    def chain(self, role: str) -> Iterator[str]:
        """The role and what it is within, up to everybody."""
        while role in self.every:
            yield role
            role = self.every[role].within

    def _is_within(self, role: str, group: str) -> bool:
        return role != group and group in self.chain(role)

    def _narrow(self, roles: frozenset[str]) -> frozenset[str]:
        """Without those that another one is a kind of."""
        wide = {above for role in roles for above in self.chain(role) if above != role}
        return roles - wide

    def _named(self, asked: tuple[str, ...]) -> Iterator[_Named]:
        """Every role that is named, the longest way of naming it at each place."""
        line = _spaced(asked)
        found = [
            _Named(role, line[: hit.start()].count(" ") - 1, line[: hit.end()].count(" "), only_own)
            for pattern, role, only_own in map(self._words.__getitem__, self._begin.maybe(asked))
            for hit in pattern.finditer(line)
        ]
        for one in found:
            if not any(_covers(other, one) for other in found):
                yield one


class _Beginnings:
    """Which of many phrases may be in a text, by their first words: trying all takes far longer."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self._whole: dict[str, list[int]] = {}
        self._open: list[tuple[str, int]] = []
        for number, phrase in enumerate(phrases):
            first, *more = _folded(phrase)
            if phrase.endswith("*") and not more:
                self._open.append((first, number))
            else:
                for spelt in (first, f"{first}s"):
                    self._whole.setdefault(spelt, []).append(number)
        self._any_open = tuple(first for first, _ in self._open)

    def maybe(self, words: Sequence[str]) -> list[int]:
        """Their numbers, in order."""
        found = {number for word in words for number in self._whole.get(word, ())}
        for word in words:
            if word.startswith(self._any_open):
                found.update(number for first, number in self._open if word.startswith(first))
        return sorted(found)


def _pattern(word: str) -> re.Pattern[str]:
    """Whole words; a `*` is any ending, and without it there may be the "s" of a genitive."""
    ending = "[^ ]*" if word.endswith("*") else "s?"
    return re.compile(f"(?<= ){re.escape(' '.join(_folded(word)))}{ending}(?= )")


def _spaced(asked: tuple[str, ...]) -> str:
    return f" {' '.join(asked)} "


def _covers(one: _Named, other: _Named) -> bool:
    """Whether what is named by more words holds the other: "kurator på soc" is no "kurator"."""
    inside = one.start <= other.start and other.end <= one.end
    return inside and one.end - one.start > other.end - other.start


def _is_own(asked: tuple[str, ...], start: int) -> bool:
    """Whether "jag är" or the like stands before what begins at `start`."""
    if any(asked[:start][-len(frame) :] == frame for frame in _AS):
        return True
    for gap in range(_BETWEEN + 1):
        between, before = asked[start - gap : start], asked[: max(start - gap, 0)]
        if _MAY & set(between) or gap > start:
            return False
        if any(before[-len(frame) :] == frame for frame in _OWN):
            return True
    return False


def _starts(asked: tuple[str, ...], place: int) -> bool:
    """Whether "jag är" or the like stands here."""
    return any(asked[place : place + len(frame)] == frame for frame in (*_OWN, *_AS))


def _may(asked: tuple[str, ...], named: _Named) -> bool:
    """Whether the one who is named is the one who may, or may not, do something."""
    for gap in range(_BETWEEN + 1):
        before = named.start - gap - 1
        if before >= 0 and asked[before] in _MAY:
            return not _ME & set(asked[before + 1 : named.start])
    return asked[named.end : named.end + 1] != () and asked[named.end] in _MAY


def _asks_of_me(asked: tuple[str, ...]) -> bool:
    """Whether it is asked what "jag" or "vi" may: "får jag", "vad vi kan"."""
    pairs = pairwise(asked)
    return any((a in _MAY and b in _ME) or (a in _ME and b in _MAY) for a, b in pairs)
