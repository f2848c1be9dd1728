"""One JSON object per line: what happened, never what anyone wrote or is called."""

import logging
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any, TextIO

import structlog

from knowledge.checksums import checksum

_ROOT = Path(__file__).resolve().parent.parent
_OWN_FRAMES = 6


def set_up(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Send our own events, and the libraries' warnings, to `stream` (standard output)."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="ts"),
            _exception_without_its_message,
            structlog.processors.JSONRenderer(default=str),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=stream or sys.stdout),
    )
    logging.basicConfig(level=logging.WARNING, handlers=[_Libraries()], force=True)
    # Teams adds properties faster than the archived SDK learned them: one warning per activity.
    logging.getLogger("msrest.serialization").setLevel(logging.ERROR)


def code_of(tenant_id: str, tenants: Mapping[str, str]) -> str:
    """The code of the tenant's municipality or county; else a stand-in for its id."""
    return tenants.get(tenant_id) or checksum(tenant_id)


def origin(error: BaseException) -> dict[str, str]:
    """Which exception, and where. Its message is left out: it may quote what a person wrote."""
    frames = traceback.extract_tb(error.__traceback__)[-_OWN_FRAMES:]
    where = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    return {"error": type(error).__name__, "where": " < ".join(reversed(where))}


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else path.name


def _exception_without_its_message(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event.update(origin(error))
    return event


class _Libraries(logging.Handler):
    """Hands on what libraries log: the first line of the template, without its arguments.

    The arguments are where addresses, tokens and quoted texts would be; asyncio appends the
    failed task, exception message included, on the lines after the first.
    """

    def emit(self, record: logging.LogRecord) -> None:
        first_line = str(record.msg).partition("\n")[0][:120]
        error = record.exc_info[1] if record.exc_info else None
        structlog.get_logger().log(
            record.levelno, "library", logger=record.name, template=first_line, exc_info=error
        )
