"""What has reached a person by itself, and may be meant by what is said next."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Float, bindparam, select

from knowledge.delivery.models import Action, Status, deliveries, messages
from knowledge.storage.database import Database

_OWN = "notice:test:%"
"""What somebody has sent to themselves, to see how it looks, is no surprise."""

_ARRIVED = (Status.SENT, Status.UNCERTAIN, Status.SENDING)

_HAVE_ARRIVED: tuple[ColumnElement[bool], ...] = (
    deliveries.c.is_person,
    deliveries.c.target == bindparam("target"),
    deliveries.c.action == Action.POST.value,
    deliveries.c.status.in_([one.value for one in _ARRIVED]),
    deliveries.c.sending_started_at > bindparam("since", type_=Float),
    ~deliveries.c.group_key.like(_OWN),
)

_SINCE = select(deliveries.c.id).where(*_HAVE_ARRIVED).limit(1)

MOST = 20
TOGETHER = 24 * 3600.0
"""What came within so many seconds before the latest stands beside it on the screen."""

_LATEST = (
    select(messages.c.training_id, deliveries.c.sending_started_at)
    .join_from(deliveries, messages, messages.c.id == deliveries.c.message_id)
    .where(*_HAVE_ARRIVED)
    .order_by(deliveries.c.sending_started_at.desc(), deliveries.c.id.desc())
    .limit(MOST)
)


class Arrivals:
    """Asked only where what is said could be meant for what came in between."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def any_since(self, person_id: int, since: float) -> bool:
        """Whether something was posted to the person after `since`, a time of the database's."""
        values = {"target": f"person:{person_id}", "since": since}
        return bool(await self.database.single(_SINCE, **values))

    async def trainings_since(self, person_id: int, since: float) -> Sequence[int | None]:
        """What the latest of these are about, the latest first; None for what is about none."""
        values = {"target": f"person:{person_id}", "since": since}
        async with self.database.read() as tx:
            rows = (await tx.execute(_LATEST, values)).all()
        return [training for training, at in rows if at > rows[0][1] - TOGETHER]
