"""A technician who runs `tryggve try-teams`, and what stands in for Microsoft and the proxy."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import jwt
import pytest
from aiohttp import web

from bot.commands.try_teams.walk import Way, walk
from bot.settings import Settings
from bot.teams.credentials import RESOURCE
from tests.support.issuer import APP_ID, Issuer
from tests.support.tls_site import Certificate, Issuers, https_site

HOME = "aaaaaaaa-1111-4111-8111-111111111111"
"""The organisation where the bot is registered."""


def token(**claims: object) -> str:
    """What Entra gives the bot."""
    said = {"aud": RESOURCE, "tid": HOME, "appid": APP_ID, "exp": time.time() + 3600}
    return jwt.encode(said | claims, "a key that is long enough to be one", algorithm="HS256")


async def alive(_request: web.Request) -> web.Response:
    return web.json_response({"alive": True})


async def closed(_request: web.Request) -> web.Response:
    return web.Response(status=401, headers={"WWW-Authenticate": "Bearer"})


def tryggve(
    health: Callable[..., Awaitable[web.StreamResponse]] = alive,
    messages: Callable[..., Awaitable[web.StreamResponse]] = closed,
) -> list[web.RouteDef]:
    """What a proxy leads to."""
    return [web.get("/healthz", health), web.post("/api/messages", messages)]


@dataclass
class Technician:
    """Runs the command and reads what it prints."""

    issuers: Issuers
    issuer: Issuer
    capsys: pytest.CaptureFixture[str]
    database_url: str
    public_url: str = ""
    seconds: float = 15.0
    more: dict[str, str] = field(default_factory=dict)
    printed: str = ""

    async def tries(
        self, *, ask: Callable[[], Awaitable[str]] | None = None, wait: int | None = 0
    ) -> int:
        settings = Settings(
            public_url=self.public_url,
            app_id=APP_ID,
            app_tenant_id=HOME,
            tenants={HOME: "0780"},
            database_url=self.database_url,
            **self.more,  # type: ignore[arg-type]
        )
        way = Way(ask or _gives, self.issuer.metadata_url, self.issuers.roots, 0.01, self.seconds)
        code = await walk(settings, way, wait=wait)
        self.printed += self.capsys.readouterr().out
        return code

    def reads(self, line: str) -> None:
        assert line in self.printed, f"“{line}” was not printed. Printed was:\n{self.printed}"

    @asynccontextmanager
    async def site(
        self,
        *chain: Certificate,
        routes: Sequence[web.RouteDef] | None = None,
        host: str = "localhost",
    ) -> AsyncIterator[None]:
        """A proxy that shows this chain, or a good one, at the public address."""
        shown = chain or (self.issuers.middle.issues("localhost"), self.issuers.middle)
        context = self.issuers.serving(*shown)
        async with https_site(tryggve() if routes is None else routes, context) as port:
            self.public_url = f"https://{host}:{port}"
            yield


async def _gives() -> str:
    return token()


@pytest.fixture
def technician(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], sqlite_url: str
) -> Iterator[Technician]:
    with Issuer() as issuer:
        yield Technician(Issuers.make(tmp_path), issuer, capsys, sqlite_url)
