"""Is Tryggve where Teams will look for it? The name, the certificate, and who answers there."""

import asyncio
import json
import socket
import ssl
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any

import aiohttp
from yarl import URL

from bot.commands.try_teams.steps import Found, Wrong, fine, note
from bot.teams.endpoint import PATH

RENEW_DAYS = 14
"""With fewer days left, a certificate ought to have been renewed."""

_EXPIRED, _OWN, _OWN_IN_CHAIN, _NO_ISSUER, _OTHER_NAME, _OTHER_ADDRESS = 10, 18, 19, 20, 62, 64
"""OpenSSL's verdicts on a chain."""

_NOBODY_BEHIND = (502, 503, 504)
_LARGEST_ANSWER = 64 * 1024


async def look_up(url: URL) -> list[Found]:
    """The name leads somewhere, and not only to a place that is known inside."""
    loop = asyncio.get_running_loop()
    try:
        told = await loop.getaddrinfo(url.raw_host, url.port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):
        raise Wrong("name_unknown", host=url.raw_host) from None
    addresses = sorted({str(one[4][0]) for one in told})
    found = [fine("name", host=url.raw_host, addresses=", ".join(addresses))]
    if not any(ip_address(address).is_global for address in addresses):
        found.append(note("name_private", host=url.raw_host))
    return found


async def prove_certificate(url: URL, roots: str | None) -> list[Found]:
    """The chain leads to an issuer that everybody trusts, and it goes on doing so for a while.

    `roots` is a file of such issuers. What this machine trusts beside them, Microsoft does not.
    """
    context = ssl.create_default_context(cafile=roots)
    try:
        certificate, version = await _shake_hands(url, context)
    except ssl.SSLCertVerificationError as error:
        raise await _flaw(url, error) from None
    except ssl.SSLError as error:
        raise Wrong("tls_none", host=url.raw_host, port=url.port, error=error.reason) from None
    except ConnectionRefusedError:
        raise Wrong("tls_refused", host=url.raw_host, port=url.port) from None
    except OSError as error:
        raise Wrong("tls_broken", host=url.raw_host, port=url.port, error=error.strerror) from None
    expires = datetime.fromtimestamp(ssl.cert_time_to_seconds(certificate["notAfter"]), UTC)
    days = (expires - datetime.now(UTC)).days
    found = [fine("tls", version=version, day=expires.date().isoformat())]
    return [*found, note("tls_soon", count=days)] if days < RENEW_DAYS else found


async def _shake_hands(url: URL, context: ssl.SSLContext) -> tuple[dict[str, Any], str]:
    _, writer = await asyncio.open_connection(url.raw_host, url.port, ssl=context)
    try:
        secured = writer.get_extra_info("ssl_object")
        return secured.getpeercert(), secured.version()
    finally:
        writer.transport.abort()


async def _flaw(url: URL, error: ssl.SSLCertVerificationError) -> Wrong:
    match error.verify_code:
        case code if code == _EXPIRED:
            return Wrong("tls_expired", host=url.raw_host)
        case code if code in (_OTHER_NAME, _OTHER_ADDRESS):
            return Wrong("tls_other_name", host=url.raw_host)
        case code if code == _OWN:
            return Wrong("tls_self_signed", host=url.raw_host)
        case code if code in (_OWN_IN_CHAIN, _NO_ISSUER):
            private = code == _OWN_IN_CHAIN or await _is_trusted_here(url)
            return Wrong("tls_private" if private else "tls_incomplete", host=url.raw_host)
    return Wrong("tls_untrusted", host=url.raw_host, error=error.verify_message)


async def _is_trusted_here(url: URL) -> bool:
    """By this machine, which may know the organisation's own issuer."""
    try:
        await _shake_hands(url, ssl.create_default_context())
    except OSError:
        return False
    return True


async def ask_endpoint(url: URL, roots: str | None) -> list[Found]:
    """Tryggve itself answers there, and lets nobody in who shows no token."""
    context = ssl.create_default_context(cafile=roots)
    connector = aiohttp.TCPConnector(ssl=context)
    async with aiohttp.ClientSession(connector=connector, trust_env=True) as web:
        try:
            await _demand_tryggve(web, url / "healthz")
            await _demand_closed(web, url / PATH.removeprefix("/"))
        except aiohttp.ClientError as error:
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
