"""The words of the weekly message."""

from dialogs.digests import cards
from knowledge.delivery.messenger import Message
from knowledge.digests.models import Digest
from knowledge.directory.places import Places


class DigestWording:
    """Implements the port `knowledge.digests.wording`."""

    def __init__(self, places: Places) -> None:
        self.places = places

    def digest(self, digest: Digest) -> Message:
        return cards.digest(digest, self.places).message
