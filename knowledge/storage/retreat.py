"""What a loop does while what it needs is away: it comes back more and more seldom, up to a limit.

It says so when it begins, when something else is wrong, and when it is over: not every second.
"""

import random
import time

import structlog

LONGEST_SECONDS = 15.0

log = structlog.get_logger()


class Retreat:
    """One loop's. `event` is what its lines in the log are called."""

    def __init__(self, event: str, *, first: float, **about: str) -> None:
        self._event = event
        self._first = first
        self._about = about
        self._times = 0
        self._since = 0.0
        self._wrong = ""

    def failed(self, error: Exception) -> float:
        """Once more. Returns the seconds to wait: between half and all of twice the last time."""
        wrong = _kind_of(error)
        if not self._times:
            self._since = time.monotonic()
        if wrong != self._wrong:
            self._wrong = wrong
            log.error(self._event, **self._about, outcome="failed", exc_info=error)
        most = max(self._first, LONGEST_SECONDS)
        longest = min(most, self._first * 2.0 ** min(self._times, 10))
        self._times += 1
        # Not all at the same moment: all processes lose the database at once.
        return max(self._first, longest * random.uniform(0.5, 1.0))  # noqa: S311

    def succeeded(self) -> None:
        """It works."""
        if self._times:
            seconds = round(time.monotonic() - self._since, 1)
            log.info(self._event, **self._about, outcome="over", times=self._times, seconds=seconds)
            self._times, self._wrong = 0, ""


def _kind_of(error: Exception) -> str:
    """The same for the same fault at the same place, whatever it says in words."""
    below = error.__traceback__
    while below and below.tb_next:
        below = below.tb_next
    at = f"{below.tb_frame.f_code.co_filename}:{below.tb_lineno}" if below else ""
    code = getattr(getattr(error, "orig", None), "sqlstate", "")
    return f"{type(error).__name__} {code} {at}"
