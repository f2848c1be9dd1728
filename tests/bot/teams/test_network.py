"""Whatever asks outside goes through the organisation's proxy and trusts its certificates."""

import asyncio
import ssl

import pytest

from bot.login.faults import LoginFault
from bot.network import Network
from bot.settings import Settings, SettingsError
from bot.teams import credentials
from bot.teams.auth import HostAllowList
from bot.teams.connector import Connector
from bot.teams.signing_keys import KeyCache
from bot.web.law_texts import reader_of
from knowledge.delivery.messenger import Outcome
from tests.bot.teams.conftest import BOT, REFERENCE, ask
from tests.support.microsoft import KEYS, LAWS, LOGIN, TEAMS, VAULT, Microsoft
from tests.support.proxy import Proxy

pytestmark = pytest.mark.usefixtures("no_way_of_this_machine")


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


async def test_login_keys_laws_and_vault_are_told_of_nobody(
    proxy: Proxy, microsoft: Microsoft, identity: list[str]
) -> None:
    """Only who the bot is, and which law: what they are asked has no place for anybody else."""
    network = Network(str(proxy.authority.file))
    await everything(network)
    await asyncio.to_thread(lambda: ask(network, app_password=REFERENCE))
    assert identity

    shown = {name for form in microsoft.shown for name in form}
    assert {"client_id", "client_secret", "grant_type", "scope"} <= shown
    assert {one for one in shown if not one.startswith(("client_", "x-"))} == {
        "grant_type",
        "scope",
    }
    asked = {one for one in proxy.asked if TEAMS not in one and LOGIN not in one}
    assert {one.partition("?")[0] for one in asked} <= {
        f"{KEYS}/v1/.well-known/openidconfiguration",
        f"{KEYS}/v1/.well-known/keys",
        f"{LAWS}/dokument/sfs-2023-196.text",
        f"{VAULT}/secrets/tryggve",
    }


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


@pytest.mark.parametrize(("status", "name"), [(407, "proxy_login"), (403, "proxy"), (502, "proxy")])
async def test_a_proxy_that_refuses_is_no_refused_secret(
    proxy: Proxy, status: int, name: str
) -> None:
    proxy.refuses = status
    token, _, sent, _ = await everything(Network(str(proxy.authority.file)))

    assert isinstance(token, LoginFault)
    assert (token.name, token.is_refusal) == (name, False)
    assert sent.outcome is Outcome.RETRY  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("way_out", "name"),
    [
        ("http://proxy.invalid:8080", "proxy_gone"),
        ("http://127.0.0.1:1", "proxy_gone"),
        ("", "dns"),
    ],
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


def test_certificates_that_cannot_be_read_are_named() -> None:
    for path in ("/saknas.pem", __file__):
        with pytest.raises(SettingsError, match="bad_ca_file"):
            assert isinstance(Network(path).tls, ssl.SSLContext)
