""" "Ja" and "nej" out of the blue: mostly the answer to a question that came by itself.

What the bot writes by itself awaits nothing in the conversation, because something else may be
under way there. So the question is shown once more, and only then answered.
"""

from typing import ClassVar

from dialogs.conversation import inputs
from dialogs.conversation.card_parts import with_first_line
from dialogs.conversation.dialog import UNASKED, Answer, Dialog, Heard, hears
from dialogs.conversation.talk import Scope
from dialogs.conversation.texts import text
from dialogs.trainings.participants import notice_cards
from dialogs.trainings.participants.answer_invitation import AnswerInvitation
from dialogs.trainings.seats import cards as seat_cards
from dialogs.trainings.seats.answer_offer import AnswerOffer
from dialogs.understanding.effect import Effect
from knowledge.directory.models import Person
from knowledge.directory.places import Places
from knowledge.trainings.participants.invitations import InvitationService
from knowledge.trainings.service import TrainingService


class HearUnasked(Dialog):
    """A seat that is offered comes first: it does not wait for long."""

    name: ClassVar[str] = "hear_unasked"

    def __init__(
        self, trainings: TrainingService, invitations: InvitationService, places: Places
    ) -> None:
        self.trainings = trainings
        self.invitations = invitations
        self.places = places

    @hears(UNASKED, effect=Effect.NONE)
    async def reply(self, heard: Heard) -> Answer | None:
        """Nothing is done: the reader has not seen which question it would be the answer to."""
        if heard.turn.place.scope is not Scope.PERSONAL or not inputs.is_reply(heard.text):
            return None
        return await self._offered(heard.person) or await self._invited(heard.person)

    async def _offered(self, person: Person) -> Answer | None:
        waiting = [one for one in await self.trainings.mine(person) if one.is_offered]
        if not waiting:
            return None
        reply = with_first_line(seat_cards.offered(waiting[0]), text("trainings.unasked"))
        values = {"training": waiting[0].training.id}
        return Answer(reply, then="answer", values=values, by=AnswerOffer.name)

    async def _invited(self, person: Person) -> Answer | None:
        waiting = await self.invitations.list_open(person)
        if not waiting:
            return None
        reply = notice_cards.invited(waiting[0], self.places)
        reply = with_first_line(reply, text("trainings.unasked"))
        values = {"invitation": waiting[0].id}
        return Answer(reply, then="answer", values=values, by=AnswerInvitation.name)
