"""Who works at this terminal, and what the log of acts is told of it."""

import getpass
import os

from knowledge.audit import repository as log
from knowledge.audit.models import Kind, Operator
from knowledge.storage.database import Database


def operator() -> Operator:
    """The account that the command was given by, also behind sudo."""
    try:
        name = os.environ.get("SUDO_USER") or getpass.getuser()
    except (KeyError, OSError):  # a container's user often has no name
        name = f"uid {os.getuid()}"
    return Operator(name)


async def leave_line(database: Database, kind: Kind) -> None:
    """Write down what was done with the whole of the database, once it is done."""
    async with database.write() as tx:
        await log.note(tx, kind, operator())
