"""The secret by reference: it lies in Azure Key Vault, and this machine's identity may read it.

Written as App Service writes it, so that the same line works there and here:
`@Microsoft.KeyVault(SecretUri=https://valv.vault.azure.net/secrets/namn)`, or
`@Microsoft.KeyVault(VaultName=valv;SecretName=namn)`.
"""

import re
from typing import Any
from urllib.parse import urlsplit

import msal
import requests

from bot.login.faults import Kind, LoginFault
from bot.network import SECONDS, Network, ShortAnswers

RESOURCE = "https://vault.azure.net"
_VERSION = "7.4"
_CONNECT_SECONDS = 2.0

_REFERENCE = re.compile(r"@Microsoft\.KeyVault\((?P<parts>[^()]*)\)", re.IGNORECASE)
_ADDRESS = re.compile(
    r"https://[a-z0-9-]{3,24}\.vault\.azure\.net(:443)?/secrets/[A-Za-z0-9-]{1,127}(/[0-9a-f]{32})?"
)
"""Nowhere else does the identity show its token."""


def is_reference(written: str) -> bool:
    return written.startswith("@")


def address_of(written: str) -> str:
    """Where the secret lies; "" when the reference cannot be read."""
    found = _REFERENCE.fullmatch(written.strip())
    parts = dict(part.partition("=")[::2] for part in found["parts"].split(";")) if found else {}
    named = {name.strip().lower(): value.strip() for name, value in parts.items()}
    address = named.get("secreturi", "").rstrip("/")
    if not address and "vaultname" in named:
        address = f"https://{named['vaultname']}.vault.azure.net/secrets/"
        address += "/".join(filter(None, (named.get("secretname"), named.get("secretversion"))))
    return address if _ADDRESS.fullmatch(address) else ""


def managed_identity(client_id: str) -> msal.ManagedIdentityClient:
    """This machine's own identity: the one with this id, or without any the machine's first.

    It is asked on an address of this machine's, where no proxy leads. Elsewhere than in Azure
    nobody answers there, and that is to be known before the token is given up.
    """
    who = msal.UserAssignedManagedIdentity(client_id=client_id) if client_id else None
    session = ShortAnswers(patience=(_CONNECT_SECONDS, SECONDS))
    session.trust_env = False
    return msal.ManagedIdentityClient(
        who or msal.SystemAssignedManagedIdentity(), http_client=session
    )


def ask_identity(client: msal.ManagedIdentityClient, resource: str) -> str:
    """A token for the resource. Raises LoginFault."""
    try:
        told: dict[str, Any] = client.acquire_token_for_client(resource=resource)
    except (msal.ManagedIdentityError, requests.RequestException, ValueError):
        raise LoginFault(Kind.NO_IDENTITY) from None
    if "access_token" not in told:
        raise LoginFault(Kind.NO_IDENTITY, str(told.get("error", ""))[:40])
    return str(told["access_token"])


def read_secret(written: str, identity: str, network: Network) -> str:
    """The secret that the reference names. Raises LoginFault, and what `requests` raises."""
    address = address_of(written)
    vault = urlsplit(address).hostname or ""
    answer = network.session().get(
        address,
        params={"api-version": _VERSION},
        headers={"Authorization": f"Bearer {ask_identity(managed_identity(identity), RESOURCE)}"},
        allow_redirects=False,
    )
    if answer.status_code != 200:
        raise _no_secret(answer, vault)
    try:
        return str(answer.json()["value"]).strip()  # `--file` brings the line end along
    except (ValueError, KeyError, TypeError):
        raise LoginFault(Kind.GARBLED, host=vault) from None


def _no_secret(answer: requests.Response, vault: str) -> LoginFault:
    """The status alone does not tell: a closed firewall and a missing role have the same."""
    kind = _BY_REASON.get(_reason(answer)) or _BY_STATUS.get(answer.status_code)
    if kind:
        return LoginFault(kind, host=vault)
    return LoginFault(Kind.VAULT_FAILED, f"http_{answer.status_code}", vault)


_BY_REASON = {
    "ForbiddenByFirewall": Kind.VAULT_CLOSED,
    "SecretDisabled": Kind.VAULT_DISABLED,
}
_BY_STATUS = {401: Kind.VAULT_FOREIGN, 403: Kind.VAULT_DENIED, 404: Kind.VAULT_MISSING}


def _reason(answer: requests.Response) -> str:
    try:
        error = answer.json()["error"]
        return str((error.get("innererror") or error.get("innerError"))["code"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""
