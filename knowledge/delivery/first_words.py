"""What the database tells of turns that other processes took: was one heard, and was it answered?

For whoever installs Tryggve and writes the first message.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select

from knowledge.delivery import tallies
from knowledge.delivery.models import deliveries
from knowledge.storage.conversations import conversations
from knowledge.storage.database import Database


@dataclass(frozen=True)
class Traffic:
    """How many turns have been taken, how many answers nobody has noted as said, and the latest
    reply that had to be sent anew: its number (0 for none), and why, if that is known by now.

    `counted` is what all processes have counted since the beginning, by name: what came to the
    door, how turns ended, why answers were not taken. They write it down every other second.
    """

    turns: int
    unsaid: int
    unsent_reply: int
    reason: str = ""
    counted: Mapping[str, int] = field(default_factory=dict)

    def since(self, before: "Traffic") -> list[list[str]]:
        """What has been counted meanwhile, as the words of its name: `["requests", "tenant"]`."""
        more = (name for name, times in self.counted.items() if times > before.counted.get(name, 0))
        return [name.split(":") for name in more]


async def traffic(database: Database) -> Traffic:
    """The state of things. Two of these tell what has happened between them."""
    async with database.read() as tx:
        turns, unsaid = (await tx.execute(_TURNS)).one()
        reply = (await tx.execute(_LATEST_UNSENT)).one_or_none()
        counted = await tallies.totals(tx)
    number, reason = reply or (0, "")
    return Traffic(turns or 0, unsaid, number, reason, counted)


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
