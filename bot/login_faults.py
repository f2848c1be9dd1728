"""Why there is no token: refused, or never reached. They have different cures."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import requests
from urllib3.exceptions import NameResolutionError

_CODE = re.compile(r"AADSTS\d{4,9}")


class Kind(StrEnum):
    """What went wrong on the way to a token."""

    REFUSED = "refused"  # Entra has answered no, and its code says why
    DNS = "dns"
    PROXY = "proxy"
    TLS = "tls"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    GARBLED = "garbled"  # somebody else answered than Entra
    NO_IDENTITY = "no_identity"  # this machine has no managed identity, or not this one
    VAULT_DENIED = "vault_denied"
    VAULT_MISSING = "vault_missing"
    VAULT_FAILED = "vault_failed"
    UNREADABLE = "unreadable"  # the file with the secret or the certificate


class LoginFault(Exception):
    """There is no token. `code` is Entra's own, such as AADSTS7000222, where it gave one."""

    def __init__(self, kind: Kind, code: str = "") -> None:
        super().__init__(kind, code)
        self.kind = kind
        self.code = code

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
    if found:
        return LoginFault(Kind.REFUSED, found[0])
    codes = told.get("error_codes") or []
    code = f"AADSTS{codes[0]}" if codes else str(told.get("error", ""))[:40]
    return LoginFault(Kind.REFUSED, code)


def fault_of(error: Exception) -> LoginFault:
    """What an exception on the way says."""
    if isinstance(error, LoginFault):
        return error
    # A tenant that is not there is met by MSAL before it asks for a token, and named in the cause.
    if found := _CODE.search(f"{error} {error.__context__ or ''}"):
        return LoginFault(Kind.REFUSED, found[0])
    for raised, kind in _RAISED:
        if isinstance(error, raised):
            return LoginFault(kind)
    if isinstance(error, requests.exceptions.ConnectionError):
        return LoginFault(Kind.DNS if _is_dns(error) else Kind.UNREACHABLE)
    return LoginFault(Kind.UNREACHABLE if isinstance(error, OSError) else Kind.GARBLED)


_RAISED: tuple[tuple[type[Exception], Kind], ...] = (
    (requests.exceptions.ProxyError, Kind.PROXY),
    (requests.exceptions.InvalidProxyURL, Kind.PROXY),
    (requests.exceptions.SSLError, Kind.TLS),
    (requests.exceptions.Timeout, Kind.TIMEOUT),
    (TimeoutError, Kind.TIMEOUT),
    (requests.exceptions.JSONDecodeError, Kind.GARBLED),
    (requests.exceptions.ContentDecodingError, Kind.GARBLED),
)


def _is_dns(error: requests.exceptions.ConnectionError) -> bool:
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(reason, NameResolutionError)
