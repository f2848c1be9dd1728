"""Every few seconds: scheduled announcements leave, and posts show the seats that are left."""

from collections.abc import Callable
from datetime import datetime

from knowledge.announcements.seats import LiveSeats
from knowledge.announcements.sending import SendingService
from knowledge.trainings.models import Wanted
from knowledge.trainings.service import MOST_OPEN, TrainingService

LOOK_EVERY = 5.0


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

    async def look(self) -> None:
        now = self.now()
        await self.sending.send_due(now)
        trainings = await self.trainings.list_open(Wanted(), limit=MOST_OPEN)
        await self.seats.refresh({one.id: one.seats_left for one in trainings}, now)
