"""How the bot proves to Entra who it is: a secret, a certificate, or this machine's identity.

The SDK knows secrets only, and asks without a time limit or a word about what went wrong.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import msal
from msal.exceptions import MsalServiceError

from bot.login.faults import LOGIN_HOST, Kind, LoginFault, fault_of, refusal
from bot.network import Network
from bot.settings import Settings, SettingsError
from bot.teams import certificate, key_vault

RESOURCE = "https://api.botframework.com"
LOGIN = f"https://{LOGIN_HOST}"
HOME_OF_MULTI_TENANT_BOTS = "botframework.com"


class Credentials:
    """Asks for the bot's token, and blocks while it does. Raises LoginFault.

    After a refusal the secret or certificate is read anew, from its file or vault too: a new one is
    in use within a minute, without a restart.
    """

    def __init__(self, settings: Settings, network: Network) -> None:
        self._settings = settings
        self._network = network
        self._ask: Callable[[], str] | None = None

    def ask(self) -> str:
        """A token. MSAL answers from memory until five minutes remain."""
        try:
            if self._ask is None:
                self._ask = self._prepare()
            return self._ask()
        except MsalServiceError as error:  # what MSAL makes of 429 and 5xx
            self.forget()
            raise LoginFault(Kind.BUSY) from error
        except Exception as error:
            self.forget()
            raise fault_of(error) from error

    def forget(self) -> None:
        """Begin anew: what was given is no good."""
        self._ask = None

    def _prepare(self) -> Callable[[], str]:
        settings = self._settings
        if settings.app_type == "UserAssignedMSI":
            identity = key_vault.managed_identity(settings.app_id)
            return partial(key_vault.ask_identity, identity, RESOURCE)
        multi = settings.app_type == "MultiTenant"
        home = HOME_OF_MULTI_TENANT_BOTS if multi else settings.app_tenant_id
        app = msal.ConfidentialClientApplication(
            client_id=settings.app_id,
            client_credential=self._credential(),
            authority=f"{LOGIN}/{home}",
            instance_discovery=False,  # who issues there we know; it would be one more question
            http_client=self._network.session(),
        )
        return partial(_ask_entra, app)

    def _credential(self) -> str | dict[str, str]:
        settings = self._settings
        try:
            if settings.app_certificate:
                proof = certificate.read(settings.app_certificate, settings.app_certificate_key)
                return {"private_key": proof.key, "public_certificate": proof.certificate}
            if settings.app_password_file:
                return _first_line(settings.app_password_file)
        except (OSError, ValueError, certificate.Flawed):
            raise LoginFault(Kind.UNREADABLE) from None
        secret = settings.app_password.get_secret_value()
        if key_vault.is_reference(secret):
            return key_vault.read_secret(secret, settings.key_vault_identity, self._network)
        return secret


def check(settings: Settings) -> None:
    """Whether the bot has a way to prove who it is. Raises SettingsError."""
    if settings.demo or settings.app_type == "UserAssignedMSI":
        return
    secret = settings.app_password.get_secret_value()
    ways = [secret, settings.app_password_file, settings.app_certificate]
    if not any(ways):
        raise SettingsError("no_secret", "TRYGGVE_APP_PASSWORD")
    if len([way for way in ways if way]) > 1:
        raise SettingsError("two_secrets", "TRYGGVE_APP_PASSWORD")
    if settings.app_type == "SingleTenant" and not settings.app_tenant_id:
        raise SettingsError("no_app_tenant", "TRYGGVE_APP_TENANT_ID")
    if key_vault.is_reference(secret) and not key_vault.address_of(secret):
        raise SettingsError("bad_reference", "TRYGGVE_APP_PASSWORD")
    _check_files(settings)


def _check_files(settings: Settings) -> None:
    if path := settings.app_password_file:
        try:
            _first_line(path)
        except (OSError, ValueError):
            raise SettingsError("no_secret_file", "TRYGGVE_APP_PASSWORD_FILE", path=path) from None
    if settings.app_certificate:
        try:
            certificate.read(settings.app_certificate, settings.app_certificate_key)
        except certificate.Flawed as wrong:
            name = "TRYGGVE_APP_CERTIFICATE"
            if wrong.path == settings.app_certificate_key:
                name = "TRYGGVE_APP_CERTIFICATE_KEY"
            raise SettingsError(wrong.flaw, name, path=wrong.path) from None


def expires(settings: Settings) -> date | None:
    """The last day that what proves us is good for; None when nobody has said.

    A certificate says it itself.
    """
    if settings.app_certificate and not settings.demo:
        try:
            return certificate.read(settings.app_certificate, settings.app_certificate_key).last_day
        except certificate.Flawed:
            return None
    return settings.secret_expires or None


def _ask_entra(app: msal.ConfidentialClientApplication) -> str:
    told: dict[str, Any] = app.acquire_token_for_client(scopes=[f"{RESOURCE}/.default"])
    if "access_token" not in told:
        raise refusal(told)
    return str(told["access_token"])


def _first_line(path: str) -> str:
    """The secret in the file: editors end it with a line end, which is no part of it."""
    secret = Path(path).read_text("utf-8-sig").strip()
    if not secret:
        raise ValueError("empty")
    return secret
