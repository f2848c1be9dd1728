"""Which figures must be left out, so that none about too few people is told or can be reckoned.

A figure is a sum over some trainings. Whoever reads knows which trainings those are, and can add
and subtract what is shown: the total less three quarters is the fourth. So more is left out until
nothing that is hidden follows from what is shown.
"""

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

import numpy as np

from knowledge.trainings.figures.models import FEWEST, Hidden

K = TypeVar("K", bound=Hashable)

Sums = Mapping[K, Collection[int]]
"""Which trainings each figure is a sum over."""


def hidden_in(
    sums: Sums[K], counts: Mapping[int, int], tables: Collection[Collection[K]], total: K
) -> dict[K, Hidden]:
    """The figures to leave out, and why.

    `tables` are figures that together make the total. What is over no training at all is 0, is
    known, and says nothing about anybody.
    """
    values = {key: sum(counts[one] for one in ids) for key, ids in sums.items() if ids}
    hidden = {key: Hidden.FEW for key, value in values.items() if value < FEWEST}
    few = tuple(hidden)
    while bare := [key for key in few if not _is_safe(key, sums, values, hidden, tables, total)]:
        shown = [key for key in values if key not in hidden]
        if not shown:
            break
        hidden[_next(bare[0], shown, values, tables, total)] = Hidden.APART
    return hidden


def _next(
    bare: K,
    shown: Collection[K],
    values: Mapping[K, int],
    tables: Collection[Collection[K]],
    total: K,
) -> K:
    """The smallest figure of the same table; then of any; the total last."""
    own = {key for table in tables if bare in table for key in table}
    return min(shown, key=lambda key: (key == total, key not in own, values[key]))


def _is_safe(
    key: K,
    sums: Sums[K],
    values: Mapping[K, int],
    hidden: Mapping[K, Hidden],
    tables: Collection[Collection[K]],
    total: K,
) -> bool:
    shown = [other for other in values if other not in hidden]
    if _follows(sums[key], [sums[other] for other in shown]):
        return False
    if total in hidden:
        return True
    return all(
        _spread(key, table, values, hidden, values[total]) > 0 for table in tables if key in table
    )


def _follows(wanted: Collection[int], known: Collection[Collection[int]]) -> bool:
    """Whether the sum over these is some of the known sums, added and subtracted."""
    ids = sorted({one for group in (wanted, *known) for one in group})
    rows = [[float(one in group) for one in ids] for group in known]
    if not rows:
        return False
    before = np.linalg.matrix_rank(np.array(rows))
    after = np.linalg.matrix_rank(np.array([*rows, [float(one in wanted) for one in ids]]))
    return bool(before == after)


def _spread(
    key: K,
    table: Collection[K],
    values: Mapping[K, int],
    hidden: Mapping[K, Hidden],
    total: int,
) -> int:
    """How far apart the lowest and the highest are that a figure can be, by the rest of its table.

    It is known that what is about too few is below the limit, and everything else is not.
    """
    rest = total - sum(values[one] for one in table if one in values and one not in hidden)
    others = [hidden[one] for one in table if one in hidden and one != key]
    few, apart = others.count(Hidden.FEW), others.count(Hidden.APART)
    lowest = 0 if apart else max(0, rest - few * (FEWEST - 1))
    highest = min(FEWEST - 1, rest - apart * FEWEST)
    return highest - lowest
