"""The sender: claims deliveries, has them carried out, and keeps what became of them.

One loop does all the database work; each delivery in hand is a task of its own. At most a batch
is in hand, because that is what a crash leaves uncertain.
"""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from itertools import count

import structlog

from knowledge.messenger import Address, Messenger, Outcome
from knowledge.storage import outbox_claims, outbox_waiting
from knowledge.storage.alone import only_sender
from knowledge.storage.courier import Courier, InHand
from knowledge.storage.database import Database, Writing
from knowledge.storage.outbox_models import Delivery, Result, Status

BATCH = 10
MOST_HANGING = 50
POLL_SECONDS = 1.0
DRAIN_SECONDS = 20.0
GATHER_SECONDS = 0.05
"""How long finished deliveries wait for others, so that they are kept in one transaction."""

ChatOpened = Callable[[str, str], Awaitable[None]]
"""Gets the target ("person:7") and the id of the chat that was opened for it."""

Unreachable = Callable[[str, Address, Outcome], Awaitable[None]]
"""Gets a target that is without the bot, has blocked it or is no more (failed), its address, and
which of the three."""

log = structlog.get_logger()


class Sender:
    """Empties the outbox. Any number of processes may run one each."""

    def __init__(
        self,
        database: Database,
        messenger: Messenger,
        *,
        on_chat_opened: ChatOpened | None = None,
        on_unreachable: Unreachable | None = None,
        lease_seconds: float = outbox_claims.LEASE_SECONDS,
    ) -> None:
        self.database = database
        self._on_chat_opened = on_chat_opened
        self._on_unreachable = on_unreachable
        self._lease_seconds = lease_seconds
        self._stop = asyncio.Event()
        self._stir = asyncio.Event()
        self._courier = Courier(messenger, self._stop)
        self._hand: dict[asyncio.Task[None], InHand] = {}
        self._results: list[Result] = []
        self._leases = (f"{uuid.uuid4().hex}/{number}" for number in count())
        self._recovered_at = float("-inf")
        self._free_everyones = False
        self._has_begun = False

    def wake(self) -> None:
        """There is something new. Call it after the commit."""
        self._stir.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set; then finish what has left and give the rest back."""
        helpers = [asyncio.create_task(self._watch(stop)), asyncio.create_task(self._keep_leases())]
        try:
            with only_sender(self.database) as alone:
                self._free_everyones = alone
                while not stop.is_set():
                    await self._round()
                    await self._rest()
                await self._drain()
        finally:
            for task in [*helpers, *self._hand]:
                task.cancel()

    async def _watch(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._stop.set()
        self._stir.set()

    async def _rest(self) -> None:
        """Until something is finished or new; at most a second, since others write rows too."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stir.wait(), POLL_SECONDS)
        if self._hand:
            await asyncio.sleep(GATHER_SECONDS)
        self._stir.clear()

    async def _round(self) -> None:
        """Keep what is finished, take new work and start it.

        No fault of the database may end the sender: what is finished is kept in a later round,
        and what was claimed without being started comes free with its lease.
        """
        held_until = time.monotonic() + self._lease_seconds
        try:
            claimed = await self._settle_and_claim()
            startable = await self._mark_started(claimed)
        except Exception as error:
            log.error("sender_round_failed", exc_info=error)
            return
        for delivery in claimed:
            if delivery.id in startable:
                self._start(InHand(delivery, held_until))

    async def _settle_and_claim(self) -> list[Delivery]:
        finished, now = list(self._results), time.monotonic()
        recover, too_old = now - self._recovered_at >= POLL_SECONDS, 0
        async with self.database.write() as tx:
            await outbox_claims.settle(tx, self.database, finished)
            if not self._has_begun:
                too_old = await outbox_waiting.leave_too_old(tx)
            if recover:
                await outbox_claims.recover(tx, everyone=self._free_everyones)
            claimed = await self._claim(tx)
        self._has_begun = True
        if too_old:
            log.warning("too_old_cancelled", deliveries=too_old)
        if recover:
            self._recovered_at, self._free_everyones = now, False
        del self._results[: len(finished)]
        await self._tell(finished)
        return claimed

    async def _claim(self, tx: Writing) -> list[Delivery]:
        """As much as there is room for. What hangs takes no room, but its tenant gets no more."""
        hanging = [item for item in self._hand.values() if item.hangs]
        room = BATCH - (len(self._hand) - len(hanging))
        if room <= 0 or len(hanging) >= MOST_HANGING or self._courier.rests:
            return []
        return await outbox_claims.claim(
            tx,
            self.database,
            next(self._leases),
            room,
            seconds=self._lease_seconds,
            passing_over={item.tenant_id for item in hanging},
        )

    async def _mark_started(self, claimed: Sequence[Delivery]) -> set[int]:
        if not claimed:
            return set()
        async with self.database.write() as tx:
            return await outbox_claims.mark_started(tx, claimed)

    def _start(self, item: InHand) -> None:
        task = asyncio.create_task(self._carry(item))
        self._hand[task] = item
        task.add_done_callback(self._put_down)

    async def _carry(self, item: InHand) -> None:
        self._results.append(await self._courier.carry(item))

    def _put_down(self, task: asyncio.Task[None]) -> None:
        self._hand.pop(task, None)
        self._stir.set()

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
            return await outbox_claims.renew(tx, leases, self._lease_seconds)

    async def _tell(self, results: Sequence[Result]) -> None:
        """Pass on what the directory should know. It is only a help: a fault here stops nothing."""
        for result in results:
            try:
                await self._tell_one(result)
            except Exception as error:
                log.error("directory_not_told", exc_info=error)

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
        under_way = dict(self._hand)
        if under_way:
            _, late = await asyncio.wait(under_way, timeout=DRAIN_SECONDS)
            for task in late:
                task.cancel()
                lost = Result(under_way[task].delivery, Status.UNCERTAIN, "interrupted")
                self._results.append(lost)
        finished = list(self._results)
        try:
            async with self.database.write() as tx:
                await outbox_claims.settle(tx, self.database, finished)
        except Exception as error:  # the leases run out, and the next process takes over
            log.error("sender_not_drained", exc_info=error)
            return
        await self._tell(finished)
