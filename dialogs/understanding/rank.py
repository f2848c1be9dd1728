"""Which command does a message sound like? Letters and words, weighed against all wordings.

A naive Bayes of the complement kind: every n-gram, word and pair of words speaks for the commands
in whose wordings it is common and against those in whose it is not. It needs no fitting, so a new
wording counts as soon as it is written.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, pairwise, starmap
from typing import Self

import numpy as np
from numpy.typing import NDArray

from dialogs.understanding.lexicon import TIME
from dialogs.understanding.tokens import PLACE, ROLE, THEME, TOKENS, templates
from dialogs.understanding.vocabulary import Screen, Wordings, wordings
from knowledge.answers.search.ngrams import Ints, grams, joined
from knowledge.answers.search.postings import Counts, Doubles, Postings, count

_SMOOTHING = 0.02
_STRANGENESS = 4.0
"""How much a feature that no wording has makes a message longer, and so less alike."""
_SCREEN = 5.0
"""What it is worth to be said about what is on the screen, as a logarithm of odds."""

_WITHIN = 2 / 3
"""How much of what a part sounds like is told by the whole message: the rest of a story tells what
its last words are about."""

_TOKENS = frozenset(TOKENS.values())
_ANYWHERE = _TOKENS - {THEME, ROLE}
"""Tokens of what may stand in any wish. A theme or a role is strange to some."""

_TELLING = frozenset({PLACE, ROLE, TIME})
"""Slots that questions seldom have."""

_SIGN = re.compile("[,;:.]")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The commands, best first, and how sure it is.

    `score` is the first one's, `ahead` its lead. `near` is the likeness to its nearest wording.
    `strange` is the share of the words that none of its wordings has, `unknown` of those that no
    wording of any command has. `words` is how many there are. `question` is
    how much more it sounds like a question to the knowledge base. `slots` is how many of the kinds
    of slots that it has are said with the first one. `kinds` are the scores of commands and
    topics in their own order.
    """

    commands: tuple[str, ...]
    scores: tuple[float, ...]
    near: float
    strange: float
    unknown: float
    words: int
    question: float
    slots: int
    kinds: Doubles = field(repr=False, compare=False)

    @property
    def score(self) -> float:
        return self.scores[0]

    @property
    def ahead(self) -> float:
        return self.scores[0] - self.scores[1]


