"""What holds for every connection and every answer, whatever is asked for."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from aiohttp import web

from bot.web.server import Runner

Address = tuple[str, int]

PATIENCE = 0.3


async def answer(_request: web.Request) -> web.Response:
    return web.Response(text="Hej")


async def break_down(_request: web.Request) -> web.Response:
    raise ValueError


@pytest.fixture
async def server() -> AsyncIterator[Address]:
    """A server that waits a third of a second for a header."""
    app = web.Application()
    app.add_routes([web.get("/", answer), web.get("/broken", break_down)])
    runner = Runner(app, shutdown_timeout=0.1, header_seconds=PATIENCE)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield "127.0.0.1", runner.addresses[0][1]
    await runner.cleanup()


async def rest_of(reader: asyncio.StreamReader) -> bytes:
    async with asyncio.timeout(5):
        return await reader.read()


@pytest.mark.parametrize("said", [b"", b"GET", b"GET / HTTP/1.1\r\nHost: x\r\n", b"\r\n"])
async def test_who_does_not_finish_a_header_is_hung_up_on(server: Address, said: bytes) -> None:
    reader, writer = await asyncio.open_connection(*server)
    writer.write(said)

    assert await rest_of(reader) == b""
    writer.close()


async def test_a_header_that_trickles_is_not_waited_for_longer(server: Address) -> None:
    reader, writer = await asyncio.open_connection(*server)

    async def trickle() -> None:
        writer.write(b"GET / HTTP/1.1\r\nX: ")
        while True:
            writer.write(b"x")
            await asyncio.sleep(PATIENCE / 10)

    trickling = asyncio.create_task(trickle())
    with suppress(ConnectionResetError):  # what it had not read yet when it hung up
        assert await rest_of(reader) == b""
    trickling.cancel()
    writer.close()


async def test_a_header_that_trickles_on_a_known_connection_neither(server: Address) -> None:
    reader, writer = await asyncio.open_connection(*server)
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    assert await reader.readuntil(b"Hej")

    await asyncio.sleep(PATIENCE * 2)  # being silent between requests is no fault
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET /")
    assert await reader.readuntil(b"Hej")
    writer.write(b" ")

    assert await rest_of(reader) == b""
    writer.close()


REQUESTS = {
    "a page": (b"GET / HTTP/1.1", b"200"),
    "no page": (b"GET /nothing HTTP/1.1", b"404"),
    "another method": (b"POST / HTTP/1.1", b"405"),
    "a fault of ours": (b"GET /broken HTTP/1.1", b"500"),
    "no HTTP": (b"HEJ", b"400"),
    "a giant header": (b"GET / HTTP/1.1\r\nX: " + b"x" * 10_000, b"400"),
}


@pytest.mark.parametrize("case", REQUESTS)
async def test_every_answer_is_bare_and_shown_in_no_frame(server: Address, case: str) -> None:
    line, status = REQUESTS[case]
    reader, writer = await asyncio.open_connection(*server)
    writer.write(line + b"\r\nHost: x\r\nConnection: close\r\n\r\n")

    head, _, _ = (await rest_of(reader)).partition(b"\r\n\r\n")
    writer.close()

    assert head.split()[1] == status
    assert b"\r\nServer: Tryggve" in head
    assert b"ython" not in head
    assert b"\r\nX-Content-Type-Options: nosniff" in head
    assert b"frame-ancestors 'none'" in head
