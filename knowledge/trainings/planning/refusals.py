"""Why a training cannot be kept, seen or changed."""

from knowledge.errors import KnowledgeError
from knowledge.trainings.models import Training


class NotACoordinator(KnowledgeError):
    """The person may not act for any county, or for none of these, or may no longer."""


class NotFound(KnowledgeError):
    """There is no such training that is planned here; or a draft of other counties'."""


class NotHeldBy(KnowledgeError):
    """Other counties hold the training."""

    def __init__(self, training: Training) -> None:
        super().__init__(training.id)
        self.training = training


class PlanFaulty(KnowledgeError):
    """Something is missing or wrong: see `Plan.faults`; "past" when it would have begun."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__(faults)
        self.faults = faults


class ChangedMeanwhile(KnowledgeError):
    """Somebody has changed it since it was shown."""

    def __init__(self, training: Training) -> None:
        super().__init__(training.id)
        self.training = training


class TooFewSeats(KnowledgeError):
    """So many people have a seat already, and nobody is thrown out."""

    def __init__(self, training: Training) -> None:
        super().__init__(training.id)
        self.training = training


class NotNow(KnowledgeError):
    """What is wanted cannot be done with a training in this state: it has begun, say."""

    def __init__(self, training: Training) -> None:
        super().__init__(training.id)
        self.training = training
