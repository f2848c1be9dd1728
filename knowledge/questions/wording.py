"""The port through which coordinators hear of answers to review."""

from collections.abc import Sequence
from typing import Protocol

from knowledge.answers.models import Article
from knowledge.delivery.messenger import Message


class Wording(Protocol):
    """Makes messages; reads nothing."""

    def to_review(self, late: Sequence[Article], changed: Sequence[Article]) -> Message:
        """The late should have been reviewed, those that have waited longest come first; under the
        changed the law has. One of both may be empty."""
        ...
