"""The port through which people are told what a coordinator has done about them."""

from typing import Protocol

from knowledge.delivery.messenger import Message
from knowledge.trainings.models import Signup
from knowledge.trainings.participants.models import Invitation


class Wording(Protocol):
    """Makes messages; reads nothing."""

    def invited(self, invitation: Invitation) -> Message:
        """Does the reader want to take part?"""
        ...

    def answered(self, invitation: Invitation, signup: Signup | None) -> Message:
        """The person whom the reader asked has a place now; or none, and has said no."""
        ...

    def removed(self, signup: Signup, note: str) -> Message:
        """The reader has no place any more, and why."""
        ...
