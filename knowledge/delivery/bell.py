"""A bell: whoever has committed work rings it, whoever does that work hears it."""

import asyncio
from contextlib import suppress


class Bell:
    """Made first, so that those who ring and those who hear need not know each other.

    It only saves time: who hears it looks by itself now and then, for another process may have
    written what no bell of this one was rung for.
    """

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """There is something new. Call it after the commit."""
        self._rung.set()

    async def wait(self, seconds: float) -> None:
        """Until it has been rung since the last time, or so long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        self._rung.clear()
