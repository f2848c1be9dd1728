"""One reader for all tests: the ranker is made once."""

from datetime import date
from functools import cache
from typing import Any

from bot.commands.understand import Reader

TODAY = date(2026, 11, 26)


@cache
def reader() -> Reader:
    return Reader(TODAY)


def told(said: str, context: str = "") -> dict[str, Any]:
    """What a message means, as `tryggve understand --json` tells it."""
    return reader().read(said, context)
