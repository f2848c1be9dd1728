"""The words of what people are told when a coordinator has done something about them."""

from collections.abc import Callable

from dialogs.conversation.texts import speaking_to
from dialogs.trainings.participants import notice_cards
from knowledge.delivery.messenger import Message
from knowledge.directory.places import Places
from knowledge.trainings.models import Signup
from knowledge.trainings.participants.models import Invitation


class ParticipantWording:
    """Implements the port `knowledge.trainings.participants.wording`.

    It is worded in the turn of a coordinator, and read by somebody else. `removal_url` makes the
    address of the file that takes a sign-up out of a calendar.
    """

    def __init__(self, places: Places, removal_url: Callable[[str], str]) -> None:
        self.places = places
        self.removal_url = removal_url

    def invited(self, invitation: Invitation) -> Message:
        with speaking_to(coordinator=False):
            reply = notice_cards.invited(invitation, self.places)
        return reply.message_about(invitation.training.id)

    def answered(self, invitation: Invitation, signup: Signup | None) -> Message:
        with speaking_to(coordinator=not invitation.by_colleague):
            reply = notice_cards.answered(invitation, signup)
        return reply.message_about(invitation.training.id)

    def removed(self, signup: Signup, note: str) -> Message:
        url = self.removal_url(signup.calendar_token)
        with speaking_to(coordinator=False):
            return notice_cards.removed(signup, note, url).message_about(signup.training.id)
