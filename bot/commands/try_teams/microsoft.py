"""Does Microsoft know the bot, and can the bot know Microsoft? The token and the keys."""

import re
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import aiohttp
import jwt
import requests
from jwt.exceptions import PyJWTError

from bot.commands.try_teams.steps import Found, Wrong, fine, note
from bot.settings import Settings
from bot.teams.own_token import SCOPE
from bot.teams.signing_keys import KeyCache

AskToken = Callable[[], Awaitable[str]]

_CODE = re.compile(r"AADSTS(\d+)")
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
        raise _refusal(error) from None
    claims = _claims(token)
    if claims.get("aud") not in (SCOPE, f"{SCOPE}/"):
        raise Wrong("token_other_audience", audience=claims.get("aud", ""))
    home = str(claims.get("tid", "")).lower()
    if settings.app_tenant_id and home and home != settings.app_tenant_id:
        raise Wrong("token_other_tenant", tenant=home, expected=settings.app_tenant_id)
    found = [fine("token", tenant=home)]
    return [*found, note("token_multi_tenant")] if settings.app_type == "MultiTenant" else found


async def get_keys(keys: KeyCache, metadata_url: str) -> list[Found]:
    """The keys that Teams signs with can be fetched, as the server does."""
    await keys.refresh()
    if keys.loaded:
        return [fine("keys")]
    async with aiohttp.ClientSession(trust_env=True) as web:
        try:
            async with web.get(metadata_url, allow_redirects=False) as answer:
                raise Wrong("keys_unreadable", address=metadata_url, status=answer.status)
        except (aiohttp.ClientError, OSError) as error:
            kind = type(error).__name__
            raise Wrong("keys_unreached", address=metadata_url, error=kind) from None


def _refusal(error: BaseException) -> Wrong:
    """What kept the token away: a code of Entra's, the network, or something else."""
    said = [str(one) for one in _chain(error)]
    for one in said:
        if code := _CODE.search(one):
            return Wrong(_CURES.get(code[0], "token_refused"), code=code[0])
    if any(isinstance(one, requests.RequestException | OSError) for one in _chain(error)):
        return Wrong("token_unreached", error=type(error).__name__)
    return Wrong("token_refused", code=type(error).__name__)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _claims(token: str) -> dict[str, Any]:
    """What the token says of itself: Teams is who verifies it."""
    try:
        claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    except PyJWTError:
        return {"aud": SCOPE}  # a managed identity's may be sealed
    return claims
