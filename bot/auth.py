"""Who may come in, and what we show when we go out.

Inbound: a cheap own check of every header, then the SDK's validation of the signature.
Outbound: the list of hosts that may see the bot's token, and the token itself, kept fresh.
"""

import asyncio
import json
import time
from base64 import urlsafe_b64decode
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Protocol

import aiohttp
import structlog
from botbuilder.integration.aiohttp import (
    ConfigurationBotFrameworkAuthentication,
    ConfigurationServiceClientCredentialFactory,
)
from botbuilder.schema import Activity
from botframework.connector.auth import (
    AuthenticationConstants,
    JwtTokenExtractor,
    ServiceClientCredentialsFactory,
)
from botframework.connector.auth.skill_validation import SkillValidation
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm
from yarl import URL

Json = dict[str, Any]

METADATA_URL: str = AuthenticationConstants.TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL
ISSUER: str = AuthenticationConstants.TO_BOT_FROM_CHANNEL_TOKEN_ISSUER
SCOPE: str = AuthenticationConstants.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE
LOGIN_URL: str = AuthenticationConstants.TO_CHANNEL_FROM_BOT_LOGIN_URL_PREFIX
TEAMS_HOSTS = ("smba.trafficmanager.net", "*.botframework.com")

_DAY = 24 * 3600.0
_LOOPBACK = ("localhost", "127.0.0.1", "::1")

log = structlog.get_logger()


class Refused(Exception):
    """The request goes no further. `reason` is for the log and the counters, not for the sender."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{status} {reason}")
        self.status = status
        self.reason = reason


class NoKeys(Exception):
    """No signing keys have been fetched yet, so no token can be checked."""


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
class SigningKey:
    """A key of the issuer, in the shape the SDK's validation reads."""

    public_key: RSAPublicKey
    endorsements: list[str]


