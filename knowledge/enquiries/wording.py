"""The port through which a question reaches a coordinator, and its answer the asker."""

from typing import Protocol

from knowledge.delivery.messenger import Message
from knowledge.enquiries.models import Enquiry


class Wording(Protocol):
    """Makes messages; reads nothing."""

    def question(self, enquiry: Enquiry) -> Message:
        """For whoever is to answer."""
        ...

    def answer(self, enquiry: Enquiry) -> Message:
        """For whoever asked."""
        ...
