"""The port through which participants are told."""

from typing import Protocol

from knowledge.delivery.messenger import Message
from knowledge.trainings.models import Signup, Training


class Wording(Protocol):
    """Makes messages; reads nothing."""

    def promoted(self, signup: Signup) -> Message:
        """A freed seat is the reader's."""
        ...

    def offered(self, signup: Signup) -> Message:
        """A seat is free; does the reader, who stands in line, want it?"""
        ...

    def moved(self, signup: Signup, before: Training) -> Message:
        """The training is at another time or place than it was before."""
        ...

    def cancelled(self, signup: Signup) -> Message:
        """The training was called off."""
        ...

    def reminder(self, signup: Signup) -> Message:
        """The training is a week or a day away."""
        ...
