"""Does Microsoft know the bot, and can the bot know Microsoft? The token and the keys."""

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import jwt
from jwt.exceptions import PyJWTError

from bot.commands.try_teams.steps import Found, Wrong, fine, note
from bot.login_faults import Kind, LoginFault, fault_of
from bot.network import Network
from bot.settings import Settings
from bot.teams.credentials import RESOURCE
from bot.teams.signing_keys import KeyCache

AskToken = Callable[[], Awaitable[str]]

_OUR_OWN = (
    Kind.NO_IDENTITY,
    Kind.VAULT_DENIED,
    Kind.VAULT_MISSING,
    Kind.VAULT_FAILED,
    Kind.UNREADABLE,
)
_CURES = {
    "AADSTS7000215": "token_wrong_secret",
    "AADSTS7000222": "token_expired_secret",
    "AADSTS700016": "token_unknown_app",
    "AADSTS90002": "token_unknown_tenant",
    "AADSTS900023": "token_unknown_tenant",
    "AADSTS7000229": "token_no_principal",
    "AADSTS53003": "token_forbidden",
}
"""Entra's codes, and the texts that tell what to do."""


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
    """The keys that Teams signs with can be fetched, as the server does."""
    await keys.refresh()
    if keys.loaded:
        return [fine("keys")]
    async with aiohttp.ClientSession() as web:
        way = network.proxy(metadata_url)
        try:
            async with web.get(
                metadata_url, allow_redirects=False, proxy=way, ssl=network.tls
            ) as answer:
                raise Wrong("keys_unreadable", address=metadata_url, status=answer.status)
        except (aiohttp.ClientError, OSError) as error:
            kind = type(error).__name__
            raise Wrong("keys_unreached", address=metadata_url, error=kind) from None


def _refusal(fault: LoginFault) -> Wrong:
    """What kept the token away: Entra's no, the network, or what the bot proves itself with."""
    if fault.is_refusal:
        return Wrong(_CURES.get(fault.code, "token_refused"), code=fault.code)
    key = "token_unreadable" if fault.kind in _OUR_OWN else "token_unreached"
    return Wrong(key, error=fault.kind.value)


def _claims(token: str) -> dict[str, Any]:
    """What the token says of itself: Teams is who verifies it."""
    try:
        claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    except PyJWTError:
        return {"aud": RESOURCE}  # a managed identity's may be sealed
    return claims
