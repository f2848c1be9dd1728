"""The port through which participants are told."""

from typing import Protocol

from knowledge.delivery.messenger import Message
from knowledge.trainings.models import Signup


class Wording(Protocol):
    """Makes messages; reads nothing."""

    def promoted(self, signup: Signup) -> Message:
        """A freed seat is the reader's."""
        ...

    def reminder(self, signup: Signup) -> Message:
        """The training is a day away."""
        ...
