"""Whatever asks outside goes through the organisation's proxy and trusts its certificates."""

import asyncio
import ssl
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from bot.login_faults import LoginFault
from bot.network import Network
from bot.settings import Settings, SettingsError
from bot.teams import credentials, own_token
from bot.teams.auth import HostAllowList
from bot.teams.connector import Connector
from bot.teams.signing_keys import KeyCache
from bot.web.law_texts import reader_of
from knowledge.delivery.messenger import Outcome
from tests.support.authority import Authority, bots_certificate
from tests.support.microsoft import KEYS, LAWS, LOGIN, TEAMS, VAULT, Microsoft
from tests.support.proxy import Proxy

TENANT = "7d1c5f0e-3b52-4a86-9f1d-2c6e8a40b917"
REFERENCE = f"@Microsoft.KeyVault(SecretUri=https://{VAULT}/secrets/tryggve)"
BOT: dict[str, Any] = {
    "app_id": "3f0e7b52-91c4-4d38-8a6f-5be2c07d1946",
    "app_password": "rätt",
    "app_tenant_id": TENANT,
    "tenants": {TENANT: "0780"},
}


@pytest.fixture(autouse=True)
def no_way_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE",
                 "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "IDENTITY_ENDPOINT"):  # fmt: skip
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def microsoft() -> Microsoft:
    return Microsoft()


@pytest.fixture
def proxy(tmp_path: Path, microsoft: Microsoft, monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
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


def ask(network: Network, **changed: Any) -> str:
    """A token for a bot with these settings."""
    return credentials.Credentials(Settings(**BOT | changed), network).ask()


async def everything(network: Network) -> list[object]:
    """Ask for a token, the keys, Teams and a law; whatever comes of it."""
    settings = Settings(**BOT, laws_url=f"https://{LAWS}/dokument")
    connector = Connector(HostAllowList([TEAMS]), None, network=network)
    asked = await asyncio.gather(
        asyncio.to_thread(ask, network),
        KeyCache(network=network).refresh(),
        connector.post(f"https://{TEAMS}/emea/", "19:a", {"type": "message"}),
        reader_of(settings, network)("2023:196"),
        return_exceptions=True,
    )
    await connector.close()
    return [*asked]


async def test_everything_goes_through_the_proxy(proxy: Proxy, identity: list[str]) -> None:
    network = Network(str(proxy.authority.file))
    token, _, sent, law = await everything(network)
    from_vault = await asyncio.to_thread(lambda: ask(network, app_password=REFERENCE))

    assert (token, from_vault) == ("token 1", "token 2")
    assert sent.outcome is Outcome.SENT  # type: ignore[attr-defined]
    assert "lagen" in str(law)
    assert {one.partition(":")[0] for one in proxy.connected} == {LOGIN, KEYS, TEAMS, LAWS, VAULT}
    assert len(identity) == 1  # asked on this machine, and not through the proxy


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
async def test_the_usual_names_for_certificates_do_too(
    proxy: Proxy, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, str(proxy.authority.file))

    token, _, sent, _ = await everything(Network())
    assert token == "token 1"
    assert sent.outcome is Outcome.SENT  # type: ignore[attr-defined]
    assert f"{KEYS}/v1/.well-known/keys" in proxy.asked


async def test_a_proxy_may_have_a_short_name_and_no_scheme(
    proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy.url.replace("http://127.0.0.1", "localhost"))
    token, _, sent, law = await everything(Network(str(proxy.authority.file)))

    assert token == "token 1"
    assert sent.outcome is Outcome.SENT  # type: ignore[attr-defined]
    assert "lagen" in str(law)


async def test_a_proxy_that_nobody_vouches_for_hears_nothing(proxy: Proxy) -> None:
    token, _, sent, law = await everything(Network())

    assert isinstance(token, LoginFault)
    assert token.name == "tls"
    assert sent.outcome is Outcome.RETRY  # type: ignore[attr-defined]
    assert isinstance(law, Exception)
    assert proxy.asked == []


async def test_no_proxy_is_honoured(proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    hosts = f"{LOGIN},.botframework.com,{TEAMS},{LAWS}"
    monkeypatch.setenv("NO_PROXY", hosts)
    network = Network(str(proxy.authority.file))

    assert [network.proxy(f"https://{host}/x") for host in (LOGIN, KEYS, TEAMS)] == [None] * 3
    assert network.proxy(f"https://{VAULT}/x") == proxy.url
    token, *_ = await everything(network)
    assert isinstance(token, LoginFault)
    assert proxy.connected == []


@pytest.mark.parametrize(
    ("environment", "url", "expected"),
    [
        ({"HTTPS_PROXY": "proxy.kommun.example:8080"}, "https://a.se/", "http://proxy.kommun.example:8080"),
        ({"https_proxy": "http://u:p@p:1"}, "https://a.se/", "http://u:p@p:1"),
        ({"ALL_PROXY": "http://p:1"}, "https://a.se/", "http://p:1"),
        ({"HTTPS_PROXY": "proxy:8080"}, "https://a.se/", "http://proxy:8080"),
        ({"HTTPS_PROXY": " http://p:1 "}, "https://a.se/", "http://p:1"),
        ({"HTTPS_PROXY": "  "}, "https://a.se/", None),
        ({"HTTP_PROXY": "http://p:1"}, "https://a.se/", None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "*"}, "https://a.se/", None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "10.0.0.0/8"}, "https://10.1.2.3/", None),
        ({"HTTPS_PROXY": "http://p:1", "NO_PROXY": "b.se"}, "https://a.se/", "http://p:1"),
        ({"HTTP_PROXY": "http://p:1"}, "http://127.0.0.1:3978/", None),
        ({"HTTP_PROXY": "http://p:1"}, "http://localhost:3978/", None),
        ({}, "https://a.se/", None),
    ],
)  # fmt: skip
def test_which_proxy(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], url: str, expected: str | None
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert Network().proxy(url) == expected


