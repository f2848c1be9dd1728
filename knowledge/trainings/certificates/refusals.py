"""Why there is no certificate."""

from knowledge.errors import KnowledgeError
from knowledge.trainings.models import Training


class NotThere(KnowledgeError):
    """Nobody has marked the person as present; or the training is none that is over."""

    def __init__(self, training: Training | None) -> None:
        super().__init__(training.id if training else None)
        self.training = training


class NotOver(KnowledgeError):
    """The training goes on."""

    def __init__(self, training: Training) -> None:
        super().__init__(training.id)
        self.training = training
