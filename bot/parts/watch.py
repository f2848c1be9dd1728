"""What is watched: counts in memory, their way into the database, and the pages for probes."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from aiohttp import web

from bot.background import Chore
from bot.login.faults import LoginFault
from bot.settings import Settings
from bot.web.watch.health import Health
from bot.web.watch.metrics_page import MetricsPage
from knowledge.alarms.service import AlarmService
from knowledge.alarms.writing import WriteCheck
from knowledge.delivery import tallies
from knowledge.questions.service import QuestionService
from knowledge.storage.database import Database
from knowledge.storage.meter import bucket

PULSE = 1.0
HAND_OVER = 30.0
"""Seconds. What goes on when nobody writes is written down as seldom: each time costs a write."""

LAG = "loop_lag_seconds"


class Pulse:
    """How late the event loop is, looked at once a second, and what the database has cost.

    Whatever blocks the loop delays this as it delays everybody's turn.
    """

    def __init__(self, database: Database, counts: tallies.Counts) -> None:
        self._database = database
        self._counts = counts
        self._lags: Counter[str] = Counter()
        self._last = self._handed_over = time.monotonic()

    async def beat(self) -> None:
        now = time.monotonic()
        self._lags[f"{LAG}:{bucket(max(0.0, now - self._last - PULSE))}"] += 1
        self._last = now
        if now - self._handed_over >= HAND_OVER:
            self.hand_over()

    def hand_over(self) -> None:
        """Let it be written down with what else has been counted."""
        self._handed_over = time.monotonic()
        self._counts.add(self._lags + self._database.meter.take())
        self._lags.clear()


class WatchParts:
    """Counts for everybody, and what becomes of them. `tenants` are those that are let in."""

    def __init__(self, settings: Settings, database: Database, tenants: Mapping[str, str]) -> None:
        self._settings = settings
        self._tenants = tenants
        self._database = database
        self.counts = tallies.Counts(database)
        self.pulse = Pulse(database, self.counts)

    def chores(self) -> Iterator[Chore]:
        yield Chore("tallies", tallies.EVERY, self.counts.write_down)
        yield Chore("pulse", PULSE, self.pulse.beat)

    async def write_down(self) -> None:
        """All that has been counted, before the process ends."""
        self.pulse.hand_over()
        await self.counts.write_down()

    def routes(
        self,
        writing: WriteCheck,
        alarms: AlarmService,
        questions: QuestionService,
        has_keys: Callable[[], bool],
        trouble: Callable[[], LoginFault | None],
    ) -> Iterator[web.RouteDef]:
        """/healthz, /readyz and /metrics."""
        yield from Health(self._database, writing, has_keys, alarms, trouble).routes()
        shown = self._database, writing, questions, self._settings, self._tenants
        yield from MetricsPage(*shown).routes()
