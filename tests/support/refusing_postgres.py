"""A PostgreSQL server that turns everybody away, with the code and the manners of a real one."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_SSL_REQUEST = 80877103


@contextmanager
def refusing_postgres(sqlstate: str) -> Iterator[str]:
    """`host:port` of a server without TLS that answers each greeting with this SQLSTATE."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            while greeting := self.request.recv(4096):
                if struct.unpack("!I", greeting[4:8])[0] == _SSL_REQUEST:
                    self.request.sendall(b"N")
                    continue
                fields = b"SFATAL\0VFATAL\0C" + sqlstate.encode() + b"\0Mrefused\0\0"
                self.request.sendall(b"E" + struct.pack("!I", len(fields) + 4) + fields)
                return

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()
