"""My trainings: what I have signed up for, and withdrawing."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from dialogs.conversation import inputs, paging
from dialogs.conversation.card_parts import with_first_line
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.paging import Page
from dialogs.conversation.swedish import joined, plain
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text, texts
from dialogs.conversation.wishes import SIGNED_UP
from dialogs.trainings import cards, questions
from dialogs.trainings.lists import MINE, SHOWN, UNDO, WITHDRAWN, TrainingLists
from dialogs.trainings.named import called_by_none
from dialogs.trainings.parts import last_day
from dialogs.trainings.seats import cards as seat_cards
from dialogs.trainings.training_questions import speaks_of_oneself
from dialogs.trainings.which import Picked
from dialogs.trainings.wording import TrainingWording
from dialogs.understanding.effect import Effect
from dialogs.understanding.moods import tells_of_others
from dialogs.understanding.slots import read
from knowledge.directory.places import fold
from knowledge.trainings.models import Signup, SignupStatus, Training, TrainingStatus
from knowledge.trainings.refusals import NotSignedUp, TooLateToWithdraw, TrainingNotFound
from knowledge.trainings.service import TrainingService


class MyTrainings(Dialog):
    """A person's own places."""

    name: ClassVar[str] = MINE

    def __init__(
        self, trainings: TrainingService, lists: TrainingLists, wording: TrainingWording
    ) -> None:
        self.trainings = trainings
        self.wording = wording
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
        """Typed: asks first. What was just signed up for, or the only place, needs no naming."""
        mine = await self.trainings.mine(heard.person)
        own = [one.training.id for one in mine]
        found = await self._named(heard, own) if heard.rest else Picked()
        ids = [id_ for id_ in found.ids if id_ in own] or [*found.ids]
        of_seat = heard.understood or speaks_of_oneself(heard.text)
        if not ids and of_seat and (none := self._called_by_none(heard, mine)):
            answer = await self.show(heard)
            return replace(answer, reply=with_first_line(answer.reply, none))
        named = found.miscounted or heard.understood or _is_number(heard.rest)
        if not ids and heard.rest and not named:
            return None
        if not ids and not found.miscounted and not self._names_other(heard):
            ids = _likely(heard, mine, await self.lists.last_shown(heard))
        elif len(ids) > 1 and not (found.each and {*ids} <= {*own}):
            ids = []
        return await self._ask(heard, ids) if ids else await self.show(heard)

    async def _named(self, heard: Heard, own: Sequence[int]) -> Picked:
        """Those that are named in the list, else of the person's own, whatever is listed."""
        page = self.lists.current(heard.about) or Page.beginning(MINE, own)
        found = await self.lists.pick(heard.rest, page, loosely=heard.understood)
        if found.ids and {*found.ids} & {*own}:
            return found
        page = Page(MINE, len(own), ids=tuple(own), size=max(len(own), 1), seen=len(own))
        just = heard.values.get(SIGNED_UP, ())
        of_own = await self.lists.pick(heard.rest, page, loosely=heard.understood, among=just)
        return found if found.ids and not of_own.ids else of_own

    def _called_by_none(self, heard: Heard, mine: Sequence[Signup]) -> str:
        """What is told of a word for a training that no place of one's own is called by."""
        own = [one.training for one in mine]
        word = called_by_none(heard.text, own, self.lists.today())
        return text("trainings.mine_none_called", word=plain(word)) if word else ""

    def _names_other(self, heard: Heard) -> bool:
        """Whether what follows is something else than a place of one's own, or somebody else's:
        "avboka mötet med rådet", "avanmäl min chef" and "avanmäl mig från 7" are about no seat."""
        if _is_number(heard.rest) or tells_of_others(heard.rest):
            return True
        slots = read(heard.rest, self.lists.today()).slots
        return bool(slots.themes or slots.which or slots.place_names)

    @tapped("ask_withdraw", effect=Effect.NONE, personal=True)
    async def tapped_ask(self, heard: Heard) -> Answer | None:
        training_id = heard.number("training")
        return await self._ask(heard, [training_id]) if training_id else None

    @tapped("withdraw", effect=Effect.MINE, personal=True)
    async def tapped_withdraw(self, heard: Heard) -> Answer | None:
        training_id = heard.number("training")
        return await self._withdraw(heard, [training_id]) if training_id else None

    @tapped("keep_seat", effect=Effect.NONE, personal=True)
    async def tapped_keep(self, heard: Heard) -> Answer | None:
        training_id = heard.number("training")
        return await self._keep(training_id) if training_id else None

    async def confirm_withdraw(self, heard: Heard) -> Answer | None:
        """Hears ja or nej."""
        said = inputs.agreed(heard.text)
        if said is None:
            return None
        ids = _asked_about(heard)
        return await (self._withdraw(heard, ids) if said else self._keep(ids[0]))

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
        page, reply = paging.fitted(
            page, lambda some: self._card(some, _on(some, signups), holds=heard.is_coordinator)
        )
        titles = [signup.training.title for signup in _on(page, signups)]
        kept: dict[str, Any] = {"listed": [*page.here], SHOWN: []}
        return paging.answer(page.shown(titles), reply, **kept)

    def _card(self, page: Page, signups: Sequence[Signup], *, holds: bool) -> Reply:
        files = [self.wording.file_of(one) for one in signups]
        return cards.mine(page, signups, files, holds=holds)

    async def _ask(self, heard: Heard, ids: Sequence[int]) -> Answer:
        known = await self.trainings.find_all(ids)
        trainings = [known[id_] for id_ in ids if id_ in known]
        if not trainings:
            return Answer(cards.settled(text("trainings.not_found")))
        waits = False
        for one in trainings:
            signup = await self.trainings.find_signup(heard.person, one.id)
            if signup is None:
                said = text("trainings.not_signed_up", title=plain(one.title))
                return Answer(cards.settled(said))
            if why := self._nothing_to_leave(one):
                return Answer(cards.settled(why))
            waits = signup.status is SignupStatus.WAITING
        reply = cards.ask_withdraw(trainings[0], waits=waits)
        if len(trainings) > 1:
            reply = questions.ask_withdraw(trainings)
        asked = [one.id for one in trainings]
        return Answer(reply, then="confirm_withdraw", values={"withdrawing": asked})

    async def _withdraw(self, heard: Heard, ids: Sequence[int]) -> Answer:
        """From all of them; what could not be done is told too."""
        told, left = list[str](), dict[int, str]()
        known = await self.trainings.find_all(ids)
        for id_ in ids:
            if id_ in known and (why := self._nothing_to_leave(known[id_])):
                told.append(why)
                continue
            try:
                training = await self.trainings.withdraw(heard.person, id_)
                left[id_] = plain(training.title)
            except TrainingNotFound:
                told.append(text("trainings.not_found"))
            except NotSignedUp as refusal:
                title = plain(refusal.training.title)
                told.append(text("trainings.not_signed_up", title=title))
            except TooLateToWithdraw as refusal:
                told.append(_too_late(refusal.training))
        if not left:
            return Answer(cards.settled("\n\n".join(dict.fromkeys(told))))
        told.insert(0, text("trainings.withdrawn", title=joined([*left.values()])))
        said = "\n\n".join(dict.fromkeys(told))
        values = {WITHDRAWN: [*left]}
        return Answer(seat_cards.left(said, [*left]), then="after", by=UNDO, values=values)

    def _nothing_to_leave(self, training: Training) -> str:
        """Why no place is left any more: it is called off, or over; "" while it is not."""
        title = plain(training.title)
        if training.status is TrainingStatus.CANCELLED:
            return text("trainings.withdraw_cancelled", title=title)
        is_over = training.each_meeting[-1].ends_at <= self.trainings.now()
        return text("trainings.withdraw_over", title=title) if is_over else ""

    async def _keep(self, training_id: int) -> Answer:
        try:
            training = await self.trainings.get(training_id)
        except TrainingNotFound:
            return Answer(cards.settled(text("trainings.not_found")))
        return Answer(cards.settled(text("trainings.kept", title=plain(training.title))))


