"""GET /healthz: the process answers. GET /readyz: it can also do its work."""

import asyncio
from collections.abc import Callable

from aiohttp import web

from knowledge.storage.database import Database
from knowledge.storage.schema import is_current

PATIENCE_SECONDS = 2.0


class Health:
    """For probes; says nothing about anybody."""

    def __init__(self, database: Database, has_keys: Callable[[], bool]) -> None:
        self.database = database
        self.has_keys = has_keys

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/healthz", self.alive), web.get("/readyz", self.ready)]

    async def alive(self, _request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def ready(self, _request: web.Request) -> web.Response:
        """200 when database, schema and signing keys are there, else 503 and which is missing."""
        checks = {"database": await self._database_is_current(), "keys": self.has_keys()}
        return web.json_response(checks, status=200 if all(checks.values()) else 503)

    async def _database_is_current(self) -> bool:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await is_current(self.database)
        except Exception:  # whatever is wrong with it, it is not ready
            return False
