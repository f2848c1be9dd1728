"""An OpenID issuer on this machine, with its own keys, in a thread of its own.

The thread matters: a key fetch that blocks the bot's event loop would otherwise wait for ever.
"""

import base64
import gzip
import hmac
import json
import threading
import time
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm

ISSUER = "https://api.botframework.com"
APP_ID = "11111111-2222-3333-4444-555555555555"
MINUTE = 60


@cache
def signing_key(name: str) -> rsa.RSAPrivateKey:
    """The same name is the same key for the whole test run: making one takes a while."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


class Issuer:
    """Publishes keys and signs tokens. `kid` is the key now in use."""

    def __init__(self) -> None:
        self.kid = "first"
        self.endorsements = ["msteams"]
        self.published = ["first"]
        self.mode = "ok"
        """ok, down (503), html, flood (a page of 2 MB) or bomb (one that unpacks to 50)."""
        self.delay = 0.0
        self.date: str | None = None
        """What time it is there, if it is another than here."""
        self.requests: list[str] = []
        self.metadata_url = ""
        self._server: ThreadingHTTPServer | None = None

    def __enter__(self) -> Self:
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                issuer._answer(self)

            def date_time_string(self, timestamp: float | None = None) -> str:
                return issuer.date or super().date_time_string(timestamp)

            def log_message(self, format: str, *args: Any) -> None:
                """Nothing on the console."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        address = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.metadata_url = f"{address}/.well-known/openidconfiguration"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.shutdown()
        self._server.server_close()

    def rotate(self, kid: str) -> None:
        """Sign with another key from now on, and publish that one only."""
        self.kid = kid
        self.published = [kid]

    def token(
        self,
        *,
        kid: str | None = "",
        key: Any = None,
        alg: str = "RS256",
        without: tuple[str, ...] = (),
        **claims: Any,
    ) -> str:
        """A token for the bot, good unless told otherwise. `kid=None` leaves the key id out."""
        now = int(time.time())
        content = {
            "iss": ISSUER,
            "aud": APP_ID,
            "nbf": now - MINUTE,
            "exp": now + 60 * MINUTE,
            "serviceurl": "",
        }
        content.update(claims)
        chosen = self.kid if kid == "" else kid
        return jwt.encode(
            {name: value for name, value in content.items() if name not in without},
            signing_key(self.kid) if key is None else key,
            algorithm=alg,
            headers={"kid": chosen} if chosen else {},
        )

    def token_signed_with_the_public_key(self, **claims: Any) -> str:
        """HS256 with the published key as its secret. PyJWT will not make one, so by hand."""
        public_key = signing_key(self.kid).public_key()
        secret = public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        _, payload, _ = self.token(**claims).split(".")
        header = _base64(json.dumps({"alg": "HS256", "typ": "JWT", "kid": self.kid}).encode())
        signature = hmac.digest(secret, f"{header}.{payload}".encode(), "sha256")
        return f"{header}.{payload}.{_base64(signature)}"

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        self.requests.append(request.path)
        time.sleep(self.delay)
        body = gzip.compress(b" " * 50_000_000) if self.mode == "bomb" else self._body(request)
        try:
            request.send_response(503 if self.mode == "down" else 200)
            request.send_header(
                "Content-Type", "text/html" if body[:1] == b"<" else "application/json"
            )
            request.send_header("Content-Length", str(len(body)))
            if self.mode == "bomb":
                request.send_header("Content-Encoding", "gzip")
            request.end_headers()
            request.wfile.write(body)
        except OSError:
            return  # the bot did not wait for the answer

    def _body(self, request: BaseHTTPRequestHandler) -> bytes:
        if self.mode == "flood":
            return b" " * 2_000_000
        if self.mode != "ok":
            return b"<html><body>Something else</body></html>"
        if request.path != "/keys":
            keys_url = self.metadata_url.replace("/.well-known/openidconfiguration", "/keys")
            return json.dumps({"issuer": ISSUER, "jwks_uri": keys_url}).encode()
        return json.dumps({"keys": [self._jwk(kid) for kid in self.published]}).encode()

    def _jwk(self, kid: str) -> dict[str, Any]:
        jwk = RSAAlgorithm.to_jwk(signing_key(kid).public_key(), as_dict=True)
        return {**jwk, "kid": kid, "use": "sig", "endorsements": self.endorsements}
