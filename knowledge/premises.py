"""Where a service is at work: what each that writes to people needs, whatever it is about."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from knowledge.storage.database import Database
from knowledge.times import QuietUntil, never_quiet


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _nobody() -> None:
    """Whoever sends looks by itself, a little later."""


@dataclass(frozen=True)
class Premises:
    """`now` is the clock, `wake` tells the sender that there is work, and nobody is written to
    before `quiet_until` is over."""

    database: Database
    now: Callable[[], datetime] = _utc_now
    wake: Callable[[], None] = _nobody
    quiet_until: QuietUntil = never_quiet
