"""Answering the three questions, and reading what others have answered."""

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import ClassVar

from dialogs.conversation import inputs, paging, swedish
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.paging import Page
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings.evaluations import cards
from dialogs.trainings.evaluations.cards import Filled
from dialogs.trainings.lists import SHOWN
from dialogs.trainings.named import named_among
from dialogs.trainings.participants.views import OTHERS_HEAR, ParticipantViews
from dialogs.trainings.planning.views import SHOWN as HELD
from dialogs.understanding.effect import Effect
from knowledge.directory.models import Person
from knowledge.directory.places import fold
from knowledge.errors import KnowledgeError
from knowledge.trainings.evaluations.models import Result
from knowledge.trainings.evaluations.refusals import (
    AlreadyAnswered,
    AlreadySent,
    EvaluationClosed,
    NotAsked,
)
from knowledge.trainings.evaluations.service import EvaluationService
from knowledge.trainings.models import Training

EVALUATE = "evaluate"
ON_PAGE = 8

PictureLink = Callable[[Result], Awaitable[str]]
"""Where a picture of the grades can be fetched."""

_TYPED = re.compile(r"\s*([1-5])\s*(?:och|,|/|;)?\s+([1-5])(?![\d,.%])[\s.,:;–-]*(.*)", re.DOTALL)


