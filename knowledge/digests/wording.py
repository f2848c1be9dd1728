"""The port through which a week is told."""

from typing import Protocol

from knowledge.delivery.messenger import Message
from knowledge.digests.models import Digest


class Wording(Protocol):
    """Makes messages; reads nothing, and is never asked to word an empty digest."""

    def digest(self, digest: Digest) -> Message:
        """What one person is told in one weekly message."""
        ...
