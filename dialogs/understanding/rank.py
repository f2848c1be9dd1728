"""Which command does a message sound like? Letters and words, weighed against all wordings.

A naive Bayes of the complement kind: every n-gram, word and pair of words speaks for the commands
in whose wordings it is common and against those in whose it is not. It needs no fitting, so a new
wording counts as soon as it is written.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dialogs.understanding.lexicon import TIME
from dialogs.understanding.slots import PLACE, ROLE, THEME, TOKENS, template
from dialogs.understanding.vocabulary import Screen, Wordings, wordings
from knowledge.answers.search.ngrams import Ints, grams
from knowledge.answers.search.postings import Counts, Doubles, count

_SMOOTHING = 0.02
_STRANGENESS = 4.0
"""How much a feature that no wording has makes a message longer, and so less alike."""
_SCREEN = 3.0
"""What it is worth to be said about what is on the screen, as a logarithm of odds."""

_TOKENS = frozenset(TOKENS.values())
_ANYWHERE = _TOKENS - {THEME, ROLE}
"""Tokens of what may stand in any wish. A theme or a role is strange to some."""

_TELLING = frozenset({PLACE, ROLE, TIME})
"""Slots that questions seldom have."""

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
        told = [
            (number, template(line))
            for number, one in enumerate(every)
            for line in dict.fromkeys((*one.exact, *one.like))
        ]
        asked = [
            (number, template(line))
            for number, lines in enumerate(questions, start=len(every))
            for line in lines
        ]
        self._owners = np.array([number for number, _ in (*told, *asked)])
        self._numbers: dict[str, int] = {}
        listed = [self._learn(words) for _, words in (*told, *asked)]
        self._weigh(listed)
        self._screens = {screen: _screened(every, screen) for screen in Screen}
        self._pairs: list[set[tuple[str, str]]] = [set() for _ in every]
        self._words: list[set[str]] = [set() for _ in every]
        for number, words in told:
            self._words[number].update(words)
        for number, one in enumerate(every):
            for part in _undivided(one):
                self._pairs[number].update(pairwise(("^", *part, "$")))
        self._any_word = frozenset().union(*self._words)

    def has_pair(self, command: str, one: str, other: str) -> bool:
        """Whether the command says these words after one another."""
        return (one, other) in self._pairs[self.commands.index(command)]

    def rank(self, words: Sequence[str], screen: Screen) -> Ranked:
        """Every command for a message whose slots are out."""
        known, weights = self._read(words)
        every = weights @ self._weights[known] if len(known) else np.zeros(self._kinds)
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

    def _learn(self, words: Sequence[str]) -> Ints:
        numbers = self._numbers
        return np.array(
            [numbers.setdefault(one, len(numbers)) for one in features(words)], dtype=np.int32
        )

    def _weigh(self, listed: Sequence[Ints]) -> None:
        counts = count(listed, len(self._numbers))
        self._rarity = np.log((1 + counts.count) / (1 + counts.frequencies())) + 1
        weights = (1 + np.log(counts.times)) * self._rarity[counts.numbers]
        lengths = np.sqrt(np.bincount(counts.documents, weights=weights**2, minlength=len(listed)))
        weights = weights / lengths[counts.documents]
        owners = self._owners[counts.documents]
        totals = np.zeros((len(self._numbers), self._kinds))
        np.add.at(totals, (counts.numbers, owners), weights)
        self._shelve(counts, owners, weights)
        inside = totals + _SMOOTHING
        outside = totals.sum(axis=1, keepdims=True) - totals + _SMOOTHING
        weights = np.log(inside / inside.sum(axis=0)) - np.log(outside / outside.sum(axis=0))
        self._weights: Floats = weights.astype(np.float32)

    def _shelve(self, counts: Counts, owners: NDArray[np.int64], weights: Doubles) -> None:
        """Each command's wordings together: the likeness to those of one is asked for at a time."""
        keys = owners * len(self._numbers) + counts.numbers
        order = np.argsort(keys, kind="stable")
        kept = order[: int((owners < len(self.commands)).sum())]
        self._keys = keys[kept]
        self._documents = counts.documents[kept]
        self._shares: Floats = weights[kept].astype(np.float32)

    def _nearness(self, command: int, known: Ints, weights: Doubles) -> float:
        """The likeness of a message to the most alike wording of a command, 0-1."""
        keys = command * len(self._numbers) + known.astype(np.int64)
        first, last = (np.searchsorted(self._keys, keys, side) for side in ("left", "right"))
        lengths = last - first
        if not lengths.any():
            return 0.0
        places = np.arange(lengths.sum()) + np.repeat(last - np.cumsum(lengths), lengths)
        products = self._shares[places] * np.repeat(weights, lengths)
        documents = self._documents[places]
        low = int(documents.min())
        return float(np.bincount(documents - low, weights=products).max())

    def _read(self, words: Sequence[str]) -> tuple[Ints, Doubles]:
        """The known features of a message, and their weights in it."""
        counted = Counter(features(words))
        known = [(self._numbers[one], n) for one, n in counted.items() if one in self._numbers]
        numbers = np.array([number for number, _ in known], dtype=np.int32)
        times = np.array([n for _, n in known], dtype=np.float64)
        weights = (1 + np.log(times)) * self._rarity[numbers]
        strange = _STRANGENESS * (len(counted) - len(known))
        return numbers, weights / max(float(np.sqrt(weights @ weights + strange)), 1e-9)


def features(words: Sequence[str]) -> list[str]:
    """Words, pairs of words, and the n-grams of words."""
    told = [f"={word}" for word in words]
    told += [f"{one}_{other}" for one, other in pairwise(("^", *words, "$"))]
    for word in words:
        if word not in _TOKENS:
            told += _grams(word)
    return told


@lru_cache(maxsize=4096)
def _grams(word: str) -> list[str]:
    return grams(word)


def _undivided(command: Wordings) -> Iterator[tuple[str, ...]]:
    """The wordings that no sign divides: in the others a part may tell what was before."""
    for line in (*command.exact, *command.like):
        if not re.search("[,;:.]", line):
            yield template(line)


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
