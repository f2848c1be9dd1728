"""Links that carry what they are about, signed and for a while: nobody can make or change one."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import jwt

from knowledge.storage.database import Database
from knowledge.storage.link_key import link_key

PATTERN = r"[A-Za-z0-9_.-]{20,1500}"
"""What a token looks like in an address."""

_METHOD = "HS256"


class SignedLinks:
    """Makes and reads tokens. Every process of the installation has the same key."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._kept = ""

    async def make(self, purpose: str, content: Mapping[str, Any], valid: timedelta) -> str:
        """A token that `read` understands, for the same purpose, until the time is up."""
        until = int((self._now() + valid).timestamp())
        signed = {"for": purpose, "until": until, "about": dict(content)}
        return jwt.encode(signed, await self._key(), _METHOD)

    async def read(self, purpose: str, token: str) -> Mapping[str, Any] | None:
        """What the token is about; None when it is not ours, too old or for something else."""
        try:
            signed = jwt.decode(token, await self._key(), [_METHOD])
        except jwt.InvalidTokenError:
            return None
        until, about = signed.get("until"), signed.get("about")
        if signed.get("for") != purpose or not isinstance(until, int | float):
            return None
        is_valid = self._now().timestamp() < until and isinstance(about, dict)
        return about if is_valid else None

    async def _key(self) -> str:
        self._kept = self._kept or await link_key(self._database)
        return self._kept
