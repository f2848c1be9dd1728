"""The sender: claims deliveries, has them carried out, and keeps what became of them.

One loop does all the database work; each delivery in hand is a task of its own. At most a batch
is in hand, because that is what a crash leaves uncertain.
"""

import asyncio
import time
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from itertools import count

import structlog

from knowledge.delivery import claims, clock_back, conversation_pace, tenant_pace, tenants, waiting
from knowledge.delivery.bell import Bell
from knowledge.delivery.clock_back import ClockGuard
from knowledge.delivery.courier import Courier, InHand
from knowledge.delivery.messenger import Address, Messenger, Outcome
from knowledge.delivery.models import Delivery, Result, Status
from knowledge.storage.database import Database, Writing
from knowledge.storage.one_sender import only_sender
from knowledge.storage.retreat import Retreat

BATCH = 300
"""How much is in hand at most, and so what a kill can leave uncertain. What hangs comes on top."""

BATCH_PER_TENANT = 36
"""How much of it may be one tenant's: half a second of its rate on the way, and some in line."""

MOST_HANGING = 50
POLL_SECONDS = 1.0
TICK_SECONDS = 0.05
"""How often the loop comes round while there is work: what is finished meanwhile is kept in one
transaction."""

TIDY_SECONDS = 60.0
DRAIN_SECONDS = 20.0

ChatOpened = Callable[[str, str], Awaitable[None]]
"""Gets the target ("person:7") and the id of the chat that was opened for it."""

Unreachable = Callable[[str, Address, Outcome], Awaitable[None]]
"""Gets a target that is without the bot, has blocked it or is no more (failed), its address, and
which of the three."""

log = structlog.get_logger()


