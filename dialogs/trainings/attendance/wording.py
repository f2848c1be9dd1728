"""The words of what somebody is told who was noted as present."""

from dialogs.conversation.texts import speaking_to
from dialogs.trainings.attendance import cards
from knowledge.delivery.messenger import Message
from knowledge.directory.models import Person
from knowledge.trainings.models import Training


class AttendanceWording:
    """Implements the port `knowledge.trainings.attendance.wording`."""

    def noted(self, training: Training, meeting: int, by: Person) -> Message:
        with speaking_to(coordinator=False):
            return cards.noted(training, meeting, by).message_about(training.id)
