"""Asking the outbox who was sent something."""

from collections.abc import Sequence

from sqlalchemy import select

from knowledge.delivery.models import deliveries
from knowledge.storage.database import Reading, Writing


async def list_reached(
    tx: Reading | Writing, group_keys: Sequence[str], targets: Sequence[str]
) -> set[str]:
    """The groups in which one of these targets was written to, looked up by their unique keys.

    A message counts from the moment it is queued: it can be tapped before Teams has answered us.
    """
    wanted = [f"{group}:{target}" for group in group_keys for target in targets]
    query = select(deliveries.c.group_key).where(deliveries.c.dedupe_key.in_(wanted))
    return set((await tx.execute(query)).scalars())
