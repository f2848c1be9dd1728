"""Why somebody cannot be asked, added or removed."""

from knowledge.errors import KnowledgeError
from knowledge.trainings.models import Training


class TooLate(KnowledgeError):
    """The training has begun, or was called off: who takes part is settled."""

    def __init__(self, training: Training) -> None:
        super().__init__(training.id)
        self.training = training


class NoSuchPerson(KnowledgeError):
    """There is nobody like that among those who may be meant."""


class NotAskable(KnowledgeError):
    """Somebody of the coordinator's municipalities who is not asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class AlreadyThere(NotAskable):
    """The person has a seat or stands in line."""


class AlreadyAsked(NotAskable):
    """The person has been asked, and has not answered."""


class HasDeclined(NotAskable):
    """The person has said no, and is not asked again."""


class OutOfReach(NotAskable):
    """The person has removed the app: no question arrives."""


class InvitationGone(KnowledgeError):
    """There is no such invitation to this person, or it does not count any more."""
