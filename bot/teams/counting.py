"""What the sender's messages meet at Teams: counted, and watched for refused credentials."""

from collections import Counter

import structlog

from knowledge.alarms.service import AlarmService
from knowledge.delivery import tallies
from knowledge.delivery.messenger import Address, Message, Messenger, Outcome, Sent
from knowledge.delivery.retries import is_unauthorised
from knowledge.delivery.standing import SENT, THROTTLED
from knowledge.storage.database import Database

EVERY = 2.0

log = structlog.get_logger()


class CountingMessenger:
    """A `Messenger` that remembers what became of what it hands on to another.

    Kept in memory and written down now and then: counting costs no delivery a transaction. What
    was counted since is lost with the process.
    """

    def __init__(self, messenger: Messenger, database: Database, alarms: AlarmService) -> None:
        self._messenger = messenger
        self._database = database
        self._alarms = alarms
        self._counts: Counter[str] = Counter()
        self._accepted: bool | None = None

    async def post(self, to: Address, message: Message) -> Sent:
        return self._noted(await self._messenger.post(to, message))

    async def update(self, to: Address, activity_id: str, message: Message) -> Sent:
        return self._noted(await self._messenger.update(to, activity_id, message))

    async def delete(self, to: Address, activity_id: str) -> Sent:
        return self._noted(await self._messenger.delete(to, activity_id))

    def judge_credentials(self, accepted: bool) -> None:
        """Somebody has seen our credentials accepted or refused."""
        self._accepted = accepted

    async def write_down(self) -> None:
        """Never raises: the database may be away for a while, and then it is done later."""
        try:
            await self._write_counts()
            await self._write_verdict()
        except Exception as error:
            log.warning("tallies_not_kept", exc_info=error)

    async def _write_counts(self) -> None:
        counts = dict(self._counts)
        if not counts:
            return
        async with self._database.write() as tx:
            await tallies.add(tx, self._database, counts)
        self._counts.subtract(counts)
        self._counts = +self._counts

    async def _write_verdict(self) -> None:
        """What was seen last; again and again, for another process may have seen otherwise."""
        accepted = self._accepted
        if accepted:
            await self._alarms.credentials_accepted()
        elif accepted is False:
            await self._alarms.credentials_refused()
        if self._accepted is accepted:
            self._accepted = None

    def _noted(self, sent: Sent) -> Sent:
        if sent.outcome is Outcome.SENT:
            self._counts[SENT] += 1
        if sent.status == 429:
            self._counts[THROTTLED] += 1
        if is_unauthorised(sent):
            self.judge_credentials(accepted=False)
        elif sent.status or sent.outcome is Outcome.SENT:
            self.judge_credentials(accepted=True)
        return sent
