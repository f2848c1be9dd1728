"""What the database tells of turns that other processes took: was one heard, and was it answered?

For whoever installs Tryggve and writes the first message.
"""

from dataclasses import dataclass

from sqlalchemy import func, select

from knowledge.delivery.models import deliveries
from knowledge.storage.conversations import conversations
from knowledge.storage.database import Database


@dataclass(frozen=True)
class Traffic:
    """How many turns have been taken, how many answers nobody has noted as said, and the latest
    reply that had to be sent anew: its number (0 for none), and why, if that is known by now."""

    turns: int
    unsaid: int
    unsent_reply: int
    reason: str = ""


async def traffic(database: Database) -> Traffic:
    """The state of things. Two of these tell what has happened between them."""
    async with database.read() as tx:
        turns, unsaid = (await tx.execute(_TURNS)).one()
        reply = (await tx.execute(_LATEST_UNSENT)).one_or_none()
    return Traffic(turns or 0, unsaid, *(reply or (0, "")))


_UNSAID = conversations.c.unspoken != "{}"
_TURNS = select(func.sum(conversations.c.version), func.count().filter(_UNSAID)).select_from(
    conversations
)
_LATEST_UNSENT = (
    select(deliveries.c.id, deliveries.c.reason)
    .where(deliveries.c.group_key.like("reply:%"))
    .order_by(deliveries.c.id.desc())
    .limit(1)
)
