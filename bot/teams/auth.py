"""Who may come in: the header is proved first, and only then is anything of the body believed.

And whom we talk to: the list of hosts that may see the bot's token.
"""

import json
from base64 import urlsafe_b64decode
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import jwt
from botbuilder.schema import Activity
from yarl import URL

from bot.settings import Settings
from bot.teams.mapping import TEAMS
from bot.teams.signing_keys import KeyCache, NoKeys, SigningKey
from bot.teams.verified_tokens import LEEWAY_SECONDS, VerifiedTokens

Json = dict[str, Any]

ISSUER = "https://api.botframework.com"
TEAMS_HOSTS = ("smba.trafficmanager.net",)
LONGEST_TOKEN = 6_000

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


@dataclass(frozen=True)
class Caller:
    """Who signed a request, and what that signature is good for."""

    service_url: str = ""
    endorsed: Collection[str] = ()


class Gate(Protocol):
    """Decides whether a request may become a turn, in two steps."""

    async def recognise(self, headers: Sequence[str]) -> Caller:
        """Who calls, by the Authorization headers alone. Raises `Refused`."""
        ...

    def admit(self, caller: Caller, activity: Activity, tenant_id: str) -> None:
        """Return if the caller may bring this activity, raise `Refused` if not."""
        ...


class TeamsGate:
    """Lets in what Teams signed for this bot, from the tenants we serve. No tenants means nobody.

    `tenants` may change while it stands, and are written in small letters. `others` are channels
    of the Bot Framework that are let in beside Teams.
    """

    def __init__(
        self,
        app_id: str,
        keys: KeyCache,
        hosts: HostAllowList,
        tenants: Collection[str],
        others: Collection[str] = (),
    ) -> None:
        if not app_id:
            raise ValueError("without an app id nobody can be recognised: use DemoGate")
        self._app_id = app_id
        self._keys = keys
        self._hosts = hosts
        self._tenants = tenants
        self._channels = frozenset((TEAMS, *others))
        self._verified = VerifiedTokens(keys)

    async def recognise(self, headers: Sequence[str]) -> Caller:
        token = _token(headers)
        head, claims = _unverified(token)
        flaw = self._flaw(head, claims)
        if flaw:
            raise Refused(403, flaw)
        key = await self._key(head["kid"])
        if not self._verified.holds(token, head["kid"], claims):
            self._verify(token, key)
            self._verified.keep(token, head["kid"])
        return Caller(claims["serviceurl"], key.endorsements)

    def admit(self, caller: Caller, activity: Activity, tenant_id: str) -> None:
        demands = {
            "channel": activity.channel_id in self._channels,
            "endorsement": activity.channel_id in caller.endorsed,
            "service_url": bool(caller.service_url) and caller.service_url == activity.service_url,
            "host": self._hosts.allows(activity.service_url or ""),
            "tenant": tenant_id.lower() in self._tenants,
        }
        _demand(demands)

    async def _key(self, kid: str) -> SigningKey:
        try:
            return await self._keys.get(kid)
        except NoKeys:
            raise Refused(503, "no_keys") from None
        except PermissionError:
            raise Refused(403, "unknown_key") from None

    def _verify(self, token: str, key: SigningKey) -> None:
        try:
            jwt.decode(
                token,
                key.public_key,
                algorithms=["RS256"],
                audience=self._app_id,
                issuer=ISSUER,
                leeway=LEEWAY_SECONDS,
            )
        except Exception as error:  # whatever it is, it opens no door
            raise Refused(403, type(error).__name__) from error

    def _flaw(self, head: Json, claims: Json) -> str | None:
        """What is wrong before any key is looked at, so that no other token makes us fetch one."""
        demands = {
            "alg": head.get("alg") == "RS256",
            "kid": isinstance(head.get("kid"), str),
            "iss": claims.get("iss") == ISSUER,
            "aud": claims.get("aud") == self._app_id,
            "exp": isinstance(claims.get("exp"), int),
            "nbf": isinstance(claims.get("nbf"), int),
            "skill": not _is_of_a_bot(claims),
            "service_url": isinstance(claims.get("serviceurl"), str),
        }
        return _unmet(demands)


class DemoGate:
    """Lets in anyone on this machine: for the local client, which signs nothing.

    Answers go to loopback only; otherwise a stranger's body could make the bot post anywhere.
    """

    _hosts = HostAllowList((), allow_loopback=True)

    def __init__(self, others: Collection[str] = ()) -> None:
        self._channels = frozenset((TEAMS, *others))

    async def recognise(self, headers: Sequence[str]) -> Caller:
        return Caller()

    def admit(self, caller: Caller, activity: Activity, tenant_id: str) -> None:
        _demand(
            {
                "channel": activity.channel_id in self._channels,
                "host": self._hosts.allows(activity.service_url or ""),
            }
        )


def gate_of(
    settings: Settings, keys: KeyCache, hosts: HostAllowList, tenants: Collection[str]
) -> Gate:
    """The gate of this installation, for these organisations."""
    if settings.demo:
        return DemoGate(settings.other_channels)
    return TeamsGate(settings.app_id, keys, hosts, tenants, settings.other_channels)


def _is_of_a_bot(claims: Json) -> bool:
    """Whether it is for a skill: then it names another app than whom it is for, or none at all."""
    app = claims.get("azp" if claims.get("ver") == "2.0" else "appid")
    named = app not in (None, "", claims.get("aud"))
    return app == "AnonymousSkill" or ("ver" in claims and named)


def _unmet(demands: dict[str, bool]) -> str | None:
    return next((name for name, met in demands.items() if not met), None)


def _demand(demands: dict[str, bool]) -> None:
    unmet = _unmet(demands)
    if unmet:
        raise Refused(403, unmet)


def _token(headers: Sequence[str]) -> str:
    """The one bearer token, in the shape of a JWT. Two headers could mean two different things."""
    scheme, _, token = headers[0].partition(" ") if len(headers) == 1 else ("", "", "")
    shaped = token.count(".") == 2 and " " not in token and len(token) <= LONGEST_TOKEN
    if scheme.lower() != "bearer" or not shaped:
        raise Refused(401, "no_token")
    return token


def _unverified(token: str) -> tuple[Json, Json]:
    """The token's header and claims, believed by nobody yet."""
    try:
        head, claims = (json.loads(urlsafe_b64decode(f"{part}==")) for part in token.split(".")[:2])
    except (ValueError, RecursionError):
        raise Refused(401, "unreadable") from None
    if not isinstance(head, dict) or not isinstance(claims, dict):
        raise Refused(401, "unreadable")
    return head, claims
