"""What the sender's messages meet at Teams: counted, and watched for refused credentials."""

import structlog

from knowledge.alarms.service import AlarmService
from knowledge.delivery.messenger import Address, Message, Messenger, Outcome, Sent
from knowledge.delivery.retries import is_unauthorised
from knowledge.delivery.standing import SENT, THROTTLED
from knowledge.delivery.tallies import Counts

EVERY = 2.0

log = structlog.get_logger()


class CountingMessenger:
    """A `Messenger` that takes note of what becomes of what it hands on to another."""

    def __init__(self, messenger: Messenger, counts: Counts, alarms: AlarmService) -> None:
        self._messenger = messenger
        self._counts = counts
        self._alarms = alarms
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
        """What was seen of them last. Never raises: it can be done later.

        Again and again, for another process may have seen otherwise.
        """
        accepted = self._accepted
        if accepted is None:
            return
        try:
            await self._write(accepted)
        except Exception as error:
            log.warning("credentials_not_kept", exc_info=error)
            return
        if self._accepted is accepted:
            self._accepted = None

    async def _write(self, accepted: bool) -> None:
        if accepted:
            await self._alarms.credentials_accepted()
        else:
            await self._alarms.credentials_refused()

    def _noted(self, sent: Sent) -> Sent:
        if sent.outcome is Outcome.SENT:
            self._counts.count(SENT)
        if sent.status == 429:
            self._counts.count(THROTTLED)
        if is_unauthorised(sent):
            self.judge_credentials(accepted=False)
        elif sent.status or sent.outcome is Outcome.SENT:
            self.judge_credentials(accepted=True)
        return sent
