"""The organisation's network, and what is behind it: a proxy of the tests' own, and Microsoft."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from bot.network import Network
from bot.settings import Settings
from bot.teams import credentials
from tests.support.authority import Authority
from tests.support.microsoft import VAULT, Microsoft
from tests.support.proxy import Proxy

TENANT = "7d1c5f0e-3b52-4a86-9f1d-2c6e8a40b917"
REFERENCE = f"@Microsoft.KeyVault(SecretUri=https://{VAULT}/secrets/tryggve)"
BOT: dict[str, Any] = {
    "app_id": "3f0e7b52-91c4-4d38-8a6f-5be2c07d1946",
    "app_password": "rätt",
    "app_tenant_id": TENANT,
    "tenants": {TENANT: "0780"},
}


def ask(network: Network, **changed: Any) -> str:
    """A token for a bot with these settings."""
    return credentials.Credentials(Settings(**BOT | changed), network).ask()


@pytest.fixture
def no_way_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE",
                 "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "IDENTITY_ENDPOINT"):  # fmt: skip
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def microsoft() -> Microsoft:
    return Microsoft()


@pytest.fixture
def proxy(
    tmp_path: Path,
    microsoft: Microsoft,
    monkeypatch: pytest.MonkeyPatch,
    no_way_of_this_machine: None,
) -> Iterator[Proxy]:
    """The only way out, by certificates that only the organisation trusts."""
    with Proxy(Authority(tmp_path), microsoft) as running:
        monkeypatch.setenv("HTTPS_PROXY", running.url)
        yield running


@pytest.fixture
def identity(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The endpoint of App Service and Container Apps that hands out this machine's own tokens."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"access_token": "mine", "expires_on": "4102444800"}')

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing on the console."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    monkeypatch.setenv("IDENTITY_ENDPOINT", f"http://127.0.0.1:{server.server_address[1]}/msi")
    monkeypatch.setenv("IDENTITY_HEADER", "x")
    yield asked
    server.shutdown()
    server.server_close()
