"""Why nobody can be marked, or why a code checks nobody in."""

from datetime import datetime

from knowledge.errors import KnowledgeError
from knowledge.trainings.models import Signup, Training


class NotHeldYet(KnowledgeError):
    """The day of the meeting has not come, or the training was called off."""

    def __init__(self, training: Training) -> None:
        super().__init__(training.id)
        self.training = training


class MeetingsOver(KnowledgeError):
    """There is no meeting left that anybody could check in at."""

    def __init__(self, training: Training) -> None:
        super().__init__(training.id)
        self.training = training


class WrongCode(KnowledgeError):
    """No meeting of today has this code."""


class TooManyCodes(KnowledgeError):
    """So many wrong codes that no more are looked at before `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


class NoSeat(KnowledgeError):
    """The code is right, and the person has no seat; `signup` is the place in line, if any."""

    def __init__(self, training: Training, signup: Signup | None) -> None:
        super().__init__(training.id)
        self.training = training
        self.signup = signup


class NoWalkInsNow(KnowledgeError):
    """The meeting has not begun, or it was over more than a day ago."""

    def __init__(self, training: Training) -> None:
        super().__init__(training.id)
        self.training = training


class HasSeat(KnowledgeError):
    """The person is on the list, and is ticked off there."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class HasDenied(KnowledgeError):
    """The person has said that they were not there."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
