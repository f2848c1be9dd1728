"""How long things take, counted in memory: a bucket for each length, which become histograms.

A name and its labels are written with colons between them: "database_seconds:write:0.05".
"""

import time
from bisect import bisect_left
from collections import Counter

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""The longest of each bucket, in seconds; one more takes the rest."""

_NAMES = (*(f"{most:g}" for most in BUCKETS), "+Inf")

WAIT, TOOK, REFUSED = "database_wait_seconds", "database_seconds", "database_refused"


def bucket(seconds: float) -> str:
    """The name of the bucket that so many seconds belong in."""
    return _NAMES[bisect_left(BUCKETS, seconds)]


class Meter:
    """What a database has done and how long it took, until somebody takes the figures."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def waited(self, since: float) -> None:
        """A connection was got, and on SQLite the lock."""
        self._counts[f"{WAIT}:{bucket(time.perf_counter() - since)}"] += 1

    def took(self, kind: str, since: float) -> None:
        """A transaction, or what takes none, from asking for it to its end."""
        self._counts[f"{TOOK}:{kind}:{bucket(time.perf_counter() - since)}"] += 1

    def refused(self, why: str) -> None:
        self._counts[f"{REFUSED}:{why}"] += 1

    def take(self) -> Counter[str]:
        """Everything since the last time."""
        counts, self._counts = self._counts, Counter()
        return counts
