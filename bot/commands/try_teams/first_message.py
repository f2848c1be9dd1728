"""Does a message from Teams arrive, and does Teams take the answer?

The server that runs does the work. What it has done is read from its database, and so it may run
on another machine.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

from bot.commands.try_teams.steps import Found, Wrong, fine
from knowledge.delivery.first_words import Traffic

T = TypeVar("T")

Look = Callable[[], Awaitable[Traffic]]
Strangers = Callable[[], Awaitable[Mapping[str, int]]]
"""Organisations that were turned away, and how often."""

EVERY = 1.0
"""Seconds between two looks."""

ANSWER_SECONDS = 20.0
"""An answer takes a second. After so long it is not on its way any more."""

UNAUTHORIZED = "unauthorized"
"""The reason when Teams does not take the bot's token."""


STRANGER_SECONDS = 8.0
"""A server writes down every fifth second whom it has turned away."""

_SIGNED = {
    "tenant": "message_tenant",
    "host": "message_host",
    "service_url": "message_service_url",
    "channel": "message_channel",
    "endorsement": "message_channel",
    "ImmatureSignatureError": "message_clock",
    "ExpiredSignatureError": "message_clock",
}
"""Why what Microsoft itself has signed is turned away, and the text about it."""

_UNSIGNED = {
    "aud": "message_other_bot",
    "no_keys": "message_keys",
    "unknown_key": "message_keys",
    "InvalidSignatureError": "message_signature",
    "content_type": "message_changed",
    "encoding": "message_changed",
    "too_big": "message_changed",
    "unreadable": "message_changed",
    "no_token": "message_no_token",
}
"""What anybody may have sent: told only when nothing else has come."""


_NOT_TAKEN = {
    UNAUTHORIZED: "answer_unauthorized",
    "no_token": "answer_no_token",
    "unreachable": "answer_unreachable",
    "timeout": "answer_disturbed",
    "broken_off": "answer_disturbed",
    "redirect": "answer_disturbed",
    "unreadable_answer": "answer_disturbed",
    "throttled": "answer_later",
    "http_500": "answer_later",
    "http_502": "answer_later",
    "http_503": "answer_later",
    "http_504": "answer_later",
    "forbidden": "answer_forbidden",
    "admin": "answer_forbidden",
    "user": "answer_forbidden",
    "not_in_roster": "answer_forbidden",
    "wrong_cloud": "answer_wrong_cloud",
}
"""Why Teams did not take an answer, and the text about it."""


class FirstMessage:
    """The two last steps: the second begins where the first ended."""

    def __init__(
        self, look: Look, strangers: Strangers, *, every: float = EVERY, patience: float = 300.0
    ) -> None:
        self._look = look
        self._strangers = strangers
        self._every = every
        self._patience = patience
        self._before = Traffic(0, 0, 0)

    async def arrives(self) -> list[Found]:
        """Somebody's first message was let in and understood."""
        self._before, known = await self._seen(), await self._turned_away()
        decided = await self._happens(self._is_decided, self._patience)
        now = await self._seen()
        if now.turns > self._before.turns:
            return [fine("message")]
        why = self._refusals(now)
        if "tenant" in why:
            raise await self._stranger(known)
        for reason, key in (_SIGNED | _UNSIGNED).items():
            if reason in why:
                raise Wrong(key)
        if decided:
            raise Wrong("message_failed")
        raise Wrong("message_none", count=round(self._patience / 60) or 1)

    def _is_decided(self, now: Traffic) -> bool:
        came = now.turns > self._before.turns or "failed" in self._ends(now)
        return came or bool(self._refusals(now) & _SIGNED.keys())

    def _refusals(self, now: Traffic) -> set[str]:
        """Why something was not let in meanwhile. One without a token came from here."""
        why = {more[1] for more in now.since(self._before) if more[0] == "requests"}
        name = "requests:no_token"
        if now.counted.get(name, 0) == self._before.counted.get(name, 0) + 1:
            why.discard("no_token")
        return why

    def _ends(self, now: Traffic) -> set[str]:
        """How turns have ended meanwhile."""
        return {more[-1] for more in now.since(self._before) if more[0] == "turns"}

    async def _stranger(self, known: Mapping[str, int]) -> Wrong:
        """Whose message it was: an organisation that is not on the list."""
        loop = asyncio.get_running_loop()
        until = loop.time() + STRANGER_SECONDS
        while True:
            now = await self._turned_away()
            for tenant, times in now.items():
                if times > known.get(tenant, 0):
                    return Wrong("message_tenant", tenant=tenant)
            if loop.time() >= until:
                return Wrong("message_some_tenant")
            await asyncio.sleep(self._every)

    async def is_answered(self) -> list[Found]:
        """The answer was taken by Teams, and did not have to be sent anew."""
        said = await self._happens(self._is_settled, ANSWER_SECONDS)
        now = await self._seen()
        if now.unsent_reply > self._before.unsent_reply and now.reason:
            raise _not_taken(now.reason)
        for what, *why in now.since(self._before):
            if what == "unsent":
                raise _not_taken(why[0])
        if "failed" in self._ends(now):
            raise Wrong("message_failed")
        if not said:
            raise Wrong("answer_unsaid")
        return [fine("answer")]

    def _is_settled(self, now: Traffic) -> bool:
        """The turn is over and counted; what must be sent anew has been tried once."""
        if now.unsent_reply > self._before.unsent_reply:
            return bool(now.reason)
        return bool(self._ends(now)) and now.unsaid <= self._before.unsaid

    async def _happens(self, fits: Callable[[Traffic], bool], within: float) -> bool:
        loop = asyncio.get_running_loop()
        until = loop.time() + within
        while not fits(await self._seen()):
            if loop.time() >= until:
                return False
            await asyncio.sleep(self._every)
        return True

    async def _seen(self) -> Traffic:
        return await _read(self._look)

    async def _turned_away(self) -> Mapping[str, int]:
        return await _read(self._strangers)


def _not_taken(reason: str) -> Wrong:
    return Wrong(_NOT_TAKEN.get(reason, "answer_unsent"), reason=reason)


async def _read(look: Callable[[], Awaitable[T]]) -> T:
    try:
        return await look()
    except Exception:  # whatever keeps it from answering, the cure begins with the address
        raise Wrong("message_no_database") from None