def _too_late(training: Training) -> str:
    last = last_day(training, "withdraw_until")
    return text("trainings.too_late_to_withdraw", title=plain(training.title), last=last)


def _on(page: Page, signups: Sequence[Signup]) -> Sequence[Signup]:
    return signups[page.first : page.last]


def _asked_about(heard: Heard) -> list[int]:
    """Those that the question is about; older conversations have kept only one."""
    ids = heard.values.get("withdrawing") or [heard.values["training"]]
    return [int(id_) for id_ in ids]


def _likely(heard: Heard, mine: Sequence[Signup], last_shown: Sequence[int]) -> list[int]:
    """Which is meant where none is named: what was just signed up for, or shown, or the only one.

    In line are those that "ta bort mig ur kön" is about.
    """
    said = {*fold(heard.text, strip=False).split()}
    if said & {fold(word, strip=False) for word in texts("trainings.words_for_line")}:
        mine = [one for one in mine if one.status is SignupStatus.WAITING] or mine
    own = [one.training.id for one in mine]
    just = [id_ for id_ in heard.values.get(SIGNED_UP, ()) if id_ in own]
    shown = [id_ for id_ in last_shown if id_ in own]
    return just or shown[: len(shown) == 1] or own[: len(own) == 1]


def _is_number(typed: str) -> bool:
    return inputs.number(typed) is not None
