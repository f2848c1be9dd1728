"""The proxy of an organisation: takes CONNECT, opens the TLS, and answers for the whole world.

Behind it is no internet but `answers`: by host and path, what a server there would say.
"""

import json
import socket
import ssl
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import urlsplit

from tests.support.authority import Authority

Answer = tuple[int, Any]


class Proxy:
    """`url` goes into HTTPS_PROXY. `asked` is what was asked through it, `refuses` is a status."""

    def __init__(self, authority: Authority, answers: Callable[[str, str, str], Answer]) -> None:
        self.authority = authority
        self.answers = answers
        self.asked: list[str] = []
        self.connected: list[str] = []
        self.refuses = 0
        self.date: str | None = None
        self.url = ""
        self._server: ThreadingHTTPServer | None = None

    def __enter__(self) -> Self:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_CONNECT(self) -> None:
                outer.connected.append(self.path)
                self.close_connection = True
                self.send_response(outer.refuses or 200)
                self.end_headers()
                if not outer.refuses:
                    outer._behind(self.connection, self.path.partition(":")[0])

            def log_message(self, format: str, *args: Any) -> None:
                """Nothing on the console."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._server
        self._server.shutdown()
        self._server.server_close()

    def _behind(self, connection: socket.socket, host: str) -> None:
        """Be this host, for as long as the connection lasts."""
        context = self.authority.context_for(host)
        try:
            with context.wrap_socket(connection, server_side=True) as secure:
                _World(self, host).handle_on(secure)
        except (ssl.SSLError, OSError):
            return  # whoever asked does not trust us


class _World:
    def __init__(self, proxy: Proxy, host: str) -> None:
        self.proxy = proxy
        self.host = host

    def handle_on(self, secure: ssl.SSLSocket) -> None:
        world = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                world._answer(self)

            do_POST = do_PUT = do_DELETE = do_HEAD = do_GET

            def date_time_string(self, timestamp: float | None = None) -> str:
                return world.proxy.date or super().date_time_string(timestamp)

            def log_message(self, format: str, *args: Any) -> None:
                """Nothing on the console."""

        Handler(secure, ("", 0), None)  # type: ignore[arg-type]

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        sent = request.rfile.read(int(request.headers.get("Content-Length") or 0)).decode()
        path = urlsplit(request.path).path
        self.proxy.asked.append(f"{self.host}{path}")
        status, content = self.proxy.answers(self.host, path, sent)
        body = content.encode() if isinstance(content, str) else json.dumps(content).encode()
        request.send_response(status)
        request.send_header("Content-Type", "application/json; charset=utf-8")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        if request.command != "HEAD":
            request.wfile.write(body)
