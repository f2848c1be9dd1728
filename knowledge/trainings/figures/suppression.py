"""Which figures must be left out, so that none about too few people is told or can be reckoned.

A figure is a sum over some people, those of some trainings who did something. Whoever reads knows
which trainings those are, and can add and subtract what is shown: the total less three quarters is
the fourth, and who had a seat less who came is who was absent. So more is left out until nothing
that is hidden follows from what is shown.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from knowledge.trainings.figures.models import FEWEST, Hidden

K = TypeVar("K", bound=Hashable)

SURELY, MAYBE = 1, 2
"""How near a figure is to one that may be reckoned: in one table with it, or in the next."""


@dataclass(frozen=True)
class Parts(Generic[K]):
    """Figures that together make another."""

    keys: Collection[K]
    whole: K


@dataclass(frozen=True)
class Sums(Generic[K]):
    """Which groups of people each figure is a sum over, and how many each group is.

    `tables` tell what adds up. `unseen` are figures that nobody shows, and that may not be reckoned
    either where they are about somebody; `last` are those that are left out last.
    """

    of: Mapping[K, Collection[Hashable]]
    counts: Mapping[Hashable, int]
    tables: Sequence[Parts[K]]
    last: Collection[K]
    unseen: Collection[K] = ()


def hidden_in(sums: Sums[K]) -> dict[K, Hidden]:
    """The figures to leave out, and why.

    What is over no training at all is 0, is known, and says nothing about anybody.
    """
    values = {
        key: sum(sums.counts[one] for one in groups) for key, groups in sums.of.items() if groups
    }
    few = [
        key
        for key, value in values.items()
        if value < FEWEST and (value > 0 or key not in sums.unseen)
    ]
    told = _Told(sums, values, {key: Hidden.FEW for key in few if key not in sums.unseen})
    while bare := [key for key in few if not told.is_safe(key)]:
        if not told.shown:
            break
        told.hidden[told.next_to(bare[0])] = Hidden.APART
    return told.hidden


class _Told(Generic[K]):
    """What is shown so far."""

    def __init__(self, sums: Sums[K], values: Mapping[K, int], hidden: dict[K, Hidden]) -> None:
        self.sums = sums
        self.values = values
        self.hidden = hidden
        self.rows = _rows(sums, values)

    @property
    def shown(self) -> list[K]:
        return [key for key in self.values if self._is_shown(key)]

    def is_safe(self, key: K) -> bool:
        """Whether nobody can reckon it."""
        if _follows(self.rows[key], [self.rows[other] for other in self.shown]):
            return False
        its = [table for table in self.sums.tables if key in table.keys]
        return all(self._spread(key, table) > 0 for table in its if self._is_shown(table.whole))

    def next_to(self, bare: K) -> K:
        """The smallest figure of the same tables; then of theirs; then of any."""
        near = dict[K, int]()
        for key in self._beside(bare):
            near[key] = SURELY
            for other in self._beside(key):
                near.setdefault(other, MAYBE)
        far = len((SURELY, MAYBE)) + 1
        return min(
            self.shown,
            key=lambda key: (near.get(key, far), key in self.sums.last, self.values[key]),
        )

    def _beside(self, key: K) -> Iterator[K]:
        for table in self.sums.tables:
            if key in table.keys:
                yield from table.keys

    def _is_shown(self, key: K) -> bool:
        return key in self.values and key not in self.hidden and key not in self.sums.unseen

    def _spread(self, key: K, table: Parts[K]) -> int:
        """How far apart the lowest and the highest are that a figure can be, by the rest of its
        table.

        It is known that what is about too few is below the limit, and what is left out beside it is
        not; of what nobody shows nothing is known.
        """
        rest = self.values[table.whole]
        rest -= sum(self.values[one] for one in table.keys if self._is_shown(one))
        others = [one for one in table.keys if one in self.values and one != key]
        reasons = [self.hidden.get(one) for one in others if not self._is_shown(one)]
        few, apart = reasons.count(Hidden.FEW), reasons.count(Hidden.APART)
        is_open = apart or reasons.count(None)
        lowest = 0 if is_open else max(0, rest - few * (FEWEST - 1))
        highest = rest - apart * FEWEST
        if key not in self.sums.unseen:
            highest = min(FEWEST - 1, highest)
        return highest - lowest


def _rows(sums: Sums[K], values: Mapping[K, int]) -> dict[K, list[float]]:
    """Each figure as a row of zeros and ones; groups that are in the same figures are one."""
    inside = defaultdict[Hashable, set[K]](set)
    for key in values:
        for group in sums.of[key]:
            inside[group].add(key)
    columns = [*{frozenset(keys) for keys in inside.values()}]
    return {key: [float(key in column) for column in columns] for key in values}


def _follows(wanted: Sequence[float], known: Sequence[Sequence[float]]) -> bool:
    """Whether the sum over these is some of the known sums, added and subtracted."""
    if not known:
        return False
    before = np.linalg.matrix_rank(np.array(known))
    after = np.linalg.matrix_rank(np.array([*known, wanted]))
    return bool(before == after)
