"""A clock that is put ahead must not purge what is not over: what has gone does not come back."""

import time
from collections.abc import Callable

MOST = 86400.0
"""Seconds that a clock may be corrected by. The shortest period is a day."""


class ClockAhead:
    """Knows, by the time that this process has run, whether its clock was put ahead."""

    def __init__(
        self,
        clock: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock, self._steady = clock, steady
        self._began = clock() - steady()

    def was_put_ahead(self) -> bool:
        return self._clock() - self._steady() - self._began > MOST
