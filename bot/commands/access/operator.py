"""Who works at this terminal, and the ids that are given there."""

import getpass
import os
import uuid

from bot.terminal import Refusal
from knowledge.audit.models import Operator


def operator() -> Operator:
    """The account that the command was given by, also behind sudo."""
    try:
        name = os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError):  # a container's user often has no name
        name = f"uid {os.getuid()}"
    return Operator(name)


def entra_id(value: str) -> str:
    """An id as Entra gives them, in small letters. Raises Refusal."""
    try:
        good = str(uuid.UUID(value)) == value.lower()
    except ValueError:
        good = False
    if not good:
        raise Refusal("commands.bad_uuid", value=value)
    return value.lower()
