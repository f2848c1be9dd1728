"""A certificate authority of the tests' own, and the TLS contexts of servers it vouches for."""

import ssl
from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

Key = ec.EllipticCurvePrivateKey | RSAPrivateKey


class Authority:
    """Signs certificates for any host."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._key, self._certificate = self_signed("Kommunens egen proxy", timedelta(days=30))
        self.file = folder / "ca.pem"
        self.file.write_bytes(self._certificate.public_bytes(Encoding.PEM))

    @cache  # noqa: B019 - as long as the test
    def context_for(self, host: str) -> ssl.SSLContext:
        """How a server with this name answers."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.DNSName(host) if not _is_address(host) else x509.IPAddress(ip_address(host))
        signed = (
            _builder(host, timedelta(days=30))
            .issuer_name(self._certificate.subject)
            .public_key(key.public_key())
            .add_extension(x509.SubjectAlternativeName([name]), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), False
            )
            .sign(self._key, hashes.SHA256())
        )
        path = self.folder / f"{host}.pem"
        path.write_bytes(_key_pem(key) + signed.public_bytes(Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


def bots_certificate(path: Path, lasts: timedelta) -> Path:
    """What a bot proves itself with: certificate and key in one file."""
    key, certificate = self_signed("Tryggve", lasts, rsa=True)
    path.write_bytes(_key_pem(key) + certificate.public_bytes(Encoding.PEM))
    return path


def self_signed(name: str, lasts: timedelta, *, rsa: bool = False) -> tuple[Key, x509.Certificate]:
    """A certificate that vouches for itself, and its key; Entra wants RSA."""
    key = generate_private_key(65537, 2048) if rsa else ec.generate_private_key(ec.SECP256R1())
    builder = _builder(name, lasts)
    signed = (
        builder.issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .add_extension(_may_sign(), critical=True)
        .sign(key, hashes.SHA256())
    )
    return key, signed


def _may_sign() -> x509.KeyUsage:
    may = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
         "encipher_only", "decipher_only"), False,
    )  # fmt: skip
    return x509.KeyUsage(digital_signature=True, key_cert_sign=True, crl_sign=True, **may)


def _builder(name: str, lasts: timedelta) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now + lasts)
    )


def _key_pem(key: Key) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _is_address(host: str) -> bool:
    return host.replace(".", "").isdigit()
