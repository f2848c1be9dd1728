"""Who may see who takes part, and change it.

The right to act is read from the roles table in the transaction that acts: a role can be taken away
between the card and the tap.
"""

from knowledge.directory.models import Person
from knowledge.directory.repository import list_counties_of
from knowledge.storage.database import Reading, Writing
from knowledge.trainings import repository
from knowledge.trainings.models import Training
from knowledge.trainings.participants.refusals import NotACoordinator, NotFound, NotHeldBy


async def counties_of(tx: Reading | Writing, person: Person) -> list[str]:
    """The counties that the person may act for at this moment. Raises NotACoordinator."""
    counties = await list_counties_of(tx, person.tenant_id, person.object_id)
    if not counties:
        raise NotACoordinator
    return counties


async def get(tx: Reading | Writing, person: Person, training_id: int) -> Training:
    """A published training of the person's counties.

    Raises NotACoordinator, NotFound and NotHeldBy.
    """
    counties = await counties_of(tx, person)
    return _held(training_id, await repository.find_training(tx, training_id), counties)


async def get_for_update(tx: Writing, person: Person, training_id: int) -> Training:
    """The same, locked until the transaction ends."""
    counties = await counties_of(tx, person)
    found = await repository.find_training_for_update(tx, training_id)
    return _held(training_id, found, counties)


def _held(training_id: int, training: Training | None, counties: list[str]) -> Training:
    if training is None:
        raise NotFound(training_id)
    if not {*training.owned_by} & {*counties}:
        raise NotHeldBy(training)
    return training
