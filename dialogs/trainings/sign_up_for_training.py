"""Signing up: one tap, or "anmäl mig till 1"."""

from dataclasses import replace
from typing import ClassVar

from dialogs.conversation import inputs
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.swedish import plain
from dialogs.conversation.texts import text
from dialogs.trainings import cards
from dialogs.trainings.wording import TrainingWording
from dialogs.understanding.effect import Effect
from knowledge.trainings.models import Wanted
from knowledge.trainings.service import MOST_OPEN, SignupClosed, TrainingNotFound, TrainingService


class SignUpForTraining(Dialog):
    """A seat, or a place in the waiting list."""

    name: ClassVar[str] = "sign_up_for_training"

    def __init__(self, trainings: TrainingService, wording: TrainingWording) -> None:
        self.trainings = trainings
        self.wording = wording

    @hears("sign_up", effect=Effect.MINE, personal=True)
    async def sign_up(self, heard: Heard) -> Answer | None:
        """Typed, with the number from the last list, the title, or nothing yet."""
        listed = [int(id_) for id_ in heard.about.get("listed", [])]
        if heard.rest:
            training_id = await self._find(heard.rest, listed)
            return await self._sign_up(heard, training_id) if training_id else None
        if len(listed) == 1:
            return await self._sign_up(heard, listed[0])
        found = await self.trainings.list_open(Wanted())
        if not found:
            return Answer(cards.settled(text("trainings.none_at_all")))
        shown = [training.id for training in found]
        return Answer(cards.listing(found, ""), then="choose", about={"listed": shown})

    @tapped("sign_up", effect=Effect.MINE, personal=True)
    async def tapped_sign_up(self, heard: Heard) -> Answer | None:
        """In a list, or in an announcement, which stays where it is."""
        training_id = heard.number("training")
        if not training_id:
            return None
        answer = await self._sign_up(heard, training_id)
        return replace(answer, beside=heard.number("announcement") is not None)

    async def choose(self, heard: Heard) -> Answer | None:
        """Hears which of the listed trainings it should be."""
        listed = [int(id_) for id_ in heard.about.get("listed", [])]
        training_id = await self._find(heard.text, listed)
        return await self._sign_up(heard, training_id) if training_id else None

    async def again(self, heard: Heard) -> Answer | None:
        return Answer(cards.settled(text("trainings.which_again")), then="choose")

    async def _find(self, typed: str, listed: list[int]) -> int | None:
        """The training meant by a number in the last list, or by words of its title."""
        number = inputs.number(typed)
        if number is not None:
            return listed[number - 1] if 1 <= number <= len(listed) else None
        open_now = await self.trainings.list_open(Wanted(), limit=MOST_OPEN)
        place = inputs.title_in(typed, [training.title for training in open_now])
        return None if place is None else open_now[place].id

    async def _sign_up(self, heard: Heard, training_id: int) -> Answer:
        try:
            signup = await self.trainings.sign_up(heard.person, training_id)
        except TrainingNotFound:
            return Answer(cards.settled(text("trainings.not_found")))
        except SignupClosed as refusal:
            title = plain(refusal.training.title)
            return Answer(cards.settled(text("trainings.closed", title=title)))
        return Answer(self.wording.signed_up(signup))