class Ranker:
    """Knows all wordings. Immutable."""

    def __init__(self, every: Sequence[Wordings], questions: Sequence[Sequence[str]] = ()) -> None:
        """`questions` are what the knowledge base is asked, one list for each of its topics."""
        self.commands = tuple(one.command for one in every)
        self._kinds = len(every) + len(questions)
        lines = [[*dict.fromkeys((*one.exact, *one.like))] for one in every]
        listed = [templates(some) for some in (*lines, *questions)]
        self._features, counts = Features.of(listed)
        self._weigh(counts)
        self._screens = {screen: _screened(every, screen) for screen in Screen}
        self._words = [{*chain.from_iterable(some)} for some in listed[: len(every)]]
        self._pairs = [*map(_pairs, map(_undivided, lines, listed))]
        self._any_word = frozenset().union(*self._words)

    def has_pair(self, command: str, one: str, other: str) -> bool:
        """Whether the command says these words after one another."""
        known, pair = self._pairs[self.commands.index(command)], hash(_pair(one, other))
        at = int(np.searchsorted(known, pair))
        return at < len(known) and int(known[at]) == pair

    def has_word(self, command: str, word: str) -> bool:
        """Whether the command has the word in any of its wordings."""
        return word in self._words[self.commands.index(command)]

    def rank(self, words: Sequence[str], screen: Screen, within: Ranked | None = None) -> Ranked:
        """Every command for a message whose slots are out, or for a part `within` one."""
        known, weights = self._read(words)
        every = self._scores(known, weights)
        every[: len(self.commands)] += _SCREEN * self._screens[screen]
        if within:
            every = (1 - _WITHIN) * every + _WITHIN * within.kinds
        scores, asked = every[: len(self.commands)], every[len(self.commands) :]
        order = np.argsort(-scores, kind="stable")
        first = int(order[0])
        content = [word for word in words if word not in _ANYWHERE]
        return Ranked(
            tuple(self.commands[one] for one in order),
            tuple(scores[order].tolist()),
            self._nearness(first, known, weights),
            _share(content, self._words[first]),
            _share(content, self._any_word),
            len(words),
            float(asked.max(initial=-99.0) - scores[first]) if len(asked) else 0.0,
            len(_TELLING & {*words} & self._words[first]),
            every,
        )

    def _scores(self, known: Ints, weights: Doubles) -> Doubles:
        """How much the features of a message speak for each kind."""
        absent = weights @ self._absent[known] + weights.sum() * self._rare
        scores: Doubles = self._present.score(known, weights) + absent
        return scores

    def _weigh(self, kinds: Sequence[Counts]) -> None:
        """Each command's wordings are kept together: the likeness is to those of one at a time."""
        documents = sum(one.count for one in kinds)
        frequencies = np.zeros(len(self._features))
        for one in kinds:
            frequencies += one.frequencies()
        self._rarity = np.log((1 + documents) / (1 + frequencies)) + 1
        shelves = [one.holding(self._lengthened(one)) for one in kinds]
        self._compare(shelves)
        self._shelves = shelves[: len(self.commands)]

    def _lengthened(self, one: Counts) -> Doubles:
        """Weights by which every wording has the length 1."""
        weights = (1 + np.log(one.times)) * self._rarity[one.numbers]
        lengths = np.sqrt(np.bincount(one.documents, weights=weights**2))
        lengthened: Doubles = weights / lengths[one.documents]
        return lengthened

    def _compare(self, shelves: Sequence[Counts]) -> None:
        """What each feature says of each kind: its share inside against that outside.

        Most features are in few kinds. So what their absence says is kept once for each feature,
        and only what their presence adds is kept for each kind.
        """
        held = [np.flatnonzero(np.diff(one.numbers, prepend=-1)) for one in shelves]
        numbers = joined([one.numbers[firsts] for one, firsts in zip(shelves, held, strict=True)])
        sums = [np.add.reduceat(one.times, at) for one, at in zip(shelves, held, strict=True)]
        inside = np.concatenate(sums).astype(np.float64)
        owners = np.repeat(np.arange(self._kinds, dtype=np.uint16), [len(at) for at in held])
        total = np.bincount(numbers, weights=inside)
        each = np.bincount(owners, weights=inside, minlength=self._kinds)
        smoothing = _SMOOTHING * len(total)
        self._rare = np.log((total.sum() - each + smoothing) / (each + smoothing))
        self._absent = np.log(_SMOOTHING / (total + _SMOOTHING))
        outside = np.maximum(total[numbers] - inside, 0.0)
        added = np.log((inside + _SMOOTHING) / (outside + _SMOOTHING)) - self._absent[numbers]
        order = np.argsort(numbers, kind="stable")
        starts = np.searchsorted(numbers[order], np.arange(len(total) + 1)).astype(np.int32)
        added = added[order].astype(np.float32)
        self._present = Postings(starts, owners[order], added, self._kinds)

    def _nearness(self, command: int, known: Ints, weights: Doubles) -> float:
        """The likeness of a message to the most alike wording of a command, 0-1."""
        shelf = self._shelves[command]
        first, last = (np.searchsorted(shelf.numbers, known, side) for side in ("left", "right"))
        lengths = last - first
        if not lengths.any():
            return 0.0
        places = np.arange(lengths.sum()) + np.repeat(last - np.cumsum(lengths), lengths)
        products = shelf.times[places] * np.repeat(weights, lengths)
        return float(np.bincount(shelf.documents[places], weights=products).max())

    def _read(self, words: Sequence[str]) -> tuple[Ints, Doubles]:
        """The known features of a message, and their weights in it."""
        known, unseen = self._features.read(words)
        known.sort()
        firsts = np.flatnonzero(np.diff(known, prepend=-1))
        numbers, times = known[firsts], np.diff(firsts, append=len(known))
        weights = (1 + np.log(times)) * self._rarity[numbers]
        strange = _STRANGENESS * unseen
        return numbers, weights / max(float(np.sqrt(weights @ weights + strange)), 1e-9)


