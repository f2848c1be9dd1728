"""A certificate in place of a secret: what proves the bot, and what is wrong with the rest."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from bot.login.faults import LoginFault
from bot.network import Network
from bot.settings import Settings, SettingsError
from bot.teams import credentials, own_token
from dialogs.conversation.texts import text
from tests.bot.teams.conftest import BOT, ask
from tests.support.authority import Key, bots_certificate, self_signed
from tests.support.microsoft import Microsoft
from tests.support.proxy import Proxy

pytestmark = pytest.mark.usefixtures("no_way_of_this_machine")


def test_a_certificate_is_shown_instead_of_a_secret(
    proxy: Proxy, microsoft: Microsoft, tmp_path: Path
) -> None:
    file = bots_certificate(tmp_path / "bot.pem", timedelta(days=90))
    network = Network(str(proxy.authority.file))

    assert ask(network, app_password="", app_certificate=str(file)) == "token 1"
    assert "client_secret" not in microsoft.shown[0]
    assert microsoft.shown[0]["client_assertion"].count(".") == 2


def key_pem(key: Key, password: bytes = b"") -> bytes:
    lock = BestAvailableEncryption(password) if password else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)


def pfx(folder: Path) -> Path:
    key, certificate = self_signed("Tryggve", timedelta(days=9), rsa=True)
    packed = pkcs12.serialize_key_and_certificates(b"bot", key, certificate, None, NoEncryption())
    (folder / "bot.pfx").write_bytes(packed)
    return folder / "bot.pfx"


def locked(folder: Path) -> Path:
    key, certificate = self_signed("Tryggve", timedelta(days=9), rsa=True)
    file = folder / "bot.pem"
    file.write_bytes(key_pem(key, b"hemligt") + certificate.public_bytes(Encoding.PEM))
    return file


def of_the_wrong_kind(folder: Path) -> Path:
    key, certificate = self_signed("Tryggve", timedelta(days=9))
    (folder / "bot.pem").write_bytes(key_pem(key) + certificate.public_bytes(Encoding.PEM))
    return folder / "bot.pem"


def strangers(folder: Path) -> Path:
    key, _ = self_signed("Tryggve", timedelta(days=9), rsa=True)
    _, other = self_signed("Tryggve", timedelta(days=9), rsa=True)
    (folder / "bot.pem").write_bytes(key_pem(key) + other.public_bytes(Encoding.PEM))
    return folder / "bot.pem"


def key_alone(folder: Path) -> Path:
    key, _ = self_signed("Tryggve", timedelta(days=9), rsa=True)
    (folder / "bot.pem").write_bytes(key_pem(key))
    return folder / "bot.pem"


def certificate_alone(folder: Path) -> Path:
    _, certificate = self_signed("Tryggve", timedelta(days=9), rsa=True)
    (folder / "bot.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    return folder / "bot.pem"


def empty(folder: Path) -> Path:
    (folder / "bot.pem").write_bytes(b"")
    return folder / "bot.pem"


@pytest.mark.parametrize(
    ("make", "line"),
    [
        (pfx, "är inte i PEM-format. Gör om en PFX-fil så här: openssl pkcs12"),
        (locked, "har lösenord. Ta bort det: openssl pkey"),
        (of_the_wrong_kind, "är inte av sorten RSA"),
        (strangers, "hör inte ihop med nyckeln"),
        (key_alone, "finns inget certifikat i PEM-format"),
        (certificate_alone, "finns ingen privat nyckel"),
        (empty, "finns ingen privat nyckel"),
        (lambda folder: folder, "finns inte. Rätta sökvägen."),
        (lambda folder: folder / "bort.pem", "finns inte. Rätta sökvägen."),
    ],
)
def test_a_certificate_that_proves_nothing_is_told_with_its_cure(
    tmp_path: Path, make: Callable[[Path], Path], line: str
) -> None:
    path = str(make(tmp_path))
    with pytest.raises(SettingsError) as raised:
        credentials.check(Settings(**BOT | {"app_password": "", "app_certificate": path}))

    said = text(raised.value.key, **raised.value.values)
    assert said.startswith("TRYGGVE_APP_CERTIFICATE: ")
    assert path in said
    assert line in said


def test_the_file_of_the_key_is_named_when_it_is_that_one(tmp_path: Path) -> None:
    files = {"app_certificate": str(certificate_alone(tmp_path)), "app_certificate_key": "/bort"}
    with pytest.raises(SettingsError) as raised:
        credentials.check(Settings(**BOT | {"app_password": ""} | files))

    assert (raised.value.fault, raised.value.name) == (
        "certificate_missing", "TRYGGVE_APP_CERTIFICATE_KEY",
    )  # fmt: skip


def test_of_a_chain_the_keys_own_certificate_is_shown(
    proxy: Proxy, microsoft: Microsoft, tmp_path: Path
) -> None:
    file = bots_certificate(tmp_path / "bot.pem", timedelta(days=90))
    _, issuers = self_signed("Utgivaren", timedelta(days=3), rsa=True)
    file.write_bytes(issuers.public_bytes(Encoding.PEM) + file.read_bytes())
    settings = Settings(**BOT | {"app_password": "", "app_certificate": str(file)})

    last = (datetime.now(UTC) + timedelta(days=90)).date()
    assert credentials.expires(settings) == last
    token = credentials.Credentials(settings, Network(str(proxy.authority.file))).ask()
    assert token == "token 1"


def test_a_certificate_that_became_useless_is_no_refusal(proxy: Proxy, tmp_path: Path) -> None:
    file = bots_certificate(tmp_path / "bot.pem", timedelta(days=90))
    settings = Settings(**BOT | {"app_password": "", "app_certificate": str(file)})
    token = own_token.of(settings, Network(str(proxy.authority.file)))
    assert token
    file.write_text("borta", "utf-8")
    with pytest.raises(LoginFault, match="unreadable"):
        token._asks.ask()
