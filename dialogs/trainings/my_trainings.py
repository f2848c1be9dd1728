"""My trainings: what I have signed up for, and withdrawing."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from dialogs.conversation import inputs, paging
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.paging import Page
from dialogs.conversation.swedish import plain
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings import cards
from dialogs.trainings.lists import MINE, TrainingLists
from dialogs.understanding.effect import Effect
from knowledge.trainings.models import Signup
from knowledge.trainings.service import NotSignedUp, TrainingNotFound, TrainingService


class MyTrainings(Dialog):
    """A person's own places."""

    name: ClassVar[str] = MINE

    def __init__(self, trainings: TrainingService, lists: TrainingLists) -> None:
        self.trainings = trainings
        self.lists = lists

    @hears("my_trainings", effect=Effect.NONE, personal=True)
    @tapped("my_trainings", effect=Effect.NONE, personal=True)
    async def show(self, heard: Heard) -> Answer:
        return await self._list(heard, Page(MINE, 0))

    async def page(self, heard: Heard, page: Page) -> Answer | None:
        heard.must_be_private()
        return await self._list(heard, page)

    @hears("withdraw", effect=Effect.MINE, personal=True)
    async def withdraw(self, heard: Heard) -> Answer | None:
        """Typed: asks first. One place alone needs no naming."""
        mine = [signup.training.id for signup in await self.trainings.mine(heard.person)]
        if not mine or not heard.rest:
            return await self._ask(heard, mine[0]) if len(mine) == 1 else await self.show(heard)
        page = self.lists.current(heard.about) or Page.beginning(MINE, mine)
        found = await self.lists.pick(heard.rest, page, loosely=heard.understood)
        if not found.ids:  # of the person's own, whatever is listed
            page = Page(MINE, len(mine), ids=tuple(mine), seen=len(mine))
            found = await self.lists.pick(heard.rest, page, loosely=heard.understood)
        own = [id_ for id_ in found.ids if id_ in mine]
        chosen = own if len(own) == 1 else found.ids
        if len(chosen) == 1:
            return await self._ask(heard, chosen[0])
        if len(own) > 1:
            number = page.number_of(own[0])
            return Answer(Reply(text("trainings.one_at_a_time", number=number)))
        return await self.show(heard) if heard.understood or _is_number(heard.rest) else None

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
        said = inputs.agreed(heard.text)
        if said is None:
            return None
        training_id = int(heard.values["training"])
        return await (self._withdraw(heard, training_id) if said else self._keep(training_id))

    async def again(self, heard: Heard) -> Answer | None:
        reply = Reply(text("trainings.ask_yes_or_no"))
        return Answer(reply, then="confirm_withdraw", values=heard.values)

    async def _list(self, heard: Heard, page: Page) -> Answer:
        """A page of the places; it is read anew each time, since places come and go."""
        signups = await self.trainings.mine(heard.person)
        if not signups:
            return Answer(Reply(text("trainings.mine_none")), about=paging.NOTHING)
        ids = tuple(signup.training.id for signup in signups)
        first = page.first if page.first < len(ids) else 0
        page = replace(page, ids=ids, total=len(ids), first=first)
        page, reply = paging.fitted(page, lambda some: cards.mine(some, _on(some, signups)))
        titles = [signup.training.title for signup in _on(page, signups)]
        return paging.answer(page.shown(titles), reply, listed=[*page.here])

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


def _on(page: Page, signups: Sequence[Signup]) -> Sequence[Signup]:
    return signups[page.first : page.last]


def _is_number(typed: str) -> bool:
    return inputs.number(typed) is not None
