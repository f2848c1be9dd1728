"""The port through which somebody is told that they were noted as present."""

from typing import Protocol

from knowledge.delivery.messenger import Message
from knowledge.directory.models import Person
from knowledge.trainings.models import Training


class Wording(Protocol):
    """Makes messages; reads nothing."""

    def noted(self, training: Training, meeting: int, by: Person) -> Message:
        """The reader came without a seat, as who holds the training has noted."""
        ...
