"""Who may come in: a cheap own check of every header, then the SDK's validation of the signature.

And whom we talk to: the list of hosts that may see the bot's token.
"""

import json
from base64 import urlsafe_b64decode
from collections.abc import Collection, Iterable
from types import SimpleNamespace
from typing import Any, Protocol

from botbuilder.integration.aiohttp import ConfigurationBotFrameworkAuthentication
from botbuilder.schema import Activity
from botframework.connector.auth import AuthenticationConstants, JwtTokenExtractor
from botframework.connector.auth.skill_validation import SkillValidation
from yarl import URL

from bot.settings import Settings
from bot.teams.signing_keys import METADATA_URL, KeyCache, NoKeys
from bot.teams.verified_tokens import VerifiedTokens

Json = dict[str, Any]

ISSUER: str = AuthenticationConstants.TO_BOT_FROM_CHANNEL_TOKEN_ISSUER
TEAMS_HOSTS = ("smba.trafficmanager.net", "*.botframework.com")

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Refused(Exception):
    """The request goes no further. `reason` is for the log and the counters, not for the sender."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{status} {reason}")
        self.status = status
        self.reason = reason


class HostAllowList:
    """The hosts the bot may talk to, and so the hosts that may see its token.

    An entry is a host or `*.suffix`. `allow_loopback` admits plain http on this machine: for the
    demo and for tests.
    """

    def __init__(self, hosts: Iterable[str] = TEAMS_HOSTS, *, allow_loopback: bool = False) -> None:
        entries = [host.strip().lower() for host in hosts if host.strip()]
        self._exact = frozenset(entry for entry in entries if not entry.startswith("*."))
        self._suffixes = tuple(entry[1:] for entry in entries if entry.startswith("*."))
        self._allow_loopback = allow_loopback

    def allows(self, address: str) -> bool:
        # Read with the parser of the client that will send: two parsers that disagree about
        # where the host ends are how a look-alike slips through.
        try:
            url = URL(address)
            host, port = url.host or "", url.port
        except ValueError:
            return False
        if url.user or url.password or url.raw_query_string or url.raw_fragment:
            return False
        if self._allow_loopback and host in _LOOPBACK and url.scheme in ("http", "https"):
            return True
        known = host in self._exact or host.endswith(self._suffixes)
        return known and url.scheme == "https" and port == 443


class Gate(Protocol):
    """Decides whether an activity may become a turn."""

    async def admit(self, activity: Activity, header: str | None, tenant_id: str) -> None:
        """Return if the activity may come in, raise `Refused` if not."""
        ...


class TeamsGate:
    """Lets in what Teams signed for this bot, from the tenants we serve.

    No tenants means nobody. Microsoft's keys are looked for in `keys` by the SDK, which knows
    its cache by the public metadata address only.
    """

    def __init__(
        self, app_id: str, keys: KeyCache, hosts: HostAllowList, tenants: Collection[str]
    ) -> None:
        if not app_id:
            raise ValueError("without an app id nobody can be recognised: use DemoGate")
        self._app_id = app_id
        self._hosts = hosts
        self._tenants = frozenset(tenant.lower() for tenant in tenants)
        self._verified = VerifiedTokens(keys)
        JwtTokenExtractor.metadataCache[METADATA_URL] = keys
        # Only the app id: any of the SDK's other settings selects its untested second path.
        self._sdk = ConfigurationBotFrameworkAuthentication(SimpleNamespace(APP_ID=app_id))

    async def admit(self, activity: Activity, header: str | None, tenant_id: str) -> None:
        head, claims = _unverified(header)
        flaw = self._flaw(head, claims, activity)
        if flaw:
            raise Refused(403, flaw)
        known = header or "", activity.channel_id or "", head["kid"]
        if not self._verified.holds(*known, claims):
            await self._verify(activity, header or "")
            self._verified.keep(*known)
        if tenant_id.lower() not in self._tenants:
            raise Refused(403, "tenant")

    async def _verify(self, activity: Activity, header: str) -> None:
        try:
            await self._sdk.authenticate_request(activity, header)
        except NoKeys:
            raise Refused(503, "no_keys") from None
        except Exception as error:  # the SDK raises many kinds; none of them opens the door
            raise Refused(403, type(error).__name__) from error

    def _flaw(self, head: Json, claims: Json, activity: Activity) -> str | None:
        """What is wrong before any key is looked at; the SDK misses or mishandles all of these.

        A token shaped for a skill or from the emulator would make it fetch other keys, blocking.
        """
        demands = {
            "alg": head.get("alg") == "RS256",
            "kid": isinstance(head.get("kid"), str),
            "iss": claims.get("iss") == ISSUER,
            "aud": claims.get("aud") == self._app_id,
            "exp": isinstance(claims.get("exp"), int),
            "nbf": isinstance(claims.get("nbf"), int),
            "skill": not SkillValidation.is_skill_claim(claims),
            "channel": bool(activity.channel_id),
            "service_url": bool(activity.service_url)
            and claims.get("serviceurl") == activity.service_url,
            "host": self._hosts.allows(activity.service_url or ""),
        }
        return next((name for name, met in demands.items() if not met), None)


class DemoGate:
    """Lets in anyone on this machine: for the local client, which signs nothing.

    Answers go to loopback only; otherwise a stranger's body could make the bot post anywhere.
    """

    _hosts = HostAllowList((), allow_loopback=True)

    async def admit(self, activity: Activity, header: str | None, tenant_id: str) -> None:
        if not self._hosts.allows(activity.service_url or ""):
            raise Refused(403, "host")


def gate_of(settings: Settings, keys: KeyCache, hosts: HostAllowList) -> Gate:
    """The gate of this installation."""
    if settings.demo:
        return DemoGate()
    return TeamsGate(settings.app_id, keys, hosts, settings.tenants)


def _unverified(header: str | None) -> tuple[Json, Json]:
    """The token's header and claims, believed by nobody yet."""
    scheme, _, token = (header or "").partition(" ")
    if scheme != "Bearer" or token.count(".") != 2 or " " in token:
        raise Refused(401, "no_token")
    try:
        head, claims = (json.loads(urlsafe_b64decode(f"{part}==")) for part in token.split(".")[:2])
    except (ValueError, RecursionError):
        raise Refused(401, "unreadable") from None
    if not isinstance(head, dict) or not isinstance(claims, dict):
        raise Refused(401, "unreadable")
    return head, claims
