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

    def signed_up(self, *signups: Signup) -> Reply:
        urls = [self.calendar_url(one.calendar_token) for one in signups]
        if len(signups) == 1:
            return cards.signed_up(signups[0], urls[0])
        return cards.signed_up_for(signups, urls)

    def promoted(self, signup: Signup) -> Message:
        return cards.promoted(signup, self.calendar_url(signup.calendar_token)).message

    def reminder(self, signup: Signup) -> Message:
        return cards.reminder(signup, self.calendar_url(signup.calendar_token)).message
