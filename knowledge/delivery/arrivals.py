"""What has reached a person by itself, between a question and its answer."""

from sqlalchemy import bindparam, select

from knowledge.delivery.models import Action, Status, deliveries
from knowledge.storage.database import Database

_OWN = "notice:test:%"
"""What somebody has sent to themselves, to see how it looks, is no surprise."""

_ARRIVED = (Status.SENT, Status.UNCERTAIN, Status.SENDING)

_SINCE = (
    select(deliveries.c.id)
    .where(
        deliveries.c.is_person,
        deliveries.c.target == bindparam("target"),
        deliveries.c.action == Action.POST.value,
        deliveries.c.status.in_([one.value for one in _ARRIVED]),
        deliveries.c.sending_started_at > bindparam("since"),
        ~deliveries.c.group_key.like(_OWN),
    )
    .limit(1)
)


class Arrivals:
    """Asked only where a short answer could be meant for what came in between."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def any_since(self, person_id: int, since: float) -> bool:
        """Whether something was posted to the person after `since`, a time of the database's."""
        values = {"target": f"person:{person_id}", "since": since}
        return bool(await self.database.single(_SINCE, **values))
