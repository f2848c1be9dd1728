"""The address of a database, as an administrator writes it, made into what our drivers want.

What other programs take is taken here too: `postgres://`, another driver's name, and libpq's
`sslmode`, `sslrootcert`, `application_name` and `connect_timeout`.
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from knowledge.errors import KnowledgeError

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+asyncpg",
    "postgres": "postgresql+asyncpg",
}
_MODES = ("disable", "allow", "prefer", "require")
_VERIFYING = ("verify-ca", "verify-full")


class Wrong(StrEnum):
    """What an address can be that leads to no database."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    SCHEME = "scheme"
    NO_FILE = "no_file"
    NO_HOST = "no_host"
    SSLMODE = "sslmode"
    SSLROOTCERT = "sslrootcert"
    OPTION = "option"


class BadAddress(KnowledgeError):
    """The address leads to no database. `detail` is the part of it at fault, never a password."""

    def __init__(self, wrong: Wrong, detail: str = "") -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.detail = detail


@dataclass(frozen=True)
class Address:
    """`url` names the async driver; `connect` is what the driver takes beside it.

    `libpq` says the same to PostgreSQL's own programs, as variables of their environment: on a
    command line everybody on the machine could read the password.
    """

    url: URL
    connect: dict[str, Any] = field(default_factory=dict)
    libpq: dict[str, str] = field(default_factory=dict)

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @property
    def shown(self) -> str:
        """The address as it may be shown: without the driver and without the password."""
        if self.is_sqlite:
            return f"sqlite:///{self.url.database}"
        return self.url.set(drivername="postgresql").render_as_string(hide_password=True)


def read_address(written: str) -> Address:
    """Raises BadAddress."""
    if not written.strip():
        raise BadAddress(Wrong.EMPTY)
    try:
        url = make_url(written.strip())
    except (ArgumentError, ValueError):  # the second for a port that is no number
        raise BadAddress(Wrong.UNREADABLE) from None
    scheme = url.drivername.partition("+")[0]
    if scheme not in _DRIVERS:
        raise BadAddress(Wrong.SCHEME, scheme)
    url = url.set(drivername=_DRIVERS[scheme])
    return _file(url, written) if scheme == "sqlite" else _server(url)


def _file(url: URL, written: str) -> Address:
    """A file on this machine. SQLite in memory would forget everything between two connections.

    What is written is a path: read as an address, the folder "50%20" would become "50 ".
    """
    if not url.database or url.database == ":memory:":
        raise BadAddress(Wrong.NO_FILE)
    if url.host:  # two slashes in place of three: the first folder was taken for a host
        raise BadAddress(Wrong.UNREADABLE)
    path = written.strip().partition(":///")[2].partition("?")[0]
    return Address(url.set(database=path))


def _server(url: URL) -> Address:
    options = {name: _one(value) for name, value in url.query.items()}
    if not url.host and "host" not in options:
        raise BadAddress(Wrong.NO_HOST)
    if "@" in (url.host or ""):  # in the password, as it is: its end would be shown as a host
        raise BadAddress(Wrong.UNREADABLE)
    libpq = _libpq(url, options)
    connect: dict[str, Any] = {}
    if mode := options.pop("sslmode", ""):
        connect["ssl"] = _tls(mode, options.get("sslrootcert", ""))
    options.pop("sslrootcert", None)
    if seconds := options.pop("connect_timeout", ""):
        if not seconds.isdecimal():
            raise BadAddress(Wrong.OPTION, "connect_timeout")
        connect["timeout"] = float(seconds)
    if name := options.pop("application_name", ""):
        connect["server_settings"] = {"application_name": name}
    if unknown := options.keys() - {"host", "port", "ssl"}:
        raise BadAddress(Wrong.OPTION, min(unknown))
    return Address(url.set(query=options), connect, libpq)


def _libpq(url: URL, options: Mapping[str, str]) -> dict[str, str]:
    mode = options.get("sslmode") or options.get("ssl")
    root = options.get("sslrootcert")
    if mode in _VERIFYING and root in (None, "", "system"):
        root = ssl.get_default_verify_paths().cafile or "system"
    variables = {
        "PGHOST": url.host or options.get("host"),
        "PGPORT": str(url.port) if url.port else options.get("port"),
        "PGUSER": url.username,
        "PGPASSWORD": str(url.password) if url.password else None,
        "PGDATABASE": url.database,
        "PGSSLMODE": mode,
        "PGSSLROOTCERT": root,
        "PGCONNECT_TIMEOUT": options.get("connect_timeout"),
        "PGAPPNAME": options.get("application_name"),
    }
    return {name: value for name, value in variables.items() if value}


def _tls(mode: str, root: str) -> str | ssl.SSLContext:
    """What libpq means by it. Who checks certificates checks them against `root` or the system."""
    if mode in _MODES:
        return mode
    if mode not in _VERIFYING:
        raise BadAddress(Wrong.SSLMODE, mode)
    try:
        context = ssl.create_default_context(cafile=root if root not in ("", "system") else None)
    except OSError:  # missing, not to be read, or no certificate
        raise BadAddress(Wrong.SSLROOTCERT, root) from None
    context.check_hostname = mode == "verify-full"
    return context


def _one(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else value[-1]
