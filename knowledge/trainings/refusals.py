"""What the service says no to."""

from knowledge.errors import KnowledgeError
from knowledge.trainings.models import Signup, Training


class TrainingNotFound(KnowledgeError):
    """There is no such training."""


class SignupClosed(KnowledgeError):
    """The training has begun, is cancelled, or takes no more sign-ups."""

    def __init__(self, training: Training) -> None:
        super().__init__(training.id)
        self.training = training


class TrainingMoved(KnowledgeError):
    """It has another time or place than the person was shown, and nothing is done yet."""

    def __init__(self, training: Training) -> None:
        super().__init__(training.id)
        self.training = training


class TooLateToWithdraw(KnowledgeError):
    """The last moment to give the place back is over."""

    def __init__(self, training: Training) -> None:
        super().__init__(training.id)
        self.training = training


class TooLateToUndo(KnowledgeError):
    """The place was left too long ago."""

    def __init__(self, training: Training) -> None:
        super().__init__(training.id)
        self.training = training


class NotOffered(KnowledgeError):
    """No seat waits for the person's answer (any more); `signup` tells where the person stands."""

    def __init__(self, training: Training, signup: Signup | None) -> None:
        super().__init__(training.id)
        self.training = training
        self.signup = signup


class NotSignedUp(KnowledgeError):
    """The person is not signed up for the training (any more)."""

    def __init__(self, training: Training) -> None:
        super().__init__(training.id)
        self.training = training
