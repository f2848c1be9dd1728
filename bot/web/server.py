"""The HTTP server under everything: how long it waits for a request, and what every answer says."""

import asyncio
from typing import Any

from aiohttp import hdrs, web
from aiohttp.web_protocol import RequestHandler

HEADER_SECONDS = 10.0
"""How long a request's header may take, from its first byte or from the connection."""

IDLE_SECONDS = 75.0
"""How long a connection is kept for the next request: longer than proxies do."""

_HANG_UP_SECONDS = 0.5

_MOST_AT_ONCE = 4 * 1024
"""Bytes from the socket in one go, in place of 256 KB: chunks of one byte each cost 7 ms."""

ON_EVERY_ANSWER = {
    # In place of aiohttp's, which names its version and Python's.
    hdrs.SERVER: "Tryggve",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
"""Unless the answer says otherwise; the answers to what is not even HTTP among them."""


class Runner(web.AppRunner):
    """Runs an application on connections of our own kind.

    Nothing is unpacked on arrival: whoever wants a body unpacks it, to a limit (`teams/bodies.py`).
    """

    def __init__(
        self,
        app: web.Application,
        *,
        shutdown_timeout: float,
        header_seconds: float = HEADER_SECONDS,
    ) -> None:
        super().__init__(
            app,
            access_log=None,
            shutdown_timeout=shutdown_timeout,
            keepalive_timeout=IDLE_SECONDS,
            auto_decompress=False,
            lingering_time=0.0,
        )
        self._header_seconds = header_seconds

    async def _make_server(self) -> web.Server:
        built = await super()._make_server()
        server = _Server(
            built.request_handler,
            request_factory=built.request_factory,
            loop=built._loop,
            **built._kwargs,
        )
        server.header_seconds = self._header_seconds
        return server


class _Server(web.Server):
    header_seconds = HEADER_SECONDS

    def __call__(self) -> RequestHandler:
        return _Connection(self, loop=self._loop, **self._kwargs)


class _Connection(RequestHandler):
    """Hangs up on whoever is silent or lets a header trickle."""

    __slots__ = ("_header_seconds", "_waiting")

    def __init__(self, manager: _Server, **options: Any) -> None:
        super().__init__(manager, **options)
        self._header_seconds = manager.header_seconds
        self._waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.max_size = _MOST_AT_ONCE  # type: ignore[attr-defined]
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        before = self._request_count
        super().data_received(data)
        if self._request_count > before:
            self._wait_no_more()
        elif data and not self._request_in_progress:
            self._wait()

    def connection_lost(self, exc: BaseException | None) -> None:
        self._wait_no_more()
        super().connection_lost(exc)

    async def finish_response(
        self, request: web.BaseRequest, resp: web.StreamResponse, start_time: float | None
    ) -> tuple[web.StreamResponse, bool]:
        for name, value in ON_EVERY_ANSWER.items():
            resp.headers.setdefault(name, value)
        if request.content.is_eof():
            return await super().finish_response(request, resp, start_time)
        # What is still being sent is neither read nor wanted. Closing at once would take the
        # answer away from whoever sends first and reads afterwards.
        resp.force_close()
        self.pause_reading()
        finished = await super().finish_response(request, resp, start_time)
        await asyncio.sleep(_HANG_UP_SECONDS)
        return finished

    def _wait(self) -> None:
        if self._waiting is None:
            self._waiting = self._loop.call_later(self._header_seconds, self.force_close)

    def _wait_no_more(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
