"""Why an evaluation takes no answer, or cannot be changed."""

from knowledge.errors import KnowledgeError
from knowledge.trainings.models import Training


class NotAsked(KnowledgeError):
    """The person was not asked about such a training."""


class AlreadyAnswered(KnowledgeError):
    """The person has answered. Nobody knows what."""

    def __init__(self, training: Training) -> None:
        super().__init__(training.id)
        self.training = training


class EvaluationClosed(KnowledgeError):
    """It takes no answers any more, or not yet."""

    def __init__(self, training: Training) -> None:
        super().__init__(training.id)
        self.training = training


class AlreadySent(KnowledgeError):
    """It has been sent: whether to ask cannot be changed any more."""

    def __init__(self, training: Training) -> None:
        super().__init__(training.id)
        self.training = training
