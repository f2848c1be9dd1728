"""The words of trainings, where a sign-up is told of: in the chat and by itself."""

from collections.abc import Callable

from dialogs.conversation.talk import Reply
from dialogs.trainings import cards, notice_cards
from dialogs.trainings.seats import cards as seat_cards
from knowledge.delivery.messenger import Message
from knowledge.trainings.models import Signup, Training


class TrainingWording:
    """Implements the port `knowledge.trainings.wording`.

    `calendar_url` makes the address of a calendar file from a sign-up's token.
    """

    def __init__(self, calendar_url: Callable[[str], str]) -> None:
        self.calendar_url = calendar_url

    def signed_up(self, *signups: Signup) -> Reply:
        urls = [self.file_of(one) for one in signups]
        if len(signups) == 1:
            return cards.signed_up(signups[0], urls[0])
        return cards.signed_up_for(signups, urls)

    def promoted(self, signup: Signup) -> Message:
        return notice_cards.promoted(signup, self.file_of(signup)).message_about(signup.training.id)

    def offered(self, signup: Signup) -> Message:
        return seat_cards.offered(signup).message_about(signup.training.id)

    def moved(self, signup: Signup, before: Training) -> Message:
        reply = notice_cards.moved(signup, before, self.file_of(signup))
        return reply.message_about(signup.training.id)

    def cancelled(self, signup: Signup) -> Message:
        return notice_cards.cancelled(signup, self.file_of(signup)).message_about(
            signup.training.id
        )

    def reminder(self, signup: Signup) -> Message:
        return notice_cards.reminder(signup, self.file_of(signup)).message_about(signup.training.id)

    def file_of(self, signup: Signup) -> str:
        """The address of the calendar file of a place."""
        return self.calendar_url(signup.calendar_token)
