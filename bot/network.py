"""How we reach the world: through the organisation's proxy, and trusting its certificates too.

Everything that asks somebody outside asks in this way. `HTTPS_PROXY` and `NO_PROXY` mean what they
mean to curl and pip, and `SSL_CERT_FILE` and `REQUESTS_CA_BUNDLE` add to who is trusted, as
`TRYGGVE_CA_FILE` does.
"""

import os
import re
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import certifi
import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies, select_proxy

from bot.settings import SettingsError, is_loopback

LARGEST_ANSWER = 512 * 1024
DRIFT, TOO_MUCH_DRIFT = 30.0, 300.0
"""Seconds between our clock and Microsoft's: from five minutes on, no token is good."""

SECONDS = 7.0
"""How long somebody may take to answer: less than whoever waits for a token waits."""

Patience = float | tuple[float, float]

SOMEBODY = "https://login.microsoftonline.com"
"""Outside, where a proxy may be on the way."""

_HOST = re.compile(r"[\w.:-]+")

TRUSTED_BY = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


class Network:
    """The way out of this installation. `ca_file` has certificates to trust beside the usual."""

    def __init__(self, ca_file: str = "") -> None:
        self._ca_file = ca_file
        self._proxies: dict[tuple[str, str], str | None] = {}

    def proxy(self, url: str) -> str | None:
        """The proxy for this address; None when it is asked directly. Looked up once a host."""
        parts = urlsplit(url)
        asked = parts.scheme, parts.netloc
        if asked not in self._proxies:
            self._proxies[asked] = _proxy(url)
        return self._proxies[asked]

    @property
    def tls(self) -> ssl.SSLContext:
        """Whom we trust. Raises SettingsError by the name of what cannot be read."""
        return _trusting(tuple(self.trusted_files.items()))

    @property
    def trusted_files(self) -> dict[str, str]:
        """What is trusted beside the usual, by the name of the setting."""
        named = {"TRYGGVE_CA_FILE": self._ca_file}
        named |= {name: os.environ.get(name, "") for name in TRUSTED_BY}
        return {name: path for name, path in named.items() if path}

    def check(self) -> None:
        """Raises SettingsError when certificates cannot be read, or the proxy's address."""
        _trusting(tuple(self.trusted_files.items()))
        proxy = self.proxy(SOMEBODY)
        if proxy and not _is_proxy(proxy):
            raise SettingsError("bad_proxy", "HTTPS_PROXY")

    def session(self) -> "ShortAnswers":
        """A client for what blocks, in a thread of its own."""
        session = ShortAnswers(self.proxy)
        session.mount("https://", _Trusting(self.tls))
        return session


class ShortAnswers(requests.Session):
    """Reads no more of an answer than any token takes, and then fails; waits for no longer.

    `way` finds the proxy, as for everything else that we ask; without it requests' own look does.
    `patience` may be two: until somebody is there, and until there is an answer.
    """

    def __init__(
        self, way: Callable[[str], str | None] | None = None, patience: Patience = SECONDS
    ) -> None:
        super().__init__()
        self._way, self._patience = way, patience

    def send(self, request: requests.PreparedRequest, **how: Any) -> requests.Response:
        if self._way:
            proxy = self._way(request.url or "")
            how["proxies"] = {"all": proxy} if proxy else {}
        limits = {"stream": True, "timeout": how.get("timeout") or self._patience}
        response = super().send(request, **how | limits)
        with response:
            body = response.raw.read(LARGEST_ANSWER + 1, decode_content=True)
            if len(body) > LARGEST_ANSWER:
                raise requests.exceptions.ContentDecodingError("too large an answer")
        response._content = body
        return response


class _Trusting(HTTPAdapter):
    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__()

    def init_poolmanager(self, *args: Any, **more: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._context, **more)

    def proxy_manager_for(self, proxy: str, **more: Any) -> Any:
        return super().proxy_manager_for(proxy, ssl_context=self._context, **more)


def clock_drift(answer: requests.Response) -> float | None:
    """Seconds between our clock and theirs; None when they do not say what time it is."""
    try:
        theirs = parsedate_to_datetime(answer.headers.get("Date", ""))
        return abs((datetime.now(UTC) - theirs).total_seconds())
    except (TypeError, ValueError):
        return None


def _proxy(url: str) -> str | None:
    # A proxy on the way to this very machine would ask itself.
    if is_loopback(urlsplit(url).hostname or ""):
        return None
    chosen = (select_proxy(url, get_environ_proxies(url)) or "").strip()
    if not chosen:
        return None
    return chosen if "://" in chosen else f"http://{chosen}"


def _is_proxy(url: str) -> bool:
    """Whether it can be one that we speak through: http, and a host that a name server may know."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(
            _HOST.fullmatch(parts.hostname or "") and parts.port != 0
        )
    except ValueError:  # a port that is no number, an address of IPv6 that is none
        return False


@cache
def _trusting(files: tuple[tuple[str, str], ...]) -> ssl.SSLContext:
    """Made once a process: each file of a hundred certificates takes 20 ms to read."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    for path, name in {path: name for name, path in files}.items():
        try:
            _trust(context, path)
        except OSError:  # not there, not ours to read, or no certificate
            raise SettingsError("bad_ca_file", name, path=path) from None
    return context


def _trust(context: ssl.SSLContext, path: str) -> None:
    if os.path.isdir(path):
        context.load_verify_locations(capath=path)
    else:
        context.load_verify_locations(cafile=path)
