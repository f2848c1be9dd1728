"""Yes or no to a seat that is offered to somebody in line."""

from typing import ClassVar

from dialogs.conversation import inputs
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.swedish import plain
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings import cards
from dialogs.trainings.asking.sign_ups import SignUps
from dialogs.trainings.lists import UNDO, WITHDRAWN
from dialogs.trainings.seats import cards as seat_cards
from dialogs.understanding.effect import Effect
from knowledge.trainings.asking.refusals import AnswersNeeded
from knowledge.trainings.models import SignupStatus
from knowledge.trainings.refusals import NotOffered, SignupClosed, TrainingNotFound


class AnswerOffer(Dialog):
    """Also late: then it is told what has become of the seat."""

    name: ClassVar[str] = "answer_offer"

    def __init__(self, sign_ups: SignUps) -> None:
        self.trainings = sign_ups.trainings
        self.sign_ups = sign_ups

    @hears("seat_offers", effect=Effect.NONE, personal=True)
    async def show(self, heard: Heard) -> Answer:
        """What waits for an answer, one at a time."""
        mine = await self.trainings.mine(heard.person)
        waiting = [one for one in mine if one.is_offered]
        if not waiting:
            return Answer(Reply(text("trainings_seats.none_offered")))
        reply, id_ = seat_cards.offered(waiting[0]), waiting[0].training.id
        return Answer(reply, then="answer", values={"training": id_})

    async def answer(self, heard: Heard) -> Answer | None:
        """Hears ja or nej."""
        said = inputs.agreed(heard.text, "trainings_seats.yes")
        if said is None:
            return None
        id_ = int(heard.values["training"])
        return await (self._accept(heard, id_) if said else self._decline(heard, id_))

    async def again(self, heard: Heard) -> Answer | None:
        reply = Reply(text("trainings_seats.offered_again"))
        return Answer(reply, then="answer", values=heard.values)

    @tapped("offer_yes", effect=Effect.MINE, personal=True)
    async def yes(self, heard: Heard) -> Answer | None:
        id_ = heard.number("training")
        return await self._accept(heard, id_) if id_ else None

    @tapped("offer_no", effect=Effect.MINE, personal=True)
    async def no(self, heard: Heard) -> Answer | None:
        id_ = heard.number("training")
        return await self._decline(heard, id_) if id_ else None

    async def _accept(self, heard: Heard, id_: int) -> Answer:
        """Signing up takes the seat that is kept. Who has left the line since signs up anew."""
        try:
            signup = await self.trainings.sign_up(heard.person, id_)
        except AnswersNeeded as refusal:
            return await self.sign_ups.form(heard, refusal.training, {})
        except TrainingNotFound:
            return Answer(cards.settled(text("trainings.not_found")))
        except SignupClosed as refusal:
            title = plain(refusal.training.title)
            return Answer(cards.settled(text("trainings.closed", title=title)))
        title, place = plain(signup.training.title), signup.place_in_line
        if signup.status is SignupStatus.WAITING and signup.already:
            said = text("trainings_seats.late", title=title, place=place)
            return Answer(cards.settled(said))
        return self.sign_ups.told(signup)

    async def _decline(self, heard: Heard, id_: int) -> Answer:
        try:
            training = await self.trainings.decline(heard.person, id_)
        except TrainingNotFound:
            return Answer(cards.settled(text("trainings.not_found")))
        except NotOffered as refusal:
            return Answer(cards.settled(_not_offered(refusal)))
        said = text("trainings_seats.declined", title=plain(training.title))
        reply, values = seat_cards.left(said, [id_]), {WITHDRAWN: [id_]}
        return Answer(reply, then="after", by=UNDO, values=values)


def _not_offered(refusal: NotOffered) -> str:
    """Where the person stands, for whom no seat waits (any more)."""
    title, signup = plain(refusal.training.title), refusal.signup
    if signup is None:
        return text("trainings.not_signed_up", title=title)
    if signup.status is SignupStatus.CONFIRMED:
        return text("trainings.kept", title=title)
    return text("trainings_seats.late", title=title, place=signup.place_in_line)
