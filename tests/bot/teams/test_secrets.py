"""What the bot proves itself with: a secret, this machine's identity, or what lies in a vault."""

from pathlib import Path
from typing import Any

import pytest

from bot.login.faults import Kind, LoginFault
from bot.login.words import as_refusal
from bot.network import Network
from bot.settings import Settings, SettingsError
from bot.teams import credentials, own_token
from dialogs.conversation.texts import text
from tests.bot.teams.conftest import BOT, REFERENCE, ask
from tests.support.microsoft import VAULT, Microsoft
from tests.support.proxy import Proxy

pytestmark = pytest.mark.usefixtures("no_way_of_this_machine")


def told(fault: LoginFault) -> str:
    refusal = as_refusal(fault)
    return text(refusal.key, **refusal.values)


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
    ("status", "says", "name"),
    [
        (403, {}, "vault_denied"),
        (403, {"error": {"innererror": {"code": "ForbiddenByRbac"}}}, "vault_denied"),
        (403, {"error": {"innererror": {"code": "ForbiddenByFirewall"}}}, "vault_closed"),
        (403, {"error": {"innerError": {"code": "SecretDisabled"}}}, "vault_disabled"),
        (403, {"error": "nej"}, "vault_denied"),
        (403, "<html>Spärrat</html>", "vault_denied"),
        (401, {}, "vault_foreign"),
        (404, {}, "vault_missing"),
        (500, {}, "http_500"),
        (200, "<html>Logga in på nätet</html>", "garbled"),
        (200, {"värde": "rätt"}, "garbled"),
    ],
)
def test_a_vault_that_does_not_give_the_secret(
    proxy: Proxy, microsoft: Microsoft, identity: list[str], status: int, says: Any, name: str
) -> None:
    microsoft.vault_status, microsoft.vault_says = status, says
    with pytest.raises(LoginFault) as raised:
        ask(Network(str(proxy.authority.file)), app_password=REFERENCE)
    assert (raised.value.name, raised.value.is_refusal) == (name, False)
    assert raised.value.host == VAULT


def test_a_vault_out_of_reach_is_named_and_not_the_login(
    identity: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "")
    with pytest.raises(LoginFault) as raised:
        ask(Network(), app_password=REFERENCE)

    assert raised.value.name == "dns"
    assert f"Namnet {VAULT} går inte att slå upp" in told(raised.value)


def test_a_line_end_in_the_vault_is_no_part_of_the_secret(
    proxy: Proxy, microsoft: Microsoft, identity: list[str]
) -> None:
    microsoft.vault_secret = "rätt\n"

    assert ask(Network(str(proxy.authority.file)), app_password=REFERENCE) == "token 1"


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"app_password": ""}, "no_secret"),
        ({"app_password_file": "x"}, "two_secrets"),
        ({"app_tenant_id": ""}, "no_app_tenant"),
        ({"app_password": "", "app_password_file": "/saknas"}, "no_secret_file"),
        ({"app_password": "", "app_certificate": "/saknas"}, "certificate_missing"),
        ({"app_password": "", "app_certificate": __file__}, "certificate_no_key"),
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


@pytest.mark.parametrize("code", [90033, 90055, 50196])
def test_a_bad_moment_of_entras_is_no_refusal(
    proxy: Proxy, microsoft: Microsoft, code: int
) -> None:
    microsoft.refusal = code
    with pytest.raises(LoginFault) as raised:
        ask(Network(str(proxy.authority.file)), app_password="fel")

    assert (raised.value.name, raised.value.is_refusal) == (f"AADSTS{code}", False)
    assert "kan inte svara just nu" in told(raised.value)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_nor_is_an_answer_that_is_none(proxy: Proxy, microsoft: Microsoft, status: int) -> None:
    answers = microsoft.__call__

    def overloaded(host: str, path: str, sent: str) -> tuple[int, Any]:
        if path.endswith("/token"):
            return status, {"error": "temporarily_unavailable"}
        return answers(host, path, sent)

    proxy.answers = overloaded
    with pytest.raises(LoginFault) as raised:
        ask(Network(str(proxy.authority.file)))
    assert (raised.value.kind, raised.value.is_refusal) == (Kind.BUSY, False)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.REFUSED])
def test_what_is_on_the_way_never_asks_for_a_new_secret(kind: Kind) -> None:
    said = told(LoginFault(kind, host="host.example"))

    assert not [word for word in ("byt hemlighet", "ny hemlighet", "ny i app") if word in said]
    assert said.endswith(".")


@pytest.mark.parametrize("code", ["AADSTS7000215", "AADSTS700027", "AADSTS123456", "invalid_scope"])
def test_what_entra_refuses_keeps_its_code_in_the_sentence(code: str) -> None:
    assert f"({code})" in told(LoginFault(Kind.REFUSED, code))
