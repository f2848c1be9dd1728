"""Who is meant by `--tenant` and `--user`."""

import argparse
import uuid

from bot.terminal import Refusal


def demand_identity(chosen: argparse.Namespace) -> tuple[str, str]:
    """The tenant's and the person's id as they are stored. Refuses what are no ids."""
    return entra_id(chosen.tenant), entra_id(chosen.user)


def entra_id(value: str) -> str:
    """An id as Entra gives them, in small letters. Raises Refusal; also of one that stands in an
    example, such as only zeros."""
    if not _is_uuid(value) or len({*value} - {"-"}) == 1:
        raise Refusal("commands.bad_uuid", value=value)
    return value.lower()


def _is_uuid(value: str) -> bool:
    try:
        return str(uuid.UUID(value)) == value.lower()
    except ValueError:
        return False