@pytest.mark.parametrize("status", [407, 403, 502])
async def test_a_proxy_that_refuses_is_no_refused_secret(proxy: Proxy, status: int) -> None:
    proxy.refuses = status
    token, _, sent, _ = await everything(Network(str(proxy.authority.file)))

    assert isinstance(token, LoginFault)
    assert (token.name, token.is_refusal) == ("proxy", False)
    assert sent.outcome is Outcome.RETRY  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("way_out", "name"),
    [("http://proxy.invalid:8080", "proxy"), ("http://127.0.0.1:1", "proxy"), ("", "dns")],
)
def test_a_way_out_that_is_not_there(
    monkeypatch: pytest.MonkeyPatch, way_out: str, name: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", way_out)
    monkeypatch.setattr(credentials, "LOGIN", "https://login.invalid")
    with pytest.raises(LoginFault) as raised:
        ask(Network())
    assert (raised.value.name, raised.value.is_refusal) == (name, False)


@pytest.mark.parametrize("code", [7000215, 7000222, 700016, 7000112])
def test_a_refusal_keeps_its_code(proxy: Proxy, microsoft: Microsoft, code: int) -> None:
    microsoft.refusal = code
    with pytest.raises(LoginFault) as raised:
        ask(Network(str(proxy.authority.file)), app_password="fel")
    assert (raised.value.code, raised.value.is_refusal) == (f"AADSTS{code}", True)


def test_a_tenant_that_is_not_there_keeps_its_code_too(proxy: Proxy, microsoft: Microsoft) -> None:
    microsoft.no_tenant = True
    with pytest.raises(LoginFault, match="AADSTS90002"):
        ask(Network(str(proxy.authority.file)))


def test_a_page_in_place_of_an_answer_is_no_refusal(proxy: Proxy) -> None:
    proxy.answers = lambda host, path, sent: (200, "<html>Logga in i nätet</html>")
    with pytest.raises(LoginFault) as raised:
        ask(Network(str(proxy.authority.file)))
    assert raised.value.name == "garbled"


async def test_a_new_secret_in_the_file_is_used_without_a_restart(
    proxy: Proxy, tmp_path: Path
) -> None:
    file = tmp_path / "secret"
    file.write_text("gammal\n", "utf-8")
    settings = Settings(**BOT | {"app_password": "", "app_password_file": str(file)})
    token = own_token.of(settings, Network(str(proxy.authority.file)))
    assert token
    with pytest.raises(LoginFault):
        await token.get()
    assert token.trouble
    assert token.trouble.name == "AADSTS7000215"

    file.write_text("rätt\n", "utf-8")
    assert await token.get() == "token 1"
    assert token.trouble is None


def test_a_certificate_is_shown_instead_of_a_secret(
    proxy: Proxy, microsoft: Microsoft, tmp_path: Path
) -> None:
    file = bots_certificate(tmp_path / "bot.pem", timedelta(days=90))
    network = Network(str(proxy.authority.file))

    assert ask(network, app_password="", app_certificate=str(file)) == "token 1"
    assert "client_secret" not in microsoft.shown[0]
    assert microsoft.shown[0]["client_assertion"].count(".") == 2


def test_a_managed_identity_needs_neither_secret_nor_proxy(
    proxy: Proxy, identity: list[str]
) -> None:
    assert ask(Network(), app_password="", app_type="UserAssignedMSI") == "mine"
    assert proxy.connected == []
    assert BOT["app_id"] in identity[0]


def test_a_machine_without_an_identity_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IDENTITY_ENDPOINT", "http://127.0.0.1:1/msi")
    monkeypatch.setenv("IDENTITY_HEADER", "x")
    with pytest.raises(LoginFault, match="no_identity"):
        ask(Network(), app_type="UserAssignedMSI")


@pytest.mark.parametrize(
    ("status", "name"),
    [(403, "vault_denied"), (401, "vault_denied"), (404, "vault_missing"), (500, "http_500")],
)
def test_a_vault_that_does_not_give_the_secret(
    proxy: Proxy, microsoft: Microsoft, identity: list[str], status: int, name: str
) -> None:
    microsoft.vault_status = status
    with pytest.raises(LoginFault) as raised:
        ask(Network(str(proxy.authority.file)), app_password=REFERENCE)
    assert (raised.value.name, raised.value.is_refusal) == (name, False)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"app_password": ""}, "no_secret"),
        ({"app_password_file": "x"}, "two_secrets"),
        ({"app_tenant_id": ""}, "no_app_tenant"),
        ({"app_password": "", "app_password_file": "/saknas"}, "no_secret_file"),
        ({"app_password": "", "app_certificate": "/saknas"}, "bad_certificate"),
        ({"app_password": "", "app_certificate": __file__}, "bad_certificate"),
        ({"app_password": "@keyvault:hemligt"}, "bad_reference"),
        ({"app_password": "@Microsoft.KeyVault(SecretUri=https://evil.example/secrets/a)"},
         "bad_reference"),
        ({"app_password": "@Microsoft.KeyVault(SecretUri=https://evil.example/.vault.azure.net/secrets/a)"},
         "bad_reference"),
        ({"app_password": "@Microsoft.KeyVault(VaultName=a.evil;SecretName=b)"}, "bad_reference"),
        ({"app_password": "@Microsoft.KeyVault(VaultName=kommunens-valv;SecretName=b)"}, ""),
        ({"app_password": REFERENCE}, ""),
        ({"app_password": "", "app_type": "UserAssignedMSI"}, ""),
        ({"app_tenant_id": "", "app_type": "MultiTenant"}, ""),
    ],
)  # fmt: skip
def test_what_the_bot_must_have_to_prove_itself(changed: dict[str, Any], fault: str) -> None:
    if not fault:
        return credentials.check(Settings(**BOT | changed))
    with pytest.raises(SettingsError) as raised:
        credentials.check(Settings(**BOT | changed))
    return None if raised.value.fault == fault else pytest.fail(raised.value.fault)


def test_certificates_that_cannot_be_read_are_named() -> None:
    for path in ("/saknas.pem", __file__):
        with pytest.raises(SettingsError, match="bad_ca_file"):
            assert isinstance(Network(path).tls, ssl.SSLContext)