class Sender:
    """Empties the outbox. Any number of processes may run one each.

    The `bell` is rung by whoever has written something to send.
    """

    def __init__(
        self,
        database: Database,
        messenger: Messenger,
        *,
        on_chat_opened: ChatOpened | None = None,
        on_unreachable: Unreachable | None = None,
        bell: Bell | None = None,
        lease_seconds: float = claims.LEASE_SECONDS,
    ) -> None:
        self.database = database
        self._on_chat_opened = on_chat_opened
        self._on_unreachable = on_unreachable
        self._lease_seconds = lease_seconds
        self._stop = asyncio.Event()
        self._bell = bell or Bell()
        self._courier = Courier(messenger, self._stop)
        self._hand: dict[int, InHand] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._news: asyncio.Queue[Result] = asyncio.Queue()
        self._leases = (f"{uuid.uuid4().hex}/{number}" for number in count())
        self._busy_until = self._away_until = 0.0
        self._retreat = Retreat("sender_round", first=TICK_SECONDS)
        self._round_at = self._between = 0.0
        self._looked_at = self._tidied_at = float("-inf")
        self._clock_guard = ClockGuard()
        self._free_everyones = False
        self._has_begun = False

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set; then finish what has left and give the rest back."""
        helpers = [
            asyncio.create_task(helper)
            for helper in (self._watch(stop), self._keep_leases(), self._tell())
        ]
        try:
            with only_sender(self.database) as alone:
                self._free_everyones = alone
                while not stop.is_set():
                    await self._round()
                    await self._rest()
                await self._drain()
        finally:
            for task in [*helpers, *self._tasks]:
                task.cancel()

    async def _watch(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._stop.set()
        self._bell.ring()

    async def _rest(self) -> None:
        """Until everything in hand is finished or something is new, but not for long."""
        now = time.monotonic()
        busy = self._tasks or now < self._busy_until
        until = self._round_at + TICK_SECONDS if busy else now + POLL_SECONDS
        await self._bell.wait(max(until, self._away_until) - now)

    async def _round(self) -> None:
        """Keep what is finished, take new work and start it.

        No fault of the database may end the sender: what is finished is kept in a later round,
        and what was claimed without being started comes free with its lease.
        """
        began = time.monotonic()
        self._between, self._round_at = began - self._round_at, began
        held_until = began + self._lease_seconds
        try:
            claimed = await self._settle_and_claim()
        except Exception as error:
            self._busy_until = 0.0
            self._away_until = time.monotonic() + self._retreat.failed(error)
            return
        self._retreat.succeeded()
        now = time.monotonic()
        for delivery in claimed:
            self._start(InHand(delivery, held_until, leaves_at=now + delivery.wait))
        if claimed:
            self._busy_until = now + POLL_SECONDS

    async def _settle_and_claim(self) -> list[Delivery]:
        results = [item.result for item in self._hand.values() if item.result]
        finished = {result.delivery.id for result in results}
        now = time.monotonic()
        looks_around, too_old = now - self._looked_at >= POLL_SECONDS, 0
        async with self.database.write() as tx:
            locked = await claims.settle(tx, self.database, results)
            if not self._has_begun:
                too_old = await waiting.leave_too_old(tx)
            if looks_around:
                await self._look_after_others(tx, now)
            claimed = await self._claim(tx, finished)
        self._has_begun = True
        if too_old:
            log.warning("too_old_cancelled", deliveries=too_old)
        if looks_around:
            self._looked_at, self._free_everyones = now, False
        for result in results:
            if result.delivery.id not in locked:  # it is written down in a later round
                del self._hand[result.delivery.id]
                self._news.put_nowait(result)
        return claimed

    async def _look_after_others(self, tx: Writing, now: float) -> None:
        """Once a second free what dead senders held, once a minute tidy up."""
        if await self._clock_guard.has_gone_back(tx):
            await clock_back.set_right(tx, self.database, self._lease_seconds)
        await tenants.stop(tx)
        await claims.recover(tx, everyone=self._free_everyones)
        if now - self._tidied_at >= TIDY_SECONDS:
            await conversation_pace.forget_idle(tx)
            self._tidied_at = now

    async def _claim(self, tx: Writing, finished: Collection[int]) -> list[Delivery]:
        """As much as there is room for. What hangs takes no room, but its tenant gets no more."""
        hand = [item for id, item in self._hand.items() if id not in finished]
        hanging = [item.tenant_id for item in hand if item.hangs]
        room = BATCH - (len(hand) - len(hanging))
        if room <= 0 or len(hanging) >= MOST_HANGING or self._courier.rests:
            return []
        by_tenant = Counter(item.tenant_id for item in hand)
        enough = BATCH_PER_TENANT - tenant_pace.MOST_PLACES
        full = {tenant for tenant, number in by_tenant.items() if number > enough}
        return await claims.claim(
            tx,
            self.database,
            next(self._leases),
            room,
            seconds=self._lease_seconds,
            next_in=max(TICK_SECONDS, self._between),
            passing_over=full.union(hanging),
        )

    def _start(self, item: InHand) -> None:
        self._hand[item.delivery.id] = item
        task = asyncio.create_task(self._carry(item))
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    async def _carry(self, item: InHand) -> None:
        item.result = await self._courier.carry(item)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not self._tasks:
            self._bell.ring()

    async def _keep_leases(self) -> None:
        while True:
            await asyncio.sleep(self._lease_seconds / 3)
            items = list(self._hand.values())
            held_until = time.monotonic() + self._lease_seconds
            try:
                still_ours = await self._renew({item.delivery.lease for item in items})
            except Exception as error:
                log.error("leases_not_renewed", exc_info=error)
                continue
            for item in items:
                if item.delivery.id in still_ours:
                    item.held_until = held_until

    async def _renew(self, leases: set[str]) -> set[int]:
        if not leases:
            return set()
        async with self.database.write() as tx:
            return await claims.renew(tx, leases, self._lease_seconds)

    async def _tell(self) -> None:
        """Pass on what the directory should know, beside the rounds: what is sent waits for none.

        It is only a help: a fault here stops nothing.
        """
        while True:
            result = await self._news.get()
            try:
                await self._tell_one(result)
            except Exception as error:
                log.error("directory_not_told", exc_info=error)
            self._news.task_done()

    async def _tell_one(self, result: Result) -> None:
        delivery = result.delivery
        opened = result.conversation_id and not delivery.address.conversation_id
        if opened and self._on_chat_opened:
            await self._on_chat_opened(delivery.target, result.conversation_id)
        gone = result.status in (Status.NOT_INSTALLED, Status.BLOCKED) or (
            result.status is Status.FAILED and result.http_status == 404
        )
        if gone and self._on_unreachable:
            await self._on_unreachable(delivery.target, delivery.address, Outcome(result.status))

    async def _drain(self) -> None:
        """Wait for what has left, give back what has not, and write all of it down."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=DRAIN_SECONDS)
            for task in late:
                task.cancel()
        results = [
            item.result or Result(item.delivery, Status.UNCERTAIN, "interrupted")
            for item in self._hand.values()
        ]
        try:
            async with self.database.write() as tx:
                await claims.settle(tx, self.database, results)
        except Exception as error:  # the leases run out, and the next process takes over
            log.error("sender_not_drained", exc_info=error)
            return
        for result in results:
            self._news.put_nowait(result)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._news.join(), DRAIN_SECONDS)
