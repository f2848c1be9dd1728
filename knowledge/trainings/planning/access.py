"""Who may see and change which training, drafts too.

The right to act is read from the roles table in the transaction that acts: a role can be taken away
between the card and the tap.
"""

from collections.abc import Sequence

from sqlalchemy import select

from knowledge.directory.models import Person
from knowledge.directory.repository import list_counties_of
from knowledge.storage.database import Reading, Writing
from knowledge.trainings.models import Training, TrainingStatus, trainings
from knowledge.trainings.planning.refusals import NotACoordinator, NotFound, NotHeldBy
from knowledge.trainings.rows import training_from


async def counties_of(tx: Reading | Writing, person: Person) -> list[str]:
    """The counties that the person may act for at this moment. Raises NotACoordinator."""
    counties = await list_counties_of(tx, person.tenant_id, person.object_id)
    if not counties:
        raise NotACoordinator
    return counties


async def must_hold(tx: Reading | Writing, person: Person, owners: Sequence[str]) -> None:
    """Raises NotACoordinator when none of these counties is the person's."""
    if not {*await counties_of(tx, person)} & {*owners}:
        raise NotACoordinator


async def get(
    tx: Reading | Writing, person: Person, training_id: int, *, for_update: bool = False
) -> Training:
    """A training of the person's counties, locked where it is to be changed.

    Raises NotACoordinator, NotFound and NotHeldBy. Of others' drafts nothing is told.
    """
    counties = await counties_of(tx, person)
    query = select(trainings).where(
        trainings.c.id == training_id, trainings.c.status != TrainingStatus.DELETED.value
    )
    if for_update:
        query = query.with_for_update(key_share=True)
    row = (await tx.execute(query)).mappings().one_or_none()
    if row is None:
        raise NotFound(training_id)
    training = training_from(row)
    if {*training.owned_by} & {*counties}:
        return training
    if training.status is TrainingStatus.DRAFT:
        raise NotFound(training_id)
    raise NotHeldBy(training)