class Features:
    """Numbers for words, pairs of words, and the n-grams of words.

    Only their hashes are kept, in order: sixty thousand strings would be ten megabytes.
    """

    def __init__(self, hashes: NDArray[np.int64]) -> None:
        self._hashes = hashes

    def __len__(self) -> int:
        return len(self._hashes)

    @classmethod
    def of(cls, kinds: Sequence[Sequence[Sequence[str]]]) -> tuple[Self, list[Counts]]:
        """Those of the wordings of some kinds; and how often each occurs in each wording."""
        listed = [*chain.from_iterable(kinds)]
        parts = {word: _hashed(_of_word(word)) for word in {*chain.from_iterable(listed)}}
        pairs = [_hashed([*_paired(words)]) for words in listed]
        every = [*parts.values(), *pairs]
        hashes, numbers = np.unique(np.concatenate(every), return_inverse=True)
        lengths = [*map(len, every)]
        each = np.split(numbers.astype(np.int32), np.cumsum(lengths[:-1]))
        of_word = dict(zip(parts, each, strict=False))
        beside = iter(each[len(parts) :])
        counts = [
            count(
                [joined([next(beside), *map(of_word.__getitem__, words)]) for words in kind],
                len(hashes),
            )
            for kind in kinds
        ]
        return cls(hashes), counts

    def read(self, words: Sequence[str]) -> tuple[Ints, int]:
        """The known features of a message, and how many different ones were never seen before."""
        hashed = np.concatenate([_hashed([*_paired(words)]), *map(_hashed_word, words)])
        places = np.searchsorted(self._hashes[:-1], hashed)
        known = self._hashes[places] == hashed
        return places[known].astype(np.int32), len({*hashed[~known].tolist()})


def _hashed(features: Sequence[str]) -> NDArray[np.int64]:
    return np.array([*map(hash, features)], dtype=np.int64)


def _paired(words: Sequence[str]) -> Iterator[str]:
    return starmap(_pair, pairwise(("^", *words, "$")))


def _pairs(wordings: Iterable[Sequence[str]]) -> NDArray[np.int64]:
    """All pairs of words, by their hashes, in order."""
    every = {hash(pair) for words in wordings for pair in _paired(words)}
    return np.sort(np.fromiter(every, dtype=np.int64, count=len(every)))


def _pair(one: str, other: str) -> str:
    return f"{one}_{other}"


def _of_word(word: str) -> list[str]:
    """The word itself, and its n-grams if it is no token."""
    return [f"={word}", *(() if word in _TOKENS else grams(word))]


@lru_cache(maxsize=2048)
def _hashed_word(word: str) -> NDArray[np.int64]:
    """Kept for the words that messages are made of."""
    return _hashed(_of_word(word))


def _undivided(lines: Sequence[str], read: Sequence[Words]) -> list[Words]:
    """The wordings that no sign divides: in the others a part may tell what was before."""
    return [words for line, words in zip(lines, read, strict=True) if not _SIGN.search(line)]


def _share(words: Sequence[str], known: frozenset[str] | set[str]) -> float:
    return sum(word not in known for word in words) / max(len(words), 1)


def _screened(every: Sequence[Wordings], screen: Screen) -> Doubles:
    """1 for what is said about this screen, -1 for what is said about an announcement elsewhere.

    A list or an answer does not have to be on the screen for what is said about it.
    """
    return np.array(
        [
            (one.on is screen) - (one.on is Screen.ANNOUNCEMENT and screen is not one.on)
            if one.on
            else 0
            for one in every
        ],
        dtype=np.float64,
    )


@lru_cache(maxsize=1)
def shipped(questions: tuple[tuple[str, ...], ...]) -> Ranker:
    """The ranker of all commands, made once for the same articles."""
    return Ranker(wordings(), questions)
