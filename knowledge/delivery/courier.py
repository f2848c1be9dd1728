"""One delivery carried out: wait for its place in line, see whether it still may leave, send it."""

import asyncio
import time
from dataclasses import dataclass

import structlog

from knowledge.delivery import tenant_pace
from knowledge.delivery.conversation_pace import Conversation
from knowledge.delivery.messenger import Messenger, Outcome, Sent
from knowledge.delivery.models import Action, Delivery, Result
from knowledge.delivery.retries import is_unauthorised, next_state, put_back

SLOW_SECONDS = 2.0
"""After this a send counts as hanging: its tenant gets no more work, and others take its place."""

REST_SECONDS = 60.0
"""How long nothing is sent after Teams refused our credentials."""

LATEST_SECONDS = 0.09
"""How long after its place a delivery may still leave. Later it gives its place up: with 45 places
a second, not even the late ones of several workers together are more than 50."""

CLOSEST = 0.5
"""The least distance between two sends to a tenant, as a part of that between two places. Late
ones leave closer than they should, so that those behind them are not late as well."""

Tenant = str

log = structlog.get_logger()


@dataclass(eq=False)
class InHand:
    """A claimed delivery. It may leave from `leaves_at` until `held_until`, by our own clock."""

    delivery: Delivery
    held_until: float
    leaves_at: float = 0.0
    posted_at: float | None = None
    result: Result | None = None

    @property
    def tenant_id(self) -> str:
        return self.delivery.address.tenant_id

    @property
    def hangs(self) -> bool:
        if self.result or self.posted_at is None:
            return False
        return time.monotonic() - self.posted_at > SLOW_SECONDS


class Courier:
    """Sends what is in hand, and remembers whom Teams has asked us to leave alone."""

    def __init__(self, messenger: Messenger, stop: asyncio.Event) -> None:
        self._messenger = messenger
        self._stop = stop
        self._held: dict[Tenant | Conversation, float] = {}
        self._left: dict[Tenant, float] = {}
        self._resting_until = 0.0

    @property
    def rests(self) -> bool:
        """True while nothing can be sent for want of credentials."""
        return time.monotonic() < self._resting_until

    async def carry(self, item: InHand) -> Result:
        """Send, or put back what may not leave now. Never raises."""
        await self._wait_for_its_turn(item)
        held_for = self._held_for(item)
        stays = self._stop.is_set() or self.rests or held_for > 0
        if stays or self._missed_its_place(item) or self._too_late(item):
            return put_back(item.delivery, retry_in=held_for)
        item.posted_at = time.monotonic()
        sent = await self._send(item.delivery)
        result = next_state(item.delivery, sent)
        self._remember(item, sent, result)
        return result

    async def _wait_for_its_turn(self, item: InHand) -> None:
        """Until its place in line comes, and not in one breath with the one before.

        When this process was busy for a moment, several places have passed: they would leave
        together, and too many within a second.
        """
        closest = CLOSEST / tenant_pace.RATE
        while True:
            now = time.monotonic()
            left = self._left.get(item.tenant_id, 0.0)
            wait = max(item.leaves_at, left + closest) - now
            if wait <= 0:
                self._left[item.tenant_id] = now
                return
            await asyncio.sleep(wait)

    def _held_for(self, item: InHand) -> float:
        """How many seconds the tenant or the conversation must still be left alone."""
        both = (item.tenant_id, item.delivery.conversation)
        until = max(self._held.get(who, 0.0) for who in both)
        return max(0.0, until - time.monotonic())

    def _missed_its_place(self, item: InHand) -> bool:
        """This process was busy for so long that by now other workers' places have come."""
        return item.delivery.wait > 0 and time.monotonic() - item.leaves_at > LATEST_SECONDS

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
            held = item.delivery.conversation if item.delivery.busy else item.tenant_id
            now = time.monotonic()
            self._held = {who: until for who, until in self._held.items() if until > now}
            self._held[held] = now + result.hold
        if is_unauthorised(sent):
            self._resting_until = time.monotonic() + REST_SECONDS
            log.error("sender_rests", status=sent.status, reason=sent.reason)
