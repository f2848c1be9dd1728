"""Who works at this terminal."""

import getpass
import os

from knowledge.audit.models import Operator


def operator() -> Operator:
    """The account that the command was given by, also behind sudo."""
    try:
        name = os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError):  # a container's user often has no name
        name = f"uid {os.getuid()}"
    return Operator(name)