class Evaluate(Dialog):
    """Who came answers, once; who holds the training reads the sum."""

    name: ClassVar[str] = EVALUATE

    def __init__(
        self, evaluations: EvaluationService, participants: ParticipantViews, picture: PictureLink
    ) -> None:
        self.evaluations = evaluations
        self.participants = participants
        self.picture = picture

    @hears("evaluation", effect=Effect.NONE, personal=True)
    async def show(self, heard: Heard) -> Answer | None:
        """Two grades that follow are an answer; else what waits for one, or the result."""
        waiting = await self.evaluations.list_open(heard.person)
        given = _TYPED.fullmatch(heard.rest)
        if given and not heard.understood:
            if len(waiting) == 1:
                return await self._answer(heard.person, waiting[0].id, Filled(*given.groups()))
            return self._waiting(waiting)
        if heard.is_coordinator:
            return await self._result_of(heard, waiting)
        return self._waiting(waiting)

    @tapped("evaluation", effect=Effect.NONE, personal=True)
    async def tapped_show(self, heard: Heard) -> Answer | None:
        """A button of the reader's own, or of who holds the training."""
        if id_ := heard.number("answer"):
            try:
                evaluation = await self.evaluations.find(heard.person, id_)
            except KnowledgeError as refusal:
                return self._refused(refusal)
            return self._asked(evaluation.training)
        id_ = heard.number("training")
        return await self._result(heard.person, id_) if id_ else await self.show(heard)

    @tapped("evaluation_answer", effect=Effect.MINE, personal=True)
    async def tapped_answer(self, heard: Heard) -> Answer | None:
        id_ = heard.number("training")
        filled = Filled(*(heard.word(name) for name in ("useful", "arranged", "words")))
        return await self._answer(heard.person, id_, filled) if id_ else None

    @tapped("evaluation_off", effect=Effect.MINE, personal=True, others_hear=OTHERS_HEAR)
    async def tapped_off(self, heard: Heard) -> Answer | None:
        return await self._turn(heard, heard.number("training"), off=True)

    @tapped("evaluation_on", effect=Effect.MINE, personal=True, others_hear=OTHERS_HEAR)
    async def tapped_on(self, heard: Heard) -> Answer | None:
        return await self._turn(heard, heard.number("training"), off=False)

    async def page(self, heard: Heard, page: Page) -> Answer | None:
        heard.must_be_private()
        said = page.asked.get("training", "")
        if not heard.is_coordinator or not said.isdigit() or len(said) > 9:
            return Answer(Reply(text(OTHERS_HEAR)))
        return await self._result(heard.person, int(said), page.first)

    async def rate(self, heard: Heard) -> Answer | None:
        """Hears "4 5" and what is said after it."""
        given = _TYPED.fullmatch(heard.text)
        if not given:
            return None
        return await self._answer(
            heard.person, int(heard.values["training"]), Filled(*given.groups())
        )

    async def which(self, heard: Heard) -> Answer | None:
        """Hears the number of one of those that wait for an answer."""
        ids = [int(one) for one in heard.values["waiting"]]
        number = inputs.number(heard.text.split()[-1]) if heard.text.split() else None
        label = text("trainings_evaluations.answer_number", number=number or 0)
        is_it = inputs.number(heard.text) or fold(heard.text) == fold(label)
        if not is_it or number is None or not 0 < number <= len(ids):
            return None
        waiting = {one.id: one for one in await self.evaluations.list_open(heard.person)}
        known = waiting.get(ids[number - 1])
        return self._asked(known) if known else self._waiting([*waiting.values()])

    async def of_result(self, heard: Heard) -> Answer | None:
        """Hears what the buttons below a result say."""
        id_ = int(heard.values["training"])
        for turn in ("off", "on"):
            if paging.is_said(heard.text, f"trainings_evaluations.words_{turn}"):
                return await self._turn(heard, id_, off=turn == "off")
        return None

    async def _result_of(self, heard: Heard, waiting: Sequence[Training]) -> Answer | None:
        """Of the one that is named, or was shown last; the reader's own answer comes before a
        question which one is meant."""
        if heard.rest:
            found = await named_among(heard, self.participants)
            return await self._result(heard.person, found) if found else None
        shown = heard.about.get(HELD)
        if isinstance(shown, int) and shown:
            return await self._result(heard.person, shown)
        if waiting:
            return self._waiting(waiting)
        held = await self.participants.held(heard.person)
        if len(held) == 1:
            return await self._result(heard.person, next(iter(held)))
        return Answer(Reply(text("trainings_evaluations.name_it")))

    def _waiting(self, waiting: Sequence[Training]) -> Answer:
        if not waiting:
            return Answer(cards.settled(text("trainings_evaluations.none_open")))
        if len(waiting) == 1:
            return self._asked(waiting[0])
        values = {"waiting": [one.id for one in waiting[: paging.FEW]]}
        return Answer(cards.which(waiting), then="which", values=values, by=EVALUATE)

    def _asked(self, training: Training) -> Answer:
        values = {"training": training.id}
        return Answer(cards.asked(training), then="rate", values=values, by=EVALUATE)

    async def _answer(self, person: Person, id_: int, filled: Filled) -> Answer:
        try:
            if not {filled.useful, filled.arranged} <= {*"12345"}:
                known = (await self.evaluations.find(person, id_)).training
                missing = text("trainings_evaluations.missing")
                return replace(self._asked(known), reply=cards.asked(known, filled, missing))
            grades = int(filled.useful), int(filled.arranged)
            words = swedish.bare(filled.words.strip(), 10_000)
            done = await self.evaluations.answer(person, id_, *grades, words)
        except KnowledgeError as refusal:
            return self._refused(refusal)
        return Answer(cards.thanks(done))

    async def _turn(self, heard: Heard, id_: int | None, *, off: bool) -> Answer | None:
        if not id_:
            return None
        try:
            await self.evaluations.turn(heard.person, id_, off=off)
        except KnowledgeError as refusal:
            return self._refused(refusal)
        note = text(f"trainings_evaluations.turned_{'off' if off else 'on'}")
        return await self._result(heard.person, id_, note=note)

    async def _result(self, person: Person, id_: int, first: int = 0, note: str = "") -> Answer:
        try:
            result = await self.evaluations.result(person, id_)
        except KnowledgeError as refusal:
            return self._refused(refusal)
        total = len(result.words)
        asked = {"training": str(id_)}
        page = Page(EVALUATE, total, first if first < total else 0, ON_PAGE, asked=asked)
        picture = await self.picture(result) if result.is_shown else ""
        page, reply = paging.fitted(page, lambda some: cards.result(result, some, picture, note))
        about = {**page.about, HELD: id_, SHOWN: []}
        values = {"training": id_, "listed": page.of}
        return Answer(reply, then="of_result", values=values, about=about, by=EVALUATE)

    def _refused(self, refusal: KnowledgeError) -> Answer:
        """Why not. What is no refusal of ours is raised again."""
        if isinstance(refusal, NotAsked):
            return Answer(cards.settled(text("trainings_evaluations.not_asked")))
        if isinstance(refusal, AlreadyAnswered | EvaluationClosed | AlreadySent):
            key = {
                AlreadyAnswered: "already_answered",
                EvaluationClosed: "closed",
                AlreadySent: "already_sent",
            }[type(refusal)]
            title = swedish.plain(refusal.training.title)
            return Answer(cards.settled(text(f"trainings_evaluations.{key}", title=title)))
        return self.participants.refused(refusal)
