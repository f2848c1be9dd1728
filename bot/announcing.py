"""Every few seconds: scheduled announcements leave, and posts show the seats that are left."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from knowledge.announcements.seats import LiveSeats
from knowledge.announcements.sending import SendingService
from knowledge.trainings.repository import Wanted
from knowledge.trainings.service import MOST_OPEN, TrainingService

LOOK_EVERY = 5.0

log = structlog.get_logger()


class Announcing:
    """What announcements do by themselves. Any number of processes may run it."""

    def __init__(
        self,
        sending: SendingService,
        seats: LiveSeats,
        trainings: TrainingService,
        now: Callable[[], datetime],
    ) -> None:
        self.sending = sending
        self.seats = seats
        self.trainings = trainings
        self.now = now

    async def keep_looking(self, every: float = LOOK_EVERY) -> None:
        """Look until cancelled; what was due while the bot was down leaves when it is back."""
        while True:
            try:
                await self.look()
            except Exception:
                # The database may be away for a while; the next look makes up for it.
                log.exception("announcing", outcome="failed")
            await asyncio.sleep(every)

    async def look(self) -> None:
        now = self.now()
        await self.sending.send_due(now)
        trainings = await self.trainings.list_open(Wanted(), limit=MOST_OPEN)
        await self.seats.refresh({one.id: one.seats_left for one in trainings}, now)
