"""GET /healthz: the process answers. GET /readyz: it can also do its work."""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.login.faults import LoginFault
from knowledge.alarms.service import AlarmService
from knowledge.alarms.writing import WriteCheck
from knowledge.storage.database import Database
from knowledge.storage.schema import is_current

PATIENCE_SECONDS = 2.0


class Health:
    """For probes; says nothing about anybody."""

    def __init__(
        self,
        database: Database,
        writing: WriteCheck,
        has_keys: Callable[[], bool],
        alarms: AlarmService,
        login_trouble: Callable[[], LoginFault | None] = lambda: None,
    ) -> None:
        self.database = database
        self.writing = writing
        self.has_keys = has_keys
        self.alarms = alarms
        self.login_trouble = login_trouble

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/healthz", self.alive), web.get("/readyz", self.ready)]

    async def alive(self, _request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def ready(self, _request: web.Request) -> web.Response:
        """200 when nothing is missing, else 503 and what is.

        That is: a database that is current and can be written, signing keys, and a secret that
        Microsoft accepts. Why there is no token is told by one word, Entra's own code if it gave
        one; that it was never asked is no fault of the secret.
        """
        current = await self._passes(self._database_is_current)
        checks = {
            "database": current and self.writing.fault is None,
            "keys": self.has_keys(),
            "secret": not current or await self._passes(self._secret_is_accepted),
        }
        status = 200 if all(checks.values()) else 503
        if trouble := self.login_trouble():
            checks |= {"secret" if trouble.is_refusal else "login": False}
            return web.json_response({**checks, "fault": trouble.name}, status=503)
        return web.json_response(checks, status=status)

    async def _database_is_current(self) -> bool:
        return await is_current(self.database)

    async def _secret_is_accepted(self) -> bool:
        return await self.alarms.refused_since() is None

    async def _passes(self, check: Callable[[], Awaitable[bool]]) -> bool:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await check()
        except Exception:  # whatever is wrong with the database, it is not ready
            return False
