"""One delivery carried out: wait for its place in line, see whether it still may leave, send it."""

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass

import structlog

from knowledge.messenger import Messenger, Outcome, Sent
from knowledge.storage.outbox_models import Action, Delivery, Result
from knowledge.storage.retries import is_unauthorised, judge, put_back

SLOW_SECONDS = 2.0
"""After this a send counts as hanging: its tenant gets no more work, and others take its place."""

REST_SECONDS = 60.0
"""How long nothing is sent after Teams refused our credentials."""

log = structlog.get_logger()


@dataclass(eq=False)
class InHand:
    """A claimed delivery. It may leave until `held_until`, by this process's own clock."""

    delivery: Delivery
    held_until: float
    posted_at: float | None = None

    @property
    def tenant_id(self) -> str:
        return self.delivery.address.tenant_id

    @property
    def hangs(self) -> bool:
        return self.posted_at is not None and time.monotonic() - self.posted_at > SLOW_SECONDS


class Courier:
    """Sends what is in hand, and remembers which tenants Teams has asked us to leave alone."""

    def __init__(self, messenger: Messenger, stop: asyncio.Event) -> None:
        self._messenger = messenger
        self._stop = stop
        self._held: dict[str, float] = {}
        self._resting_until = 0.0

    @property
    def rests(self) -> bool:
        """True while nothing can be sent for want of credentials."""
        return time.monotonic() < self._resting_until

    async def carry(self, item: InHand) -> Result:
        """Send, or put back what may not leave now. Never raises."""
        await self._wait(item.delivery.wait)
        held_for = self._held.get(item.tenant_id, 0.0) - time.monotonic()
        if self._stop.is_set() or self.rests or held_for > 0 or self._too_late(item):
            return put_back(item.delivery, retry_in=max(held_for, 0.0))
        item.posted_at = time.monotonic()
        sent = await self._send(item.delivery)
        result = judge(item.delivery, sent)
        self._remember(item, sent, result)
        return result

    async def _wait(self, seconds: float) -> None:
        if seconds > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), seconds)

    def _too_late(self, item: InHand) -> bool:
        """The process was paused for so long that somebody else may have taken over."""
        return time.monotonic() > item.held_until

    async def _send(self, delivery: Delivery) -> Sent:
        to, message = delivery.address, delivery.message
        try:
            if delivery.action is Action.DELETE:
                return await self._messenger.delete(to, delivery.activity_id)
            if delivery.action is Action.UPDATE:
                return await self._messenger.update(to, delivery.activity_id, message)
            return await self._messenger.post(to, message)
        except Exception as error:  # a bug in the messenger, which promises not to raise
            log.error("messenger_raised", exc_info=error)
            return Sent(Outcome.UNCERTAIN, reason="messenger_raised")

    def _remember(self, item: InHand, sent: Sent, result: Result) -> None:
        if result.hold:
            self._held[item.tenant_id] = time.monotonic() + result.hold
        if is_unauthorised(sent):
            self._resting_until = time.monotonic() + REST_SECONDS
            log.error("sender_rests", status=sent.status, reason=sent.reason)
