"""What is looked after every few minutes: weekly messages, and questions that were left behind."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from knowledge.digests.service import DigestService
from knowledge.enquiries.service import EnquiryService

LOOK_EVERY = 300.0

log = structlog.get_logger()


class Rounds:
    """Goes round for as long as the process lives; several processes do no harm."""

    def __init__(
        self, digests: DigestService, enquiries: EnquiryService, now: Callable[[], datetime]
    ) -> None:
        self.digests = digests
        self.enquiries = enquiries
        self.now = now

    async def keep_going(self, every: float = LOOK_EVERY) -> None:
        while True:
            try:
                await self.go()
            except Exception:
                # The database may be away for a while; the next round makes up for it.
                log.exception("rounds", outcome="failed")
            await asyncio.sleep(every)

    async def go(self) -> None:
        """Send the weekly messages that are due, and hand over what waits for nobody."""
        digests = await self.digests.send_due(self.now())
        handed_over = await self.enquiries.hand_over_left()
        if digests or handed_over:
            log.info("rounds", digests=digests, handed_over=handed_over)