class KeyCache:
    """The issuer's signing keys, fetched without holding up the event loop.

    Keys once fetched are used for as long as the issuer cannot be reached. `clock` is injected
    by tests.
    """

    def __init__(
        self,
        metadata_url: str = METADATA_URL,
        *,
        timeout: float = 5.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._metadata_url = metadata_url
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._clock = clock
        self._keys: dict[str, SigningKey] = {}
        self._lock = asyncio.Lock()
        self._asked_at = self._loaded_at = float("-inf")

    @property
    def loaded(self) -> bool:
        return bool(self._keys)

    @property
    def age(self) -> float:
        """Seconds since the keys were last fetched; infinite before the first time."""
        return self._clock() - self._loaded_at

    async def get(self, key_id: str) -> SigningKey:
        """The key with this id. The SDK calls this; a known key never waits for the network."""
        if key_id not in self._keys:
            async with self._lock:
                await self._look_again(key_id)
        if not self._keys:
            raise NoKeys
        if key_id not in self._keys:
            raise PermissionError("unknown key id")
        return self._keys[key_id]

    async def keep_fresh(self) -> None:
        """Fetch now and then daily; while the issuer is silent, try again soon."""
        while True:
            async with self._lock:
                fetched = await self._load()
            await asyncio.sleep(_DAY if fetched else self._pause)

    @property
    def _pause(self) -> float:
        # Once a minute is enough for a rotation, and a forger cannot make us ask more often.
        # With no keys every request is being turned away, so there we ask sooner.
        return 60.0 if self._keys else 5.0

    async def _look_again(self, key_id: str) -> None:
        waited = self._clock() - self._asked_at >= self._pause
        if key_id not in self._keys and waited:
            await self._load()

    async def _load(self) -> bool:
        self._asked_at = self._clock()
        try:
            async with aiohttp.ClientSession(timeout=self._timeout) as session:
                metadata = await _json(session, self._metadata_url)
                jwks = await _json(session, metadata["jwks_uri"])
            keys = {key["kid"]: _signing_key(key) for key in jwks["keys"] if _is_usable(key)}
        except Exception as error:  # whatever a broken key server says, the old keys remain
            log.warning("keys_not_fetched", exc_info=error, have_keys=self.loaded)
            return False
        self._keys = keys or self._keys
        self._loaded_at = self._asked_at
        return bool(keys)


async def _json(session: aiohttp.ClientSession, url: str) -> Json:
    async with session.get(url, allow_redirects=False, raise_for_status=True) as response:
        answer: Json = await response.json(content_type=None)
        return answer


def _is_usable(key: Json) -> bool:
    return key.get("kty") == "RSA" and "d" not in key and isinstance(key.get("kid"), str)


def _signing_key(key: Json) -> SigningKey:
    public_key = RSAAlgorithm.from_jwk(key)
    if not isinstance(public_key, RSAPublicKey):
        raise TypeError("not a public key")
    return SigningKey(public_key, list(key.get("endorsements") or ()))


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
        JwtTokenExtractor.metadataCache[METADATA_URL] = keys
        # Only the app id: any of the SDK's other settings selects its untested second path.
        self._sdk = ConfigurationBotFrameworkAuthentication(SimpleNamespace(APP_ID=app_id))

    async def admit(self, activity: Activity, header: str | None, tenant_id: str) -> None:
        flaw = self._flaw(*_unverified(header), activity)
        if flaw:
            raise Refused(403, flaw)
        try:
            await self._sdk.authenticate_request(activity, header or "")
        except NoKeys:
            raise Refused(503, "no_keys") from None
        except Exception as error:  # the SDK raises many kinds; none of them opens the door
            raise Refused(403, type(error).__name__) from error
        if tenant_id.lower() not in self._tenants:
            raise Refused(403, "tenant")

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


class KeptToken:
    """The bot's own token, fetched in a thread and renewed before it runs out.

    The SDK would ask for one in every turn, on the event loop and without a time limit.
    """

    def __init__(
        self, app_id: str, factory: ServiceClientCredentialsFactory, *, timeout: float = 10.0
    ) -> None:
        self._app_id = app_id
        self._factory = factory
        self._timeout = timeout
        self._credentials: Any = None
        self._token = ""
        self._fetching: asyncio.Task[str] | None = None

    @classmethod
    def from_entra(
        cls, app_id: str, app_password: str, app_type: str, app_tenant_id: str
    ) -> "KeptToken":
        """`app_type` is MultiTenant, SingleTenant or UserAssignedMSI."""
        settings = SimpleNamespace(
            APP_ID=app_id,
            APP_PASSWORD=app_password,
            APP_TYPE=app_type,
            APP_TENANTID=app_tenant_id,
        )
        return cls(app_id, ConfigurationServiceClientCredentialFactory(settings))

    async def get(self) -> str:
        return self._token or await self._fetch()

    async def renew(self, refused: str) -> str:
        """A new token, because Teams would not have `refused`."""
        if self._token == refused:
            self._token, self._credentials = "", None
        return await self.get()

    async def keep_fresh(self) -> None:
        """Ask once a minute. MSAL answers from memory until five minutes remain."""
        while True:
            try:
                await self._fetch()
            except Exception as error:  # the kept token may still do; the next minute will tell
                log.warning("token_not_fetched", exc_info=error)
            await asyncio.sleep(60)

    async def _fetch(self) -> str:
        # Everybody waits for the same request, and a stuck one occupies a single thread.
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.create_task(self._ask())
            self._fetching.add_done_callback(lambda task: task.cancelled() or task.exception())
        return await asyncio.wait_for(asyncio.shield(self._fetching), self._timeout)

    async def _ask(self) -> str:
        if self._credentials is None:
            self._credentials = await self._factory.create_credentials(
                self._app_id, SCOPE, LOGIN_URL, True
            )
        self._token = await asyncio.to_thread(self._credentials.get_access_token)
        return self._token
