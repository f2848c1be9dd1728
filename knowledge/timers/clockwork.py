"""Carries out timers when they are due. Any number of processes may run one each.

A feature registers what is to be done for a kind of timer, in `bot/app.py`:

    self.clockwork.on("training_reminder", reminders.remind)

    async def remind(self, tx: Writing, timer: Timer) -> None:
        training = await repository.find_training_for_update(tx, timer.payload["training"])
        if training is None or training.status is TrainingStatus.CANCELLED:
            return None
        …

A handler works in the transaction it gets and opens no other: on SQLite it would wait for itself.
It reads the facts anew under their lock, and does nothing when they have changed. It returns None
when it is done, or the moment at which the same timer is to ring again. The timer ends in the same
transaction, so that what a handler writes to the database happens once; what it sends goes through
the outbox. A handler that raises is tried again later and stops after `timers.MOST_ATTEMPTS`.

With `always=True` a timer with the kind as its key is there from the start, for what recurs.
"""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

import structlog

from knowledge.delivery.clock_back import ClockGuard
from knowledge.storage.database import Database, Writing
from knowledge.storage.retreat import Retreat
from knowledge.timers import timers
from knowledge.timers.timers import Timer

POLL_SECONDS = 1.0

Handler = Callable[[Writing, Timer], Awaitable[datetime | None]]

log = structlog.get_logger()


class Clockwork:
    """The kinds of timers that this process knows, and the loop that carries them out.

    `wake` tells the sender after each one: most of them have something sent.
    """

    def __init__(
        self,
        database: Database,
        wake: Callable[[], None] = lambda: None,
        *,
        lease_seconds: float = timers.LEASE_SECONDS,
    ) -> None:
        self.database = database
        self._wake = wake
        self._lease_seconds = lease_seconds
        self._handlers: dict[str, Handler] = {}
        self._always: list[str] = []
        self._guard = ClockGuard()

    def on(self, kind: str, handler: Handler, *, always: bool = False) -> None:
        """Let `handler` carry out timers of that kind. Raises ValueError for a kind taken."""
        if kind in self._handlers:
            raise ValueError(kind)
        self._handlers[kind] = handler
        if always:
            self._always.append(kind)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of timers that this process carries out."""
        return frozenset(self._handlers)

    async def run(self, stop: asyncio.Event) -> None:
        """Carry out timers until `stop` is set. No fault of the database ends it."""
        wound, retreat = False, Retreat("clockwork", first=POLL_SECONDS)
        while not stop.is_set():
            pause = POLL_SECONDS
            try:
                if not wound:
                    await self._wind()
                    wound = True
                await self._heed_the_clock()
                while not stop.is_set() and await self.ring():
                    pass
                retreat.succeeded()
            except Exception as error:
                pause = retreat.failed(error)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)

    async def ring(self) -> bool:
        """Carry out one timer that is due. False when there was none."""
        kinds = list(self._handlers)
        if not await timers.is_any_due(self.database, kinds):
            return False
        held_until = time.monotonic() + self._lease_seconds
        async with self.database.write() as tx:
            for key in await timers.stop_hopeless(tx, kinds):
                log.error("timer_stopped", key=key)
            timer = await timers.claim(tx, uuid.uuid4().hex, kinds, seconds=self._lease_seconds)
        if timer is not None and time.monotonic() < held_until:
            await self._carry_out(timer)
        return timer is not None

    async def _wind(self) -> None:
        async with self.database.write() as tx:
            for kind in self._always:
                await timers.keep(tx, self.database, key=kind, kind=kind)

    async def _heed_the_clock(self) -> None:
        """Had it been put back, the alarm would wait with all the others, and nobody be told."""
        async with self.database.read() as looking:
            went_back = await self._guard.has_gone_back(looking)
        if went_back:
            async with self.database.write() as tx:
                await timers.set_right(tx, self._always, self._lease_seconds)

    async def _carry_out(self, timer: Timer) -> None:
        handler = self._handlers[timer.kind]
        try:
            async with asyncio.timeout(self._lease_seconds), self.database.write() as tx:
                again = await handler(tx, timer)
                # Last, so that everybody locks what the timer is about before the timer itself.
                await timers.finish(tx, timer, again)
        except timers.NoLongerOurs:
            log.info("timer_left_to_others", kind=timer.kind)
        except Exception as error:
            log.error("timer_failed", kind=timer.kind, attempts=timer.attempts, exc_info=error)
            async with self.database.write() as tx:
                await timers.put_back(tx, timer)
        else:
            self._wake()
