"""The words of trainings, where a sign-up is told of: in the chat and by itself."""

from collections.abc import Callable

from dialogs.conversation.talk import Reply
from dialogs.trainings import cards
from knowledge.delivery.messenger import Message
from knowledge.trainings.models import Signup


class TrainingWording:
    """Implements the port `knowledge.trainings.wording`.

    `calendar_url` makes the address of a calendar file from a sign-up's token.
    """

    def __init__(self, calendar_url: Callable[[str], str]) -> None:
        self.calendar_url = calendar_url

    def signed_up(self, signup: Signup) -> Reply:
        return cards.signed_up(signup, self.calendar_url(signup.calendar_token))

    def promoted(self, signup: Signup) -> Message:
        return cards.promoted(signup, self.calendar_url(signup.calendar_token)).message

    def reminder(self, signup: Signup) -> Message:
        return cards.reminder(signup, self.calendar_url(signup.calendar_token)).message
