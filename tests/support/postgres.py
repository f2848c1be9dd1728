"""A real PostgreSQL server for the tests: temporary folder, free loopback port, no superuser."""

import itertools
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any


def find_binaries() -> Path | None:
    """The folder with initdb and postgres, or None when there is no server on this machine."""
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        candidates.append(Path(on_path).resolve().parent)
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    return None


# Below the ports that systems hand out by themselves: between the asking and the taking such a one
# may go to somebody who connects. Each process of a run begins elsewhere.
_ports = itertools.count(12_000 + os.getpid() * 97 % 18_000)


def free_port() -> int:
    """A port that nobody listens on, and that is given out only once."""
    return next(filter(_is_free, _ports))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@dataclass
class PostgresServer:
    """A running server. `url` takes the name of a database."""

    binaries: Path
    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    def url(self, database: str) -> str:
        return f"postgresql://tryggve@127.0.0.1:{self.port}/{database}"

    def crash(self) -> None:
        """Die at once, as `pg_ctl stop -m immediate`: nobody gets to say goodbye."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(timeout=20)

    def start_again(self) -> None:
        """Recover from the crash, on the same port."""
        self.process = _run(self.binaries, self.folder, self.port)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=20)
        shutil.rmtree(self.folder, ignore_errors=True)


def start_postgres(binaries: Path) -> PostgresServer:
    """Start a server of our own; as `nobody` when the tests run as root, which initdb refuses."""
    folder = Path(tempfile.mkdtemp(prefix="tryggve-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody")
    data = folder / "data"
    subprocess.run(
        [binaries / "initdb", "-D", data, "-U", "tryggve", "-A", "trust", "-E", "UTF8", "-N"],
        check=True, stdout=subprocess.DEVNULL, cwd=folder, **_user(),
    )  # fmt: skip
    port = free_port()
    return PostgresServer(binaries, folder, port, _run(binaries, folder, port))


def _run(binaries: Path, folder: Path, port: int) -> subprocess.Popen[bytes]:
    """A server on the data in the folder, ready for work."""
    settings = ["fsync=off", f"unix_socket_directories={folder}", "max_connections=200"]
    options = [part for setting in settings for part in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [binaries / "postgres", "-D", folder / "data", "-h", "127.0.0.1", "-p", str(port),
             *options],
            stdout=subprocess.DEVNULL, stderr=log, cwd=folder, **_user(),
        )  # fmt: skip
    _wait_until_ready(process, port, folder)
    return process


def _user() -> dict[str, Any]:
    """As whom the server runs: root is refused."""
    return {"user": "nobody", "extra_groups": []} if os.geteuid() == 0 else {}


def _wait_until_ready(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    for _ in range(200):
        if process.poll() is not None:
            break
        log = (folder / "log").read_text(errors="replace")
        if "ready to accept connections" in log:
            return
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start on port {port}:\n{(folder / 'log').read_text()}")
