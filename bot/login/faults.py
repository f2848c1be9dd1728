"""Why there is no token: refused, or never reached. They have different cures."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import NameResolutionError

LOGIN_HOST = "login.microsoftonline.com"

_CODE = re.compile(r"AADSTS\d{4,9}")
_PASSING = ("90006", "90012", "90024", "90033", "90055", "50196")
"""Entra's codes for a bad moment of its own: asked again, it answers."""


class Kind(StrEnum):
    """What went wrong on the way to a token."""

    REFUSED = "refused"  # Entra has answered no, and its code says why
    DNS = "dns"
    PROXY = "proxy"  # it answered, and does not let us through
    PROXY_LOGIN = "proxy_login"
    PROXY_GONE = "proxy_gone"
    TLS = "tls"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    GARBLED = "garbled"  # somebody else answered than who was asked
    BUSY = "busy"  # Entra cannot answer at the moment
    NO_IDENTITY = "no_identity"  # this machine has no managed identity, or not this one
    VAULT_DENIED = "vault_denied"
    VAULT_CLOSED = "vault_closed"  # its firewall
    VAULT_DISABLED = "vault_disabled"  # the secret in it
    VAULT_FOREIGN = "vault_foreign"  # it belongs to another organisation
    VAULT_MISSING = "vault_missing"
    VAULT_FAILED = "vault_failed"
    UNREADABLE = "unreadable"  # the file with the secret or the certificate


class LoginFault(Exception):
    """There is no token. `code` is Entra's own, such as AADSTS7000222, where it gave one, and
    `host` is who was asked."""

    def __init__(self, kind: Kind, code: str = "", host: str = "") -> None:
        super().__init__(kind, code)
        self.kind = kind
        self.code = code
        self.host = host or LOGIN_HOST

    @property
    def is_refusal(self) -> bool:
        """Another secret would help. Of everything else that cannot be said."""
        return self.kind is Kind.REFUSED

    @property
    def name(self) -> str:
        """In one word."""
        return self.code or self.kind.value


def refusal(told: Mapping[str, Any]) -> LoginFault:
    """What Entra's answer without a token says. Its sentences are not kept: ids are in them."""
    found = _CODE.search(str(told.get("error_description", "")))
    codes = told.get("error_codes") or []
    code = f"AADSTS{codes[0]}" if codes else str(told.get("error", ""))[:40]
    return _answered(found[0] if found else code)


def fault_of(error: Exception, host: str = "") -> LoginFault:
    """What an exception on the way says. `host` was asked, if the exception does not tell."""
    if isinstance(error, LoginFault):
        return error
    # A tenant that is not there is met by MSAL before it asks for a token, and named in the cause.
    if found := _CODE.search(f"{error} {error.__context__ or ''}"):
        return _answered(found[0])
    return LoginFault(_kind(error), host=_asked(error) or host)


def _answered(code: str) -> LoginFault:
    passing = code.removeprefix("AADSTS") in _PASSING or code == "temporarily_unavailable"
    return LoginFault(Kind.BUSY if passing else Kind.REFUSED, code)


def _kind(error: Exception) -> Kind:
    for raised, kind in _RAISED:
        if isinstance(error, raised):
            return kind
    if isinstance(error, requests.exceptions.ProxyError):
        return _of_proxy(str(error))
    if isinstance(error, requests.exceptions.ConnectionError):
        return Kind.DNS if _is_dns(error) else Kind.UNREACHABLE
    return Kind.UNREACHABLE if isinstance(error, OSError) else Kind.GARBLED


_RAISED: tuple[tuple[type[Exception], Kind], ...] = (
    (requests.exceptions.InvalidProxyURL, Kind.PROXY_GONE),
    (requests.exceptions.SSLError, Kind.TLS),
    (requests.exceptions.Timeout, Kind.TIMEOUT),
    (TimeoutError, Kind.TIMEOUT),
    (requests.exceptions.HTTPError, Kind.BUSY),
    (requests.exceptions.JSONDecodeError, Kind.GARBLED),
    (requests.exceptions.ContentDecodingError, Kind.GARBLED),
)


def _of_proxy(said: str) -> Kind:
    """By what http.client says when a proxy answers CONNECT with something else than 200."""
    if "Tunnel connection failed" not in said:
        return Kind.PROXY_GONE
    return Kind.PROXY_LOGIN if "failed: 407" in said else Kind.PROXY


def _is_dns(error: requests.exceptions.ConnectionError) -> bool:
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(reason, NameResolutionError)


def _asked(error: Exception) -> str:
    request = getattr(error, "request", None)
    return urlsplit(getattr(request, "url", None) or "").hostname or ""
