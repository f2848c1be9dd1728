"""Who is meant by `--tenant` and `--user`."""

import argparse
import uuid

from bot.terminal import Refusal


def demand_identity(chosen: argparse.Namespace) -> tuple[str, str]:
    """The tenant's and the person's id as they are stored. Refuses what are no ids."""
    for value in (chosen.tenant, chosen.user):
        if not _is_uuid(value):
            raise Refusal("commands.bad_uuid", value=value)
    return chosen.tenant.lower(), chosen.user.lower()


def _is_uuid(value: str) -> bool:
    try:
        return str(uuid.UUID(value)) == value.lower()
    except ValueError:
        return False
