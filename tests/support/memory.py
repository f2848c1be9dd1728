"""A folder in memory, where the machine has one with room: nothing of a test outlives it."""

import os
import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - what is made in it gets a name of its own
ROOM = 2 * 1024**3
"""A container often has 64 MB there, which one database fills."""


def memory() -> str | None:
    """Where files cost no disk. Databases on one took half of what the tests took."""
    if not os.access(MEMORY, os.W_OK):
        return None
    return str(MEMORY) if shutil.disk_usage(MEMORY).free >= ROOM else None
