"""Trainings and who takes part, as whoever runs the installation reads them: without a role."""

from sqlalchemy import func, select

from knowledge.audit.models import Kind, Operator
from knowledge.storage.database import Database
from knowledge.trainings import noting
from knowledge.trainings.models import Training, signups, trainings
from knowledge.trainings.participants.models import Group, Participant
from knowledge.trainings.participants.repository import list_participants
from knowledge.trainings.repository import PUBLISHED, find_training
from knowledge.trainings.rows import training_from


async def list_every(database: Database) -> list[tuple[Training, int]]:
    """Every published training and how many wait, the soonest first."""
    waiting = select(func.count()).where(
        signups.c.training_id == trainings.c.id, signups.c.status == Group.WAITING.status.value
    )
    query = (
        select(trainings, waiting.scalar_subquery().label("waiting"))
        .where(PUBLISHED)
        .order_by(trainings.c.starts_at, trainings.c.id)
    )
    async with database.read() as tx:
        rows = (await tx.execute(query)).mappings()
        return [(training_from(row), row["waiting"]) for row in rows]


async def read_participants(
    database: Database, training_id: int, by: Operator
) -> list[Participant] | None:
    """Those with a seat, and then those who wait, to take out of here; None when there is no such
    training."""
    async with database.read() as tx:
        training = await find_training(tx, training_id)
        if training is None:
            return None
        found = [await list_participants(tx, training_id, group) for group in Group]
    async with database.write() as tx:
        await noting.note(tx, Kind.TRAINING_DOWNLOAD, by, training)
    return [one for some in found for one in some]
