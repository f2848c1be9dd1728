"""The log while something is wrong on purpose."""

import pytest
import structlog


@pytest.fixture(autouse=True)
def short_log() -> None:
    """As in operation. Tracebacks drawn in colour would keep the bot busy for seconds."""
    structlog.configure(processors=[structlog.processors.KeyValueRenderer()])
