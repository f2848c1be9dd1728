"""Reads what comes over the network, requests and answers alike, up to a size and no further.

aiohttp would unpack a compressed body on the event loop as it arrives, wanted or not. So its
unpacking is off everywhere, and what is read is unpacked here, in pieces of a known size.
"""

import zlib
from typing import Protocol

from aiohttp import StreamReader

ENCODINGS = ("", "identity", "gzip", "x-gzip", "deflate")
ACCEPTED = "gzip, deflate"
"""What to say in Accept-Encoding to get nothing else."""


class TooLarge(Exception):
    """There is more than may be read, unpacked or not."""


class Garbled(Exception):
    """It is not packed as it says."""


class _Unpacking(Protocol):
    def unpack(self, piece: bytes, most: int) -> bytes: ...

    @property
    def complete(self) -> bool: ...


async def read_limited(stream: StreamReader, encoding: str, most: int) -> bytes:
    """The whole body, unpacked. Raises TooLarge and Garbled."""
    unpacking = _unpacking(encoding.strip().lower())
    body = bytearray()
    async for piece in stream.iter_any():
        body += unpacking.unpack(piece, most + 1 - len(body))
        if len(body) > most:
            raise TooLarge
    if not unpacking.complete:
        raise Garbled
    return bytes(body)


def _unpacking(encoding: str) -> _Unpacking:
    if encoding not in ENCODINGS:
        raise Garbled
    return _Plain() if encoding in ("", "identity") else _Packed(encoding)


class _Plain:
    complete = True

    def unpack(self, piece: bytes, most: int) -> bytes:
        return piece


class _Packed:
    """gzip; and deflate with its header or, as some senders have it, without."""

    def __init__(self, encoding: str) -> None:
        self._is_deflate = encoding == "deflate"
        self._engine: zlib._Decompress | None = None

    def unpack(self, piece: bytes, most: int) -> bytes:
        if self._engine is None:
            self._engine = zlib.decompressobj(wbits=self._window(piece))
        try:
            unpacked = self._engine.decompress(piece, most)
        except zlib.error:
            raise Garbled from None
        if self._engine.unconsumed_tail:
            raise TooLarge
        return unpacked

    @property
    def complete(self) -> bool:
        return self._engine is not None and self._engine.eof

    def _window(self, piece: bytes) -> int:
        if not self._is_deflate:
            return 16 + zlib.MAX_WBITS
        return zlib.MAX_WBITS if piece[0] & 0xF == zlib.DEFLATED else -zlib.MAX_WBITS
