"""The keys that Teams signs with, kept and refreshed without holding up the event loop."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import structlog
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm

from bot.network import Network
from bot.teams.bodies import ACCEPTED, read_limited

Json = dict[str, Any]

METADATA_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"

EVERY = 24 * 3600.0
"""How often, in seconds, the keys are fetched when nothing is wrong."""

LARGEST_ANSWER = 512 * 1024
MOST_KEYS = 100
"""The issuer has a dozen."""

log = structlog.get_logger()


class NoKeys(Exception):
    """No signing keys have been fetched yet, so no token can be checked."""


@dataclass(frozen=True)
class SigningKey:
    """A key of the issuer, and the channels whose activities it may sign."""

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
        network: Network | None = None,
        timeout: float = 5.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._metadata_url = metadata_url
        self._network = network or Network()
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
        """The key with this id. A known key never waits for the network."""
        if key_id not in self._keys:
            async with self._lock:
                await self._look_again(key_id)
        if not self._keys:
            raise NoKeys
        if key_id not in self._keys:
            raise PermissionError("unknown key id")
        return self._keys[key_id]

    def peek(self, key_id: str) -> SigningKey | None:
        """The key, if it is at hand."""
        return self._keys.get(key_id)

    async def refresh(self) -> float:
        """Fetch the keys. Returns in how many seconds to do it again: soon, if that failed."""
        async with self._lock:
            fetched = await self._load()
        return EVERY if fetched else self._pause

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
            async with aiohttp.ClientSession(
                timeout=self._timeout,
                headers={"Accept-Encoding": ACCEPTED},
                auto_decompress=False,
                connector=aiohttp.TCPConnector(ssl=self._network.tls),
            ) as session:
                metadata = await self._json(session, self._metadata_url)
                jwks = await self._json(session, metadata["jwks_uri"])
            told = jwks["keys"][:MOST_KEYS]
            keys = {key["kid"]: _signing_key(key) for key in told if _is_usable(key)}
        except Exception as error:  # whatever a broken key server says, the old keys remain
            log.warning("keys_not_fetched", exc_info=error, have_keys=self.loaded)
            return False
        self._keys = keys or self._keys
        self._loaded_at = self._asked_at
        return bool(keys)

    async def _json(self, session: aiohttp.ClientSession, url: str) -> Json:
        proxy = self._network.proxy(url)
        async with session.get(
            url, proxy=proxy, allow_redirects=False, raise_for_status=True
        ) as response:
            encoding = response.headers.get("Content-Encoding", "")
            body = await read_limited(response.content, encoding, LARGEST_ANSWER)
        answer: Json = json.loads(body)
        return answer


def _is_usable(key: Json) -> bool:
    return key.get("kty") == "RSA" and "d" not in key and isinstance(key.get("kid"), str)


def _signing_key(key: Json) -> SigningKey:
    public_key = RSAAlgorithm.from_jwk(key)
    if not isinstance(public_key, RSAPublicKey):
        raise TypeError("not a public key")
    return SigningKey(public_key, list(key.get("endorsements") or ()))
