"""Why what was answered is not enough."""

from collections.abc import Sequence

from knowledge.errors import KnowledgeError
from knowledge.trainings.asking.models import Question
from knowledge.trainings.models import Training


class AnswersNeeded(KnowledgeError):
    """The organiser asks something first. Nobody has got a place."""

    def __init__(self, training: Training) -> None:
        super().__init__(training.id)
        self.training = training


class AnswersFaulty(KnowledgeError):
    """These must be answered and are not, or have too long an answer. Nothing was kept."""

    def __init__(
        self, training: Training, left_out: Sequence[Question], too_long: Sequence[Question]
    ) -> None:
        super().__init__(training.id)
        self.training = training
        self.left_out = left_out
        self.too_long = too_long
