"""Once a minute: is there something about the service that coordinators must hear?"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from knowledge.alarms.models import SECRET, UNWRITABLE, WARN_DAYS, Findings
from knowledge.alarms.service import AlarmService
from knowledge.alarms.wording import Wording
from knowledge.delivery import tallies
from knowledge.delivery.messenger import Message
from knowledge.storage.database import Writing
from knowledge.timers.timers import Timer
from knowledge.times import SWEDEN

KIND = "alarms"
EVERY = timedelta(minutes=1)
DAILY_FROM = 7
"""In the last days before the secret expires the warning comes every day, before that weekly."""


class AlarmWatch:
    """Has the findings told. `expires` is the secret's last day."""

    def __init__(
        self,
        alarms: AlarmService,
        wording: Wording,
        expires: date | None,
        now: Callable[[], datetime],
    ) -> None:
        self.alarms = alarms
        self.wording = wording
        self.expires = expires
        self.now = now

    async def look(self, tx: Writing, _timer: Timer) -> datetime:
        """A timer's handler. Returns when to look again."""
        found = await self.alarms.find(tx)
        await self._tell_all(tx, found)
        await self._tell_lost(tx, found)
        await tallies.fold(tx, self.alarms.database)
        return datetime.now(UTC) + EVERY

    async def _tell_all(self, tx: Writing, found: Findings) -> None:
        if found.outage:
            await self._tell_outage(tx, SECRET, "outage", self.wording.outage(found.outage))
        if found.unwritable:
            said = self.wording.unwritable(found.unwritable)
            await self._tell_outage(tx, UNWRITABLE, "unwritable", said)
        if found.overdue:
            await self.alarms.tell(tx, "overdue", self.wording.overdue(found.overdue))
        if found.stopped:
            await self.alarms.tell(tx, "stopped", self.wording.stopped(found.stopped))
        if self.expires and _is_worth_a_warning(left := (self.expires - self._today()).days):
            await self.alarms.tell(tx, "expires", self.wording.expires(self.expires, left))

    async def _tell_outage(self, tx: Writing, name: str, what: str, message: Message) -> None:
        if await self.alarms.tell(tx, what, message):
            await self.alarms.forget_outage(tx, name)

    async def _tell_lost(self, tx: Writing, found: Findings) -> None:
        for county, channels in found.lost.items():
            if await self.alarms.tell(tx, "lost", self.wording.lost(channels), county):
                await self.alarms.keep_told(tx, channels)

    def _today(self) -> date:
        return self.now().astimezone(SWEDEN).date()


def _is_worth_a_warning(days_left: int) -> bool:
    if not 0 <= days_left <= WARN_DAYS:
        return False
    return days_left <= DAILY_FROM or (WARN_DAYS - days_left) % 7 == 0
