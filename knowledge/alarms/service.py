"""Finding out what coordinators must hear about the service, and having them told once a day."""

from collections.abc import Callable
from datetime import UTC, datetime

import structlog

from knowledge.alarms import repository
from knowledge.alarms.models import OLDEST_SECONDS, SECRET, UNWRITABLE, Findings
from knowledge.channels.models import Channel
from knowledge.channels.repository import list_lost_channels
from knowledge.delivery import clock_back, outbox, pauses
from knowledge.delivery.messenger import Message
from knowledge.delivery.standing import read_lags
from knowledge.directory import repository as directory
from knowledge.storage.database import Database, Reading, Writing
from knowledge.times import SWEDEN, QuietUntil, never_quiet

log = structlog.get_logger()


class AlarmService:
    """What stands wrong, and who is told. Coordinators are not woken in their quiet hours."""

    def __init__(
        self,
        database: Database,
        quiet_until: QuietUntil = never_quiet,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.database = database
        self.now = now
        self._quiet_until = quiet_until

    async def credentials_refused(self) -> None:
        """Nothing can be sent. It cannot be told in Teams until that is over."""
        async with self.database.write() as tx:
            begun = await repository.begin(tx, self.database, SECRET)
        if begun:
            log.error("secret_refused")

    async def credentials_accepted(self) -> None:
        """Sending works (again)."""
        async with self.database.write() as tx:
            ended = await repository.end(tx, SECRET)
        if ended:
            log.warning("secret_accepted_again")

    async def could_not_write_since(self, since: datetime) -> None:
        """The database took nothing from then on; it does so again."""
        async with self.database.write() as tx:
            await repository.note_outage(tx, self.database, UNWRITABLE, since)

    async def refused_since(self) -> datetime | None:
        """Since when our credentials are refused; None when they are not."""
        async with self.database.read() as tx:
            return await repository.stands_since(tx, SECRET)

    async def find(self, tx: Writing) -> Findings:
        """What should be told now. An outage and a lost channel are found until they are told.

        A line that stands still is brought back first: in it the alarm itself would wait.
        """
        await clock_back.set_lines_right(tx, self.database)
        await repository.forget_channels_that_are_back(tx)
        paused = await pauses.list_paused(tx)
        oldest = max((await read_lags(Reading(tx), paused)).values(), default=0.0)
        counties = await directory.list_coordinated_counties(tx)
        lost = {county: await self._lost(tx, county) for county in counties}
        return Findings(
            outage=await repository.find_outage(tx, SECRET),
            unwritable=await repository.find_outage(tx, UNWRITABLE),
            overdue=oldest if oldest > OLDEST_SECONDS else 0.0,
            stopped=await repository.count_stopped_timers(tx),
            lost={county: channels for county, channels in lost.items() if channels},
        )

    async def tell(self, tx: Writing, what: str, message: Message, county: str = "") -> bool:
        """Queue a message to the coordinators of a county, or to all; about each thing once a day.

        False when they have heard of it today, or when there is nobody to hear it.
        """
        day = self.now().astimezone(SWEDEN).date()
        group_key = f"alarm:{what}:{county}:{day}"
        people = await directory.list_coordinators(tx, county)
        if not people or await outbox.is_known(tx, group_key):
            return False
        wait = self._quiet_until(self.now())
        await outbox.enqueue(
            tx,
            self.database,
            group_key=group_key,
            message=message,
            targets=[outbox.to_person(person) for person in people],
            not_before=lambda _target: wait,
        )
        return True

    async def forget_outage(self, tx: Writing, name: str) -> None:
        """It has been told."""
        await repository.forget_outage(tx, name)

    async def keep_told(self, tx: Writing, channels: list[Channel]) -> None:
        """The loss of these channels has been told; it is news again when they have been back."""
        await repository.keep_told(tx, self.database, [channel.id for channel in channels])

    async def _lost(self, tx: Writing, county: str) -> list[Channel]:
        told = await repository.list_told_channels(tx)
        lost = await list_lost_channels(tx, county)
        return [channel for channel in lost if channel.id not in told]
