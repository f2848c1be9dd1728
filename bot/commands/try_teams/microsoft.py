"""Does Microsoft know the bot, and can the bot know Microsoft? The token and the keys."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import jwt
import requests
from jwt.exceptions import PyJWTError

from bot.commands.try_teams.steps import Found, Wrong, fine, note
from bot.commands.try_teams.steps import Kind as Level
from bot.login.faults import Kind, LoginFault, fault_of
from bot.login.words import as_refusal
from bot.network import DRIFT, TOO_MUCH_DRIFT, Network, clock_drift
from bot.settings import Settings
from bot.teams.credentials import RESOURCE
from bot.teams.signing_keys import KeyCache
from dialogs.conversation.texts import text

AskToken = Callable[[], Awaitable[str]]

_ON_THE_WAY = (
    Kind.DNS,
    Kind.PROXY,
    Kind.PROXY_LOGIN,
    Kind.PROXY_GONE,
    Kind.TLS,
    Kind.TIMEOUT,
    Kind.UNREACHABLE,
    Kind.GARBLED,
    Kind.BUSY,
)
"""With these nobody has looked at what the bot proves itself with."""


async def get_token(settings: Settings, ask: AskToken) -> list[Found]:
    """Entra gives the bot a token, from the organisation where the bot is registered."""
    try:
        token = await ask()
    except TimeoutError:
        raise
    except Exception as error:
        raise _refusal(fault_of(error)) from None
    claims = _claims(token)
    if claims.get("aud") not in (RESOURCE, f"{RESOURCE}/"):
        raise Wrong("token_other_audience", audience=claims.get("aud", ""))
    home = str(claims.get("tid", "")).lower()
    if settings.app_tenant_id and home and home != settings.app_tenant_id:
        raise Wrong("token_other_tenant", tenant=home, expected=settings.app_tenant_id)
    found = [fine("token", tenant=home)]
    return [*found, note("token_multi_tenant")] if settings.app_type == "MultiTenant" else found


async def get_keys(keys: KeyCache, metadata_url: str, network: Network) -> list[Found]:
    """The keys that Teams signs with can be fetched, as the server does, and our clock is right."""
    try:
        answer = await asyncio.to_thread(_ask, network, metadata_url)
    except (requests.RequestException, ValueError) as error:
        host = urlsplit(metadata_url).hostname or ""
        raise Wrong("keys_unreached", told=_told(fault_of(error, host))) from None
    await keys.refresh()
    if not keys.loaded:
        raise Wrong("keys_unreadable", address=metadata_url, status=answer.status_code)
    return [fine("keys"), *_clock(answer)]


def _ask(network: Network, url: str) -> requests.Response:
    return network.session().get(url, allow_redirects=False)


def _clock(answer: requests.Response) -> list[Found]:
    drift = clock_drift(answer)
    if drift is None or drift <= DRIFT:
        return []
    kind = Level.FAULT if drift > TOO_MUCH_DRIFT else Level.NOTE
    return [Found(kind, "clock", {"seconds": round(drift)})]


def _refusal(fault: LoginFault) -> Wrong:
    """What kept the token away: Entra's no, the network, or what the bot proves itself with."""
    key = "token_unreached" if fault.kind in _ON_THE_WAY else "token_refused"
    return Wrong(key, told=_told(fault))


def _told(fault: LoginFault) -> str:
    refusal = as_refusal(fault)
    return text(refusal.key, **refusal.values)


def _claims(token: str) -> dict[str, Any]:
    """What the token says of itself: Teams is who verifies it."""
    try:
        claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    except PyJWTError:
        return {"aud": RESOURCE}  # a managed identity's may be sealed
    return claims
