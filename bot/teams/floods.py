"""How many messages and taps are answered in a minute: of one person, and of one organisation."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from dialogs.conversation.talk import Kind, Turn

MOST_A_MINUTE = 20
MOST_OF_TENANT = 2_700
"""45 a second: no more answers than Teams takes for one organisation."""

_SECONDS = 60.0
_SAID = (Kind.MESSAGE, Kind.ACTION)


class Heed(Enum):
    """What a turn gets."""

    ANSWER = "answer"
    WARNING = "warning"
    SILENCE = "silence"


@dataclass
class _Minute:
    began: float
    answered: int = 0
    warned: bool = False


class Floods:
    """Counts in this process: several processes together answer as many times as much.

    That is enough to keep one person from the others' time; what is written down is counted in
    the database, where it is exact. `clock` is injected by tests.
    """

    def __init__(
        self,
        most: int = MOST_A_MINUTE,
        most_of_tenant: int = MOST_OF_TENANT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = most
        self._most_of_tenant = most_of_tenant
        self._clock = clock
        self._minutes: dict[tuple[str, ...], _Minute] = {}

    def heed(self, turn: Turn) -> Heed:
        """An answer up to the limit, then one warning, then silence until the minute is over."""
        if turn.kind not in _SAID:
            return Heed.ANSWER
        speaker = turn.speaker
        person = self._minute(speaker.tenant_id, speaker.object_id or speaker.teams_id)
        tenant = self._minute(speaker.tenant_id)
        if person.answered < self._most and tenant.answered < self._most_of_tenant:
            person.answered += 1
            tenant.answered += 1
            return Heed.ANSWER
        if person.warned:
            return Heed.SILENCE
        person.warned = True
        return Heed.WARNING

    def _minute(self, *whose: str) -> _Minute:
        now = self._clock()
        self._forget(now)
        return self._minutes.setdefault(whose, _Minute(now))

    def _forget(self, now: float) -> None:
        """The oldest come first, and are forgotten as soon as they are over."""
        while self._minutes:
            whose, minute = next(iter(self._minutes.items()))
            if now - minute.began < _SECONDS:
                return
            del self._minutes[whose]
