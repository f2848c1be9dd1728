"""Why seats cannot be kept."""

from knowledge.errors import KnowledgeError
from knowledge.trainings.models import Training


class QuotasTooLarge(KnowledgeError):
    """So many seats are taken that fewer are left than are to be kept."""

    def __init__(self, training: Training) -> None:
        super().__init__(training.id)
        self.training = training
