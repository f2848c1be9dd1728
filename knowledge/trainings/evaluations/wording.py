"""The port through which people are asked."""

from typing import Protocol

from knowledge.delivery.messenger import Message
from knowledge.trainings.models import Training


class Wording(Protocol):
    """Makes messages; reads nothing."""

    def asked(self, training: Training) -> Message:
        """What does the reader think of the training?"""
        ...
