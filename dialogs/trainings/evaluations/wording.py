"""The words of what is asked by itself."""

from dialogs.conversation.texts import speaking_to
from dialogs.trainings.evaluations import cards
from knowledge.delivery.messenger import Message
from knowledge.trainings.models import Training


class EvaluationWording:
    """Implements the port `knowledge.trainings.evaluations.wording`."""

    def asked(self, training: Training) -> Message:
        with speaking_to(coordinator=False):
            return cards.asked(training).message_about(training.id)
