"""Is Tryggve where Teams will look for it? The name, and who answers there."""

import asyncio
import json
import socket
import ssl
from ipaddress import ip_address

import aiohttp
from yarl import URL

from bot.commands.try_teams.chain import wants_certificate
from bot.commands.try_teams.steps import Found, Wrong, fine, note
from bot.teams.endpoint import PATH

_NOBODY_BEHIND = (502, 503, 504)
_LARGEST_ANSWER = 64 * 1024


async def look_up(url: URL) -> list[Found]:
    """The name leads somewhere, and not only to a place that is known inside."""
    loop = asyncio.get_running_loop()
    try:
        told = await loop.getaddrinfo(url.raw_host, url.port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        passing = error.errno == socket.EAI_AGAIN
        raise Wrong("name_unanswered" if passing else "name_unknown", host=url.raw_host) from None
    except UnicodeError:
        raise Wrong("name_unknown", host=url.raw_host) from None
    addresses = sorted({str(one[4][0]) for one in told})
    found = [fine("name", host=url.raw_host, addresses=", ".join(addresses))]
    if not any(ip_address(address).is_global for address in addresses):
        found.append(note("name_private", host=url.raw_host))
    return found


async def ask_endpoint(url: URL, roots: str | None) -> list[Found]:
    """Tryggve itself answers there, and lets nobody in who shows no token.

    Asked as the certificate was, and so not through a proxy on the way out: Microsoft has none.
    """
    if url.path.rstrip("/").endswith(PATH):
        raise Wrong("endpoint_twice", path=PATH)
    context = ssl.create_default_context(cafile=roots)
    connector = aiohttp.TCPConnector(ssl=context)
    async with aiohttp.ClientSession(connector=connector) as web:
        try:
            await _demand_tryggve(web, url / "healthz")
            await _demand_closed(web, url / PATH.removeprefix("/"))
        except aiohttp.ClientError as error:
            if await wants_certificate(url, context):
                raise Wrong("endpoint_client_certificate") from None
            raise Wrong("endpoint_broken", error=type(error).__name__) from None
    return [fine("endpoint", address=str(url / PATH.removeprefix("/")))]


async def _demand_tryggve(web: aiohttp.ClientSession, health: URL) -> None:
    async with web.get(health, allow_redirects=False) as answer:
        if 300 <= answer.status < 400:
            raise Wrong("endpoint_redirects", where=answer.headers.get("Location", ""))
        if answer.status in (401, 403):
            raise Wrong("endpoint_login", status=answer.status)
        if answer.status in _NOBODY_BEHIND:
            raise Wrong("endpoint_behind", status=answer.status)
        if answer.status != 200 or not _is_alive(await answer.content.read(_LARGEST_ANSWER)):
            raise Wrong("endpoint_other", address=str(health), status=answer.status)


def _is_alive(body: bytes) -> bool:
    try:
        return bool(json.loads(body) == {"alive": True})
    except ValueError:
        return False


async def _demand_closed(web: aiohttp.ClientSession, endpoint: URL) -> None:
    async with web.post(endpoint, json={}, allow_redirects=False) as answer:
        closed = answer.status == 401 and answer.headers.get("WWW-Authenticate") == "Bearer"
        if not closed:
            raise Wrong("endpoint_post", address=str(endpoint), status=answer.status)
