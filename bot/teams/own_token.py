"""The bot's own token: what it shows Teams when it speaks."""

import asyncio
from collections.abc import Callable
from typing import Protocol

import structlog

from bot.login.faults import Kind, LoginFault, fault_of
from bot.network import Network
from bot.settings import Settings
from bot.teams import credentials

EVERY = 60.0
"""How often, in seconds, to see whether the token must be renewed."""

Verdict = Callable[[bool], None]
"""Told when Entra has given a new token, and when it has refused one for minutes."""

_FAILURES = 3
"""So many in a row, a minute apart, are no hiccup."""

log = structlog.get_logger()


class Asks(Protocol):
    """Who gets a token, blocking; `credentials.Credentials` is the real one."""

    def ask(self) -> str: ...

    def forget(self) -> None: ...


class KeptToken:
    """The bot's own token, fetched in a thread and renewed before it runs out.

    The SDK would ask for one in every turn, on the event loop and without a time limit.
    """

    def __init__(self, asks: Asks, *, timeout: float = 10.0) -> None:
        self._asks = asks
        self._timeout = timeout
        self._token = ""
        self._fetching: asyncio.Task[str] | None = None
        self._refusals = 0
        self._fault: LoginFault | None = None
        self._failures = 0

    @property
    def trouble(self) -> LoginFault | None:
        """Why Teams does not hear us; None while a token is good or may be."""
        return self._fault if not self._token or self._failures >= _FAILURES else None

    async def get(self) -> str:
        return self._token or await self._fetch()

    async def renew(self, refused: str) -> str:
        """A new token, because Teams would not have `refused`."""
        if self._token == refused:
            self._token = ""
            self._asks.forget()
        return await self.get()

    async def refresh(self, on_verdict: Verdict) -> None:
        """Ask for a token. Whoever is asked answers from memory until five minutes remain.

        Only a refusal is told as one: behind a broken proxy the best secret is of no use.
        """
        before = self._token
        try:
            await self._fetch()
        except LoginFault as fault:  # the kept token may still do; the next minute will tell
            log.warning("token_not_fetched", fault=fault.kind.value, code=fault.code)
            self._failures += 1
            self._refusals += fault.is_refusal
            if fault.is_refusal and self._refusals >= _FAILURES:
                on_verdict(False)
            return
        if self._token != before or self._refusals >= _FAILURES:
            on_verdict(True)
        self._refusals = self._failures = 0

    async def _fetch(self) -> str:
        # Everybody waits for the same request, and a stuck one occupies a single thread.
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.create_task(self._ask())
            self._fetching.add_done_callback(lambda task: task.cancelled() or task.exception())
        try:
            return await asyncio.wait_for(asyncio.shield(self._fetching), self._timeout)
        except TimeoutError:
            self._fault = LoginFault(Kind.TIMEOUT)
            raise self._fault from None

    async def _ask(self) -> str:
        try:
            self._token = await asyncio.to_thread(self._asks.ask)
        except Exception as error:
            self._fault = fault_of(error)
            raise self._fault from error
        self._fault = None
        return self._token


def of(settings: Settings, network: Network) -> KeptToken | None:
    """How the bot proves who it is; nothing in the demo. Raises SettingsError."""
    if settings.demo:
        return None
    credentials.check(settings)
    network.check()
    return KeptToken(credentials.Credentials(settings, network))
