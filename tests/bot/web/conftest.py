"""The log while something is wrong on purpose."""

from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True)
def short_log() -> Iterator[None]:
    """As in operation. Tracebacks drawn in colour would keep the bot busy for seconds."""
    structlog.configure(processors=[structlog.processors.KeyValueRenderer()])
    yield
    structlog.reset_defaults()
