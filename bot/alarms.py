"""Once a minute: is there something about the service that coordinators must hear?"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from dialogs.alarms import cards
from dialogs.conversation.swedish import SWEDEN
from dialogs.conversation.talk import Reply
from knowledge.alarms.models import WARN_DAYS, Findings
from knowledge.alarms.service import AlarmService
from knowledge.delivery import tallies
from knowledge.directory.places import Places
from knowledge.storage.database import Writing
from knowledge.timers.timers import Timer

KIND = "alarms"
EVERY = timedelta(minutes=1)
DAILY_FROM = 7
"""In the last days before the secret expires the warning comes every day, before that weekly."""


class Alarms:
    """Puts the findings into words and has them told. `expires` is the secret's last day."""

    def __init__(
        self,
        alarms: AlarmService,
        places: Places,
        expires: date | None,
        now: Callable[[], datetime],
    ) -> None:
        self.alarms = alarms
        self.places = places
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
        if found.outage and await self._tell(tx, "outage", cards.outage(found.outage)):
            await self.alarms.forget_outage(tx)
        if found.overdue:
            await self._tell(tx, "overdue", cards.overdue(found.overdue))
        if found.stopped:
            await self._tell(tx, "stopped", cards.stopped(found.stopped))
        if self.expires and _is_worth_a_warning(left := (self.expires - self._today()).days):
            await self._tell(tx, "expires", cards.expires(self.expires, left))

    async def _tell_lost(self, tx: Writing, found: Findings) -> None:
        for county, channels in found.lost.items():
            reply = cards.lost(channels, self.places)
            if await self._tell(tx, "lost", reply, county):
                await self.alarms.keep_told(tx, channels)

    async def _tell(self, tx: Writing, what: str, reply: Reply, county: str = "") -> bool:
        return await self.alarms.tell(tx, what, reply.message, county)

    def _today(self) -> date:
        return self.now().astimezone(SWEDEN).date()


def _is_worth_a_warning(days_left: int) -> bool:
    if not 0 <= days_left <= WARN_DAYS:
        return False
    return days_left <= DAILY_FROM or (WARN_DAYS - days_left) % 7 == 0
