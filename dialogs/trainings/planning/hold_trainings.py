"""The trainings that a coordinator holds: how they stand, and what can be done with each."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, ClassVar

from dialogs.conversation import inputs, paging, swedish
from dialogs.conversation.card_parts import with_first_line
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.paging import Page
from dialogs.conversation.swedish import plain
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text, texts
from dialogs.trainings.planning import cards
from dialogs.trainings.planning.plan_training import OTHERS_HEAR
from dialogs.trainings.planning.said import how_to_change, may_be_meant, said_to_be_meant
from dialogs.trainings.planning.views import HOLD, SHOWN, TrainingViews
from dialogs.trainings.planning.writing import TrainingWriting
from dialogs.trainings.which import picked
from dialogs.understanding.effect import Effect
from dialogs.understanding.moods import has_condition
from knowledge.directory.models import Person
from knowledge.directory.places import fold
from knowledge.errors import KnowledgeError
from knowledge.trainings.models import Training, TrainingStatus
from knowledge.trainings.planning.models import Held
from knowledge.trainings.planning.refusals import NotACoordinator, NotNow
from knowledge.trainings.planning.service import Done, PlanningService

Act = Callable[[Heard, int], Awaitable[Answer]]
Turning = Callable[[Person, int], Awaitable[Done]]

CHANGE, CANCEL, SHOW = "change", "cancel", "show"
COPY, CLOSE, REOPEN = "copy", "close", "reopen"
"""What may be meant with one of the list."""

TURNS = (CLOSE, REOPEN)
"""What is done at once when it is said in its own words, and else asked about."""

LOOKED_AT_FIRST = (CHANGE, CANCEL, COPY)
"""What shows the training before anything happens: the only one is meant, also unseen."""


class HoldTrainings(Dialog):
    """A list, a card for each, and what can be done with it."""

    name: ClassVar[str] = HOLD

    def __init__(
        self,
        planning: PlanningService,
        views: TrainingViews,
        writing: TrainingWriting,
    ) -> None:
        self.planning = planning
        self.views = views
        self.writing = writing

    @hears("held_trainings", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    @tapped("held_trainings", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def list(self, heard: Heard) -> Answer:
        return await self._list(heard, Page(HOLD, 0))

    async def page(self, heard: Heard, page: Page) -> Answer | None:
        heard.must_be_private()
        return await self._list(heard, page)

    @hears(
        "change_training",
        effect=Effect.NONE,
        personal=True,
        others_hear="trainings_planning.others_change",
    )
    async def change(self, heard: Heard) -> Answer:
        """The one that was shown last, or which of the list?"""
        answer = await self._with(heard, CHANGE)
        note = how_to_change(heard.text, understood=heard.understood) if answer.then else ""
        return replace(answer, reply=with_first_line(answer.reply, note)) if note else answer

    @hears(
        "cancel_training",
        effect=Effect.NONE,
        personal=True,
        others_hear="trainings_planning.others_cancel",
    )
    async def cancel(self, heard: Heard) -> Answer | None:
        """The same; why it is called off is asked first. No condition is kept for later."""
        if heard.is_coordinator and has_condition(heard.text):
            return Answer(Reply(text("trainings_planning.cancel_if")))
        return None if await self._is_other(heard) else await self._with(heard, CANCEL)

    @hears("copy_training", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def copy(self, heard: Heard) -> Answer | None:
        return None if await self._is_other(heard) else await self._with(heard, COPY)

    @hears("close_training", effect=Effect.OTHERS, personal=True, others_hear=OTHERS_HEAR)
    async def close(self, heard: Heard) -> Answer:
        """At once in its own words; in others it is asked first, with its name."""
        return await self._with(heard, CLOSE)

    @hears("reopen_training", effect=Effect.OTHERS, personal=True, others_hear=OTHERS_HEAR)
    async def reopen(self, heard: Heard) -> Answer:
        return await self._with(heard, REOPEN)

    async def which(self, heard: Heard) -> Answer | None:
        """Hears which of the list it is: "2", "visa 2", the title, "den i Växjö"."""
        page = paging.listed(heard.about)
        if page is None or page.of != HOLD:
            return None
        try:
            rows = await self.planning.list_held(heard.person)
        except KnowledgeError as refusal:
            return self.views.refused(refusal)
        known = {one.training.id: one.training for one in rows}
        only = picked(_without_show(heard.text), page, known, self._today()).only
        if only is None:
            return None
        return await self._one(heard, only, act=str(heard.values.get("act", SHOW)))

    async def act(self, heard: Heard) -> Answer | None:
        """Hears, of the one on the screen, what its buttons say."""
        id_ = int(heard.values["id"])
        if not inputs.is_plain(heard.text):
            return None
        for name, step in self._acts().items():
            if paging.is_said(heard.text, f"trainings_planning.words_{name}"):
                return await step(heard, id_)
        return None

    async def confirm_turn(self, heard: Heard) -> Answer | None:
        """Hears ja or nej to closing or opening."""
        said, id_ = inputs.agreed(heard.text), int(heard.values["id"])
        if said is None:
            return None
        return await self._one(heard, id_, act=str(heard.values["act"]) if said else SHOW)

    async def confirm_delete(self, heard: Heard) -> Answer | None:
        """Hears ja or nej."""
        said = inputs.agreed(heard.text, "trainings_planning.do_delete")
        id_ = int(heard.values["id"])
        if said is None:
            return None
        return await (self._delete(heard, id_) if said else self._one(heard, id_))

    @tapped("training_show", effect=Effect.NONE, personal=True)
    async def tapped_show(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self._one(heard, id_) if id_ else None

    @tapped("training_open", effect=Effect.NONE, personal=True)
    async def tapped_open(self, heard: Heard) -> Answer | None:
        return await self.tapped_show(heard)

    @tapped("training_close", effect=Effect.OTHERS, personal=True)
    async def tapped_close(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self._close(heard, id_) if id_ else None

    @tapped("training_reopen", effect=Effect.OTHERS, personal=True)
    async def tapped_reopen(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self._reopen(heard, id_) if id_ else None

    @tapped("training_cancel", effect=Effect.NONE, personal=True)
    async def tapped_cancel(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self._one(heard, id_, act=CANCEL) if id_ else None

    @tapped("training_delete", effect=Effect.NONE, personal=True)
    async def tapped_delete(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self._ask_delete(heard, id_) if id_ else None

    @tapped("training_do_delete", effect=Effect.MINE, personal=True)
    async def tapped_do_delete(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self._delete(heard, id_) if id_ else None

    def _acts(self) -> dict[str, Act]:
        """What each button of a training does."""
        return {
            "change": self.writing.change,
            "copy": self.writing.copy,
            "publish_draft": self.writing.look,
            "close": self._close,
            "reopen": self._reopen,
            "cancel": partial(self._one, act=CANCEL),
            "delete": self._ask_delete,
        }

    async def _ask_delete(self, heard: Heard, id_: int) -> Answer:
        held = await self.views.find(self.planning, heard, id_)
        if isinstance(held, Answer):
            return held
        if not held.is_draft:
            return self.views.refused(NotNow(held.training))
        reply = cards.ask_delete(held.training)
        return Answer(reply, then="confirm_delete", values={"id": id_})

    async def _delete(self, heard: Heard, id_: int) -> Answer:
        try:
            gone = await self.planning.delete_draft(heard.person, id_)
        except KnowledgeError as refusal:
            return self.views.refused(refusal)
        title = plain(gone.title)
        return Answer(cards.settled(text("trainings_planning.deleted", title=title)))

    async def _list(self, heard: Heard, page: Page, act: str = SHOW, ask: str = "") -> Answer:
        """A page of what is held, read anew each time."""
        try:
            rows = await self.planning.list_held(heard.person)
        except NotACoordinator as refusal:
            return self.views.refused(refusal)
        if not rows:
            reply = Reply(text("trainings_planning.list_none"))
            return Answer(reply, about=paging.NOTHING)
        ids = tuple(one.training.id for one in rows)
        first = page.first if page.first < len(ids) else 0
        page = replace(page, ids=ids, total=len(ids), first=first)
        page, reply = paging.fitted(page, lambda some: self._card(some, rows, ask))
        titles = [one.training.title for one in rows[page.first : page.last]]
        page = page.shown(titles)
        values: dict[str, Any] = {"listed": page.of, "act": act}
        return Answer(reply, then="which", values=values, about=page.about)

    def _card(self, page: Page, rows: Sequence[Held], ask: str) -> Reply:
        shown = rows[page.first : page.last]
        return cards.listing(page, shown, self.planning.now(), ask=ask)

    async def _with(self, heard: Heard, act: str) -> Answer:
        """The one that is named, was shown last or is the only one; else it is asked which."""
        rows = may_be_meant(heard.text, await self._held(heard.person))
        by_title = act in (CHANGE, COPY)
        meant = said_to_be_meant(heard.text, rows, self._today(), by_title=by_title)
        shown = heard.about.get(SHOWN)
        if meant is None and isinstance(shown, int) and shown:
            meant = (shown,)
        if meant is None and (act in LOOKED_AT_FIRST or heard.understood):
            meant = tuple(one.id for one in rows)
        if meant and len(meant) == 1:
            return await self._one(heard, meant[0], act=act)
        ask = text("trainings_planning.ask_which", number=1)
        return await self._list(heard, Page(HOLD, 0), act, ask)

    async def _is_other(self, heard: Heard) -> bool:
        """Whether what follows the command's own words is no training: "ställ in mötet"."""
        rows = await self._held(heard.person) if heard.rest else ()
        fits = said_to_be_meant(heard.rest, rows, self._today(), by_title=True)
        return bool(heard.rest) and not fits

    def _today(self) -> date:
        return self.planning.now().astimezone(swedish.SWEDEN).date()

    async def _held(self, person: Person) -> Sequence[Training]:
        try:
            return [one.training for one in await self.planning.list_held(person)]
        except NotACoordinator:
            return []  # which is told where the list is read

    async def _one(self, heard: Heard, id_: int, *, act: str = SHOW) -> Answer:
        if act in (CHANGE, COPY) or (act in TURNS and not heard.understood):
            return await self._acts()[act](heard, id_)
        held = await self.views.find(self.planning, heard, id_)
        if isinstance(held, Answer):
            return held
        if act == SHOW:
            return self.views.held(held)
        if act in TURNS:
            return self.views.ask_turn(held.training, act)
        training = held.training
        is_on = training.status in (TrainingStatus.OPEN, TrainingStatus.CLOSED)
        if not is_on or cards.is_over(training, self.planning.now()):
            return self.views.refused(NotNow(training))
        return self.views.ask_cancel(held)

    async def _close(self, heard: Heard, id_: int) -> Answer:
        return await self._turn(heard, id_, self.planning.close, "closed")

    async def _reopen(self, heard: Heard, id_: int) -> Answer:
        return await self._turn(heard, id_, self.planning.reopen, "reopened")

    async def _turn(self, heard: Heard, id_: int, turn: Turning, becomes: str) -> Answer:
        try:
            await turn(heard.person, id_)
            held = await self.planning.get(heard.person, id_)
        except KnowledgeError as refusal:
            return self.views.refused(refusal)
        return self.views.held(held, note=text(f"trainings_planning.{becomes}"))


def _without_show(typed: str) -> str:
    words = typed.split()
    shows = {fold(word, strip=False) for word in texts("trainings_planning.says_show")}
    is_show = len(words) > 1 and fold(words[0], strip=False) in shows
    return " ".join(words[1:]) if is_show else typed
