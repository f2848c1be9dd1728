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

    `turned_away` counts what came and was not let in, by reason, and `failed` turns that ended in
    an apology. Servers write both down every other second.
    """

    turns: int
    unsaid: int
    unsent_reply: int
    reason: str = ""
    turned_away: Mapping[str, int] = field(default_factory=dict)
    failed: int = 0


async def traffic(database: Database) -> Traffic:
    """The state of things. Two of these tell what has happened between them."""
    async with database.read() as tx:
        turns, unsaid = (await tx.execute(_TURNS)).one()
        reply = (await tx.execute(_LATEST_UNSENT)).one_or_none()
        counted = await tallies.totals(tx)
    number, reason = reply or (0, "")
    return Traffic(turns or 0, unsaid, number, reason, _turned_away(counted), _failed(counted))


def _turned_away(counted: Mapping[str, int]) -> dict[str, int]:
    """What the endpoint counts as `requests:reason`."""
    named = (name.partition(":") for name in counted)
    return {
        why: counted[f"requests:{why}"]
        for what, _, why in named
        if what == "requests" and why != "accepted"
    }


def _failed(counted: Mapping[str, int]) -> int:
    """What it counts as `turns:kind:failed`."""
    return sum(
        times
        for name, times in counted.items()
        if name.startswith("turns:") and name.endswith(":failed")
    )


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
