"""Which command does a message sound like? Letters and words, weighed against all wordings.

A naive Bayes of the complement kind: every n-gram, word and pair of words speaks for the commands
in whose wordings it is common and against those in whose it is not. It needs no fitting, so a new
wording counts as soon as it is written.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise, starmap

import numpy as np
from numpy.typing import NDArray

from dialogs.understanding.lexicon import TIME
from dialogs.understanding.slots import PLACE, ROLE, THEME, TOKENS, templates
from dialogs.understanding.vocabulary import Screen, Wordings, wordings
from knowledge.answers.search.ngrams import Ints, grams, joined
from knowledge.answers.search.postings import Counts, Doubles, Postings, count

_SMOOTHING = 0.02
_STRANGENESS = 4.0
"""How much a feature that no wording has makes a message longer, and so less alike."""
_SCREEN = 5.0
"""What it is worth to be said about what is on the screen, as a logarithm of odds."""

_TOKENS = frozenset(TOKENS.values())
_ANYWHERE = _TOKENS - {THEME, ROLE}
"""Tokens of what may stand in any wish. A theme or a role is strange to some."""

_TELLING = frozenset({PLACE, ROLE, TIME})
"""Slots that questions seldom have."""

_SIGN = re.compile("[,;:.]")

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The commands, best first, and how sure it is.

    `score` is the first one's, `ahead` its lead. `near` is the likeness to its nearest wording.
    `strange` is the share of the words that none of its wordings has, `unknown` of those that no
    wording of any command has. `words` is how many there are. `question` is
    how much more it sounds like a question to the knowledge base. `slots` is how many of the kinds
    of slots that it has are said with the first one.
    """

    commands: tuple[str, ...]
    scores: tuple[float, ...]
    near: float
    strange: float
    unknown: float
    words: int
    question: float
    slots: int

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
        self._features = Features()
        learnt = [self._features.learn(words) for lines in listed for words in lines]
        owners = np.repeat(np.arange(self._kinds), [len(lines) for lines in listed])
        self._weigh(count(learnt, len(self._features)), owners)
        self._screens = {screen: _screened(every, screen) for screen in Screen}
        self._words = [{*chain.from_iterable(lines)} for lines in listed[: len(every)]]
        self._pairs = [self._features.pairs(templates(_undivided(one))) for one in every]
        self._any_word = frozenset().union(*self._words)

    def has_pair(self, command: str, one: str, other: str) -> bool:
        """Whether the command says these words after one another."""
        return self._features.pair(one, other) in self._pairs[self.commands.index(command)]

    def rank(self, words: Sequence[str], screen: Screen) -> Ranked:
        """Every command for a message whose slots are out."""
        known, weights = self._read(words)
        every = self._scores(known, weights)
        scores, asked = every[: len(self.commands)], every[len(self.commands) :]
        scores = scores + _SCREEN * self._screens[screen]
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
        )

    def _scores(self, known: Ints, weights: Doubles) -> Doubles:
        """How much the features of a message speak for each kind."""
        absent = weights @ self._absent[known] + weights.sum() * self._rare
        scores: Doubles = self._present.score(known, weights) + absent
        return scores

    def _weigh(self, counts: Counts, owners: NDArray[np.int64]) -> None:
        self._rarity = np.log((1 + counts.count) / (1 + counts.frequencies())) + 1
        weights = (1 + np.log(counts.times)) * self._rarity[counts.numbers]
        lengths = np.sqrt(np.bincount(counts.documents, weights=weights**2))
        weights = weights / lengths[counts.documents]
        self._compare(counts.numbers, owners[counts.documents], weights)
        self._shelve(counts, owners, weights)

    def _compare(self, numbers: Ints, owners: NDArray[np.int64], weights: Doubles) -> None:
        """What each feature says of each kind: its share inside against that outside.

        Most features are in few kinds. So what their absence says is kept once for each feature,
        and only what their presence adds is kept for each kind.
        """
        keys = numbers.astype(np.int64) * self._kinds + owners
        firsts = np.flatnonzero(np.diff(keys, prepend=-1))  # sorted, as the documents are
        numbers, owners = numbers[firsts], owners[firsts]
        inside = np.add.reduceat(weights, firsts)
        total = np.bincount(numbers, weights=inside)
        each = np.bincount(owners, weights=inside, minlength=self._kinds)
        smoothing = _SMOOTHING * len(total)
        self._rare = np.log((total.sum() - each + smoothing) / (each + smoothing))
        self._absent = np.log(_SMOOTHING / (total + _SMOOTHING))
        outside = total[numbers] - inside
        added = np.log((inside + _SMOOTHING) / (outside + _SMOOTHING)) - self._absent[numbers]
        starts = np.searchsorted(numbers, np.arange(len(total) + 1))
        self._present = Postings(
            starts, owners.astype(np.int32), added.astype(np.float32), self._kinds
        )

    def _shelve(self, counts: Counts, owners: NDArray[np.int64], weights: Doubles) -> None:
        """Each command's wordings together: the likeness to those of one is asked for at a time."""
        commands = np.arange(len(self.commands) + 1)
        order = np.argsort(owners[counts.documents], kind="stable")  # by feature within each
        self._shelves = np.searchsorted(owners[counts.documents][order], commands).tolist()
        kept = order[: self._shelves[-1]]
        self._held, holders = counts.numbers[kept], counts.documents[kept]
        self._holders = holders - np.searchsorted(owners, commands)[owners[holders]]
        self._shares: Floats = weights[kept].astype(np.float32)

    def _nearness(self, command: int, known: Ints, weights: Doubles) -> float:
        """The likeness of a message to the most alike wording of a command, 0-1."""
        shelf = slice(*self._shelves[command : command + 2])
        held, holders = self._held[shelf], self._holders[shelf]
        first, last = (np.searchsorted(held, known, side) for side in ("left", "right"))
        lengths = last - first
        if not lengths.any():
            return 0.0
        places = np.arange(lengths.sum()) + np.repeat(last - np.cumsum(lengths), lengths)
        products = self._shares[shelf][places] * np.repeat(weights, lengths)
        return float(np.bincount(holders[places], weights=products).max())

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
    """Numbers for words, pairs of words, and the n-grams of words."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._words: dict[str, Ints] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def learn(self, words: Sequence[str]) -> Ints:
        """The features of a wording, with new numbers for new ones."""
        pairs = [self._number(pair) for pair in _paired(words)]
        return np.concatenate([np.array(pairs, dtype=np.int32), *map(self._learn, words)])

    def read(self, words: Sequence[str]) -> tuple[Ints, int]:
        """The known features of a message, and how many different ones were never seen before."""
        parts = [self._words[word] for word in words if word in self._words]
        others = [*_paired(words)]
        for word in words:
            if word not in self._words:
                others += _of_word(word)
        known = [self._numbers[one] for one in others if one in self._numbers]
        unseen = {one for one in others if one not in self._numbers}
        return joined([np.array(known, dtype=np.int32), *parts]), len(unseen)

    def _learn(self, word: str) -> Ints:
        if word not in self._words:
            numbers = [self._number(one) for one in _of_word(word)]
            self._words[word] = np.array(numbers, dtype=np.int32)
        return self._words[word]

    def pair(self, one: str, other: str) -> int:
        """The number of two words after one another; -1 if they never are."""
        return self._numbers.get(_pair(one, other), -1)

    def pairs(self, wordings: Sequence[Sequence[str]]) -> frozenset[int]:
        """The numbers of all pairs of words in wordings that were learnt."""
        return frozenset(self._numbers[pair] for words in wordings for pair in _paired(words))

    def _number(self, feature: str) -> int:
        return self._numbers.setdefault(feature, len(self._numbers))


def _paired(words: Sequence[str]) -> Iterator[str]:
    return starmap(_pair, pairwise(("^", *words, "$")))


def _pair(one: str, other: str) -> str:
    return f"{one}_{other}"


def _of_word(word: str) -> list[str]:
    """The word itself, and its n-grams if it is no token."""
    return [f"={word}", *(() if word in _TOKENS else grams(word))]


def _undivided(command: Wordings) -> list[str]:
    """The wordings that no sign divides: in the others a part may tell what was before."""
    return [line for line in (*command.exact, *command.like) if not _SIGN.search(line)]


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
