"""What calendars know a sign-up by: the same for a person and a training, and nowhere else."""

import uuid

from sqlalchemy import select

from knowledge.storage.database import Writing
from knowledge.trainings.models import signups


async def next_entry(tx: Writing, training_id: int, person_id: int) -> tuple[str, int]:
    """The UID and the SEQUENCE of a new sign-up, which takes the place of what was before it."""
    its = (signups.c.training_id == training_id) & (signups.c.person_id == person_id)
    latest = select(signups.c.calendar_uid, signups.c.calendar_sequence).where(its)
    before = (await tx.execute(latest.order_by(signups.c.id.desc()).limit(1))).first()
    return (before[0], before[1] + 1) if before else (str(uuid.uuid4()), 0)
