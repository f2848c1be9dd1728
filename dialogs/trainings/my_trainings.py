"""My trainings: what I have signed up for, and withdrawing."""

from typing import ClassVar

from dialogs.conversation import inputs
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.swedish import plain
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings import cards
from dialogs.understanding.effect import Effect
from knowledge.trainings.models import Signup
from knowledge.trainings.service import NotSignedUp, TrainingNotFound, TrainingService

MOST_SHOWN = 5


class MyTrainings(Dialog):
    """A person's own places."""

    name: ClassVar[str] = "my_trainings"

    def __init__(self, trainings: TrainingService) -> None:
        self.trainings = trainings

    @hears("my_trainings", effect=Effect.NONE, personal=True)
    @tapped("my_trainings", effect=Effect.NONE, personal=True)
    async def show(self, heard: Heard) -> Answer:
        signups = (await self.trainings.mine(heard.person))[:MOST_SHOWN]
        if not signups:
            return Answer(Reply(text("trainings.mine_none")))
        return Answer(cards.mine(signups))

    @hears("withdraw", effect=Effect.MINE, personal=True)
    async def withdraw(self, heard: Heard) -> Answer | None:
        """Typed: asks first. One place alone needs no naming."""
        signups = await self.trainings.mine(heard.person)
        chosen = _chosen(heard.rest, signups[:MOST_SHOWN])
        if chosen is not None:
            return await self._ask(heard, chosen.training.id)
        if heard.rest and not signups:
            return Answer(Reply(text("trainings.mine_none")))
        if heard.rest and inputs.number(heard.rest) is None:
            return None
        return await self.show(heard)

    @tapped("ask_withdraw", effect=Effect.NONE, personal=True)
    async def tapped_ask(self, heard: Heard) -> Answer | None:
        training_id = heard.number("training")
        return await self._ask(heard, training_id) if training_id else None

    @tapped("withdraw", effect=Effect.MINE, personal=True)
    async def tapped_withdraw(self, heard: Heard) -> Answer | None:
        training_id = heard.number("training")
        return await self._withdraw(heard, training_id) if training_id else None

    @tapped("keep_seat", effect=Effect.NONE, personal=True)
    async def tapped_keep(self, heard: Heard) -> Answer | None:
        training_id = heard.number("training")
        return await self._keep(training_id) if training_id else None

    async def confirm_withdraw(self, heard: Heard) -> Answer | None:
        """Hears ja or nej."""
        said = inputs.yes_or_no(heard.text)
        if said is None:
            return None
        training_id = int(heard.values["training"])
        return await (self._withdraw(heard, training_id) if said else self._keep(training_id))

    async def again(self, heard: Heard) -> Answer | None:
        reply = Reply(text("trainings.ask_yes_or_no"))
        return Answer(reply, then="confirm_withdraw", values=heard.values)

    async def _ask(self, heard: Heard, training_id: int) -> Answer:
        try:
            training = await self.trainings.get(training_id)
        except TrainingNotFound:
            return Answer(cards.settled(text("trainings.not_found")))
        if await self.trainings.find_signup(heard.person, training_id) is None:
            title = plain(training.title)
            return Answer(cards.settled(text("trainings.not_signed_up", title=title)))
        values = {"training": training_id}
        return Answer(cards.ask_withdraw(training), then="confirm_withdraw", values=values)

    async def _withdraw(self, heard: Heard, training_id: int) -> Answer:
        try:
            training = await self.trainings.withdraw(heard.person, training_id)
        except TrainingNotFound:
            return Answer(cards.settled(text("trainings.not_found")))
        except NotSignedUp as refusal:
            title = plain(refusal.training.title)
            return Answer(cards.settled(text("trainings.not_signed_up", title=title)))
        title = plain(training.title)
        return Answer(cards.settled(text("trainings.withdrawn", title=title)))

    async def _keep(self, training_id: int) -> Answer:
        try:
            training = await self.trainings.get(training_id)
        except TrainingNotFound:
            return Answer(cards.settled(text("trainings.not_found")))
        return Answer(cards.settled(text("trainings.kept", title=plain(training.title))))


def _chosen(typed: str, signups: list[Signup]) -> Signup | None:
    """The sign-up meant by a number, by words of the title, or by being the only one."""
    if not typed:
        return signups[0] if len(signups) == 1 else None
    number = inputs.number(typed)
    if number is not None:
        return signups[number - 1] if 1 <= number <= len(signups) else None
    place = inputs.title_in(typed, [signup.training.title for signup in signups])
    return None if place is None else signups[place]
