"""How much what is written is like what people write about one another.

The rules beside know words and forms; this knows, from sentences about people and sentences about
the work, which letters stand together in the one kind and in the other. It is as good as neither
alone: what the rules pass by it often hears, and the other way round. The weights are fitted by
`python -m bot.commands.fit.likeness` and lie in `likeness.npy`.
"""

import re
import zlib
from functools import cache
from importlib.resources import files
from math import sqrt

import numpy as np
from numpy.typing import NDArray

PLACES = 2**16
"""So many weights there are. Groups of letters that share one are few enough to do no harm."""

SHORTEST, LONGEST = 2, 4
"""So many letters are in a group."""

_HEARD = re.compile(r"[^\W\d_]+|\?")

Places = NDArray[np.int64]


def odds(typed: str) -> float:
    """Above 0 it is rather about somebody, below it is rather about the work; log odds."""
    weights, constant = _weights()
    found = places(typed)
    return constant + float(np.sum(weights[found])) * share(found)


def places(typed: str) -> Places:
    """Where the weights of a text stand: one for each group of letters in its words."""
    found: set[str] = set()
    for word in _HEARD.findall(typed.casefold()):
        padded = f" {word} "
        for size in range(SHORTEST, LONGEST + 1):
            found.update(padded[at : at + size] for at in range(max(len(padded) - size + 1, 1)))
    return np.array([zlib.crc32(one.encode()) % PLACES for one in sorted(found)], np.int64)


def share(found: Places) -> float:
    """What each counts, so that a long text is no more than a short one."""
    return 1 / sqrt(len(found) or 1)


@cache
def _weights() -> tuple[NDArray[np.float32], float]:
    with (files("knowledge.privacy") / "likeness.npy").open("rb") as file:
        stored = np.load(file, allow_pickle=False).astype(np.float32)
    return stored[:-1], float(stored[-1])
