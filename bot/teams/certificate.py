"""The bot's certificate: read from PEM files, and told apart by what is wrong with them."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

_KEY = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----.+?-----END [A-Z ]*PRIVATE KEY-----", re.S)
_PEM = b"-----BEGIN "


class Flaw(StrEnum):
    """What is wrong. The values are keys of `settings`."""

    MISSING = "certificate_missing"
    DENIED = "certificate_denied"
    BINARY = "certificate_binary"
    NO_CERTIFICATE = "certificate_none"
    NO_KEY = "certificate_no_key"
    LOCKED = "certificate_locked"
    NOT_RSA = "certificate_not_rsa"
    NO_PAIR = "certificate_no_pair"


class Flawed(Exception):
    """The bot cannot prove itself with this file."""

    def __init__(self, flaw: Flaw, path: str) -> None:
        super().__init__(flaw, path)
        self.flaw = flaw
        self.path = path


@dataclass(frozen=True)
class Proof:
    """A certificate and its key, in PEM as MSAL wants them, and the last day it is good for."""

    certificate: str
    key: str
    last_day: date


def read(certificate_path: str, key_path: str = "") -> Proof:
    """What these files prove. The key may be in either. Raises Flawed.

    Of a whole chain, in whatever order, the certificate is taken that belongs to the key: that
    is the one which Entra knows.
    """
    key_path = key_path or certificate_path
    pem = _read(certificate_path)
    written, key = _key(_read(key_path), key_path)
    try:
        chain = x509.load_pem_x509_certificates(pem)
    except ValueError:
        raise Flawed(Flaw.NO_CERTIFICATE, certificate_path) from None
    for one in chain:
        if one.public_key() == key.public_key():
            proof = one.public_bytes(Encoding.PEM).decode()
            return Proof(proof, written, one.not_valid_after_utc.date())
    raise Flawed(Flaw.NO_PAIR, certificate_path)


def _read(path: str) -> bytes:
    try:
        content = Path(path).read_bytes()
    except PermissionError:
        raise Flawed(Flaw.DENIED, path) from None
    except (OSError, ValueError):
        raise Flawed(Flaw.MISSING, path) from None
    if content and _PEM not in content and b"\x00" in content:
        raise Flawed(Flaw.BINARY, path)
    return content


def _key(content: bytes, path: str) -> tuple[str, RSAPrivateKey]:
    found = _KEY.search(content)
    if not found:
        raise Flawed(Flaw.NO_KEY, path)
    try:
        key = load_pem_private_key(found[0], None)
    except TypeError:
        raise Flawed(Flaw.LOCKED, path) from None
    except (ValueError, UnsupportedAlgorithm):
        raise Flawed(Flaw.NO_KEY, path) from None
    if not isinstance(key, RSAPrivateKey):
        raise Flawed(Flaw.NOT_RSA, path)
    return found[0].decode(), key
