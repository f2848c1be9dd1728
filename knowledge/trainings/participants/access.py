"""Who may see who takes part, and change it: who holds the training, once it is published."""

from knowledge.directory.models import Person
from knowledge.storage.database import Reading, Writing
from knowledge.trainings.models import Training, TrainingStatus
from knowledge.trainings.planning import access
from knowledge.trainings.planning.refusals import NotFound


async def get(
    tx: Reading | Writing, person: Person, training_id: int, *, for_update: bool = False
) -> Training:
    """A published training of the person's counties, locked where it is to be changed.

    Raises NotACoordinator, NotFound and NotHeldBy. A draft has no participants.
    """
    training = await access.get(tx, person, training_id, for_update=for_update)
    if training.status is TrainingStatus.DRAFT:
        raise NotFound(training_id)
    return training
