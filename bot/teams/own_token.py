"""The bot's own token: what it shows Teams when it speaks."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import msal
import requests
import structlog
from botbuilder.integration.aiohttp import ConfigurationServiceClientCredentialFactory
from botframework.connector.auth import (
    AuthenticationConstants,
    MicrosoftAppCredentials,
    ServiceClientCredentialsFactory,
)

from bot.settings import Settings

SCOPE: str = AuthenticationConstants.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE
LOGIN_URL: str = AuthenticationConstants.TO_CHANNEL_FROM_BOT_LOGIN_URL_PREFIX

EVERY = 60.0
"""How often, in seconds, to see whether the token must be renewed."""

Verdict = Callable[[bool], None]
"""Told when Entra has given a new token, and when it has failed to for minutes."""

_FAILURES = 3
"""So many in a row, a minute apart, are no hiccup of the network."""

LARGEST_ANSWER = 512 * 1024

log = structlog.get_logger()


class ShortAnswers(requests.Session):
    """What MSAL asks with: reads no more of an answer than any token takes, and then fails."""

    def send(self, request: requests.PreparedRequest, **how: Any) -> requests.Response:
        response = super().send(request, **how | {"stream": True})
        with response:
            body = response.raw.read(LARGEST_ANSWER + 1, decode_content=True)
            if len(body) > LARGEST_ANSWER:
                raise requests.exceptions.ContentDecodingError("too large an answer")
        response._content = body
        return response


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
        self._failures = 0

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

    async def refresh(self, on_verdict: Verdict) -> None:
        """Ask for a token. MSAL answers from memory until five minutes remain."""
        before = self._token
        try:
            await self._fetch()
            if self._token != before or self._failures >= _FAILURES:
                on_verdict(True)
            self._failures = 0
        except Exception as error:  # the kept token may still do; the next minute will tell
            log.warning("token_not_fetched", exc_info=error)
            self._failures += 1
            if self._failures >= _FAILURES:
                on_verdict(False)

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
        self._token = await asyncio.to_thread(ask_briefly, self._credentials)
        return self._token


def ask_briefly(credentials: Any) -> str:
    """A token by the SDK's credentials. The SDK gives those with a secret no limited client."""
    if isinstance(credentials, MicrosoftAppCredentials) and credentials.app is None:
        credentials.app = msal.ConfidentialClientApplication(
            client_id=credentials.microsoft_app_id,
            client_credential=credentials.microsoft_app_password,
            authority=credentials.oauth_endpoint,
            http_client=ShortAnswers(),
        )
    token: str = credentials.get_access_token()
    return token


def of(settings: Settings) -> KeptToken | None:
    """How the bot proves who it is; nothing in the demo, where nobody asks."""
    if settings.demo:
        return None
    return KeptToken.from_entra(
        settings.app_id,
        settings.app_password.get_secret_value(),
        settings.app_type,
        settings.app_tenant_id,
    )
