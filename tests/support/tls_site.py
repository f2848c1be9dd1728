"""An https address on this machine, with certificates good and bad from issuers of our own."""

import ssl
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Certificate:
    """A certificate, and the key that belongs to it."""

    made: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        return self.made.public_bytes(Encoding.PEM)

    def issues(
        self, name: str, *, days: float = 90, since: float = 30, issuer: bool = False
    ) -> "Certificate":
        """A certificate for a host, or for an issuer below this one. `since` is days ago."""
        return _certificate(name, self, days=days, since=since, issuer=issuer)


def root(name: str = "Testets utgivare") -> Certificate:
    return _certificate(name, None, days=900, issuer=True)


def self_signed(name: str) -> Certificate:
    return _certificate(name, None, days=90, issuer=False)


def _certificate(
    name: str, by: Certificate | None, *, days: float, since: float = 30, issuer: bool
) -> Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    building = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.made.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=since))
        .not_valid_after(now + timedelta(days=days, hours=1))
        .add_extension(x509.BasicConstraints(ca=issuer, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    )
    return Certificate(building.sign(by.key if by else key, hashes.SHA256()), key)


@dataclass(frozen=True)
class Issuers:
    """An issuer that "everybody" trusts, and its file; below it, one that servers must show."""

    folder: Path
    top: Certificate
    middle: Certificate

    @classmethod
    def make(cls, folder: Path) -> "Issuers":
        top = root()
        (folder / "roots.pem").write_bytes(top.pem)
        return cls(folder, top, top.issues("Testets mellanled", issuer=True))

    @property
    def roots(self) -> str:
        return str(self.folder / "roots.pem")

    def serving(self, *chain: Certificate) -> ssl.SSLContext:
        """What a server needs to show this chain, its own certificate first."""
        file = self.folder / "served.pem"
        secret = PrivateFormat.PKCS8
        key = chain[0].key.private_bytes(Encoding.PEM, secret, NoEncryption())
        file.write_bytes(key + b"".join(one.pem for one in chain))
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(file)
        return context


@contextmanager
def plain_spoken(context: ssl.SSLContext) -> Iterator[int]:
    """A server that says aloud why it does not shake hands, as proxies do: asyncio's closes the
    line without a word. It answers nothing else. Gives the port."""

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            try:
                with context.wrap_socket(self.request, server_side=True) as secured:
                    secured.recv(1)
            except OSError:
                return  # what was odd has been said

    with ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@asynccontextmanager
async def https_site(
    routes: Sequence[web.RouteDef], context: ssl.SSLContext | None
) -> AsyncIterator[int]:
    """Serves the routes on localhost; without a context in plain http. Gives the port."""
    app = web.Application()
    app.add_routes(routes)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
