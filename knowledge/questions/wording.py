"""The port through which coordinators hear of answers to review."""

from collections.abc import Sequence
from typing import Protocol

from knowledge.answers.models import Article
from knowledge.delivery.messenger import Message


class Wording(Protocol):
    """Makes messages; reads nothing."""

    def overdue(self, articles: Sequence[Article]) -> Message:
        """These should have been reviewed; those that have waited longest come first."""
        ...
