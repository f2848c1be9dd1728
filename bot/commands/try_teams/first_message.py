"""Does a message from Teams arrive, and does Teams take the answer?

The server that runs does the work. What it has done is read from its database, and so it may run
on another machine.
"""

import asyncio
from collections.abc import Awaitable, Callable

from bot.commands.try_teams.steps import Found, Wrong, fine
from knowledge.delivery.first_words import Traffic

Look = Callable[[], Awaitable[Traffic]]

EVERY = 1.0
"""Seconds between two looks."""

ANSWER_SECONDS = 20.0
"""An answer takes a second. After so long it is not on its way any more."""

UNAUTHORIZED = "unauthorized"
"""The reason when Teams does not take the bot's token."""


class FirstMessage:
    """The two last steps: the second begins where the first ended."""

    def __init__(self, look: Look, *, every: float = EVERY, patience: float = 300.0) -> None:
        self._look = look
        self._every = every
        self._patience = patience
        self._before = Traffic(0, 0, 0)

    async def arrives(self) -> list[Found]:
        """Somebody's first message was let in and understood."""
        self._before = await self._seen()
        if not await self._happens(lambda now: now.turns > self._before.turns, self._patience):
            raise Wrong("message_none", count=round(self._patience / 60) or 1)
        return [fine("message")]

    async def is_answered(self) -> list[Found]:
        """The answer was taken by Teams, and did not have to be sent anew."""
        said = await self._happens(self._is_settled, ANSWER_SECONDS)
        now = await self._seen()
        if now.unsent_reply > self._before.unsent_reply:
            unauthorized = now.reason == UNAUTHORIZED
            key = "answer_unauthorized" if unauthorized else "answer_unsent"
            raise Wrong(key, reason=now.reason or "?")
        if not said:
            raise Wrong("answer_unsaid")
        return [fine("answer")]

    def _is_settled(self, now: Traffic) -> bool:
        anew = now.unsent_reply > self._before.unsent_reply
        return bool(now.reason) if anew else now.unsaid <= self._before.unsaid

    async def _happens(self, fits: Callable[[Traffic], bool], within: float) -> bool:
        loop = asyncio.get_running_loop()
        until = loop.time() + within
        while not fits(await self._seen()):
            if loop.time() >= until:
                return False
            await asyncio.sleep(self._every)
        return True

    async def _seen(self) -> Traffic:
        try:
            return await self._look()
        except Exception:  # whatever keeps it from answering, the cure begins with the address
            raise Wrong("message_no_database") from None
