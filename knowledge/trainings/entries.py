"""What calendars know a sign-up by: the same for a person and a training, and nowhere else."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from knowledge.storage.database import Writing
from knowledge.trainings.models import signups


async def next_entries(
    tx: Writing, training_id: int, person_ids: Sequence[int]
) -> dict[int, tuple[str, int]]:
    """The UID and the SEQUENCE of these people's new sign-ups, which take the place of what was
    before them."""
    columns = signups.c.person_id, signups.c.calendar_uid, signups.c.calendar_sequence
    its = (signups.c.training_id == training_id) & signups.c.person_id.in_(person_ids)
    rows = await tx.execute(select(*columns).where(its).order_by(signups.c.id))
    before = {person_id: (uid, sequence + 1) for person_id, uid, sequence in rows}
    return {id_: before.get(id_) or (str(uuid.uuid4()), 0) for id_ in person_ids}
