"""Calling a training off: why is asked, and then everybody who takes part is told."""

from typing import ClassVar

from dialogs.conversation import inputs, paging
from dialogs.conversation.dialog import Answer, Dialog, Heard, tapped
from dialogs.conversation.forms import labelled
from dialogs.conversation.swedish import plain
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text, texts
from dialogs.trainings.planning import cards
from dialogs.trainings.planning.views import CANCEL, TrainingViews
from dialogs.understanding.effect import Effect
from knowledge import letters
from knowledge.directory.places import fold
from knowledge.errors import KnowledgeError
from knowledge.trainings.planning.models import LONGEST_REASON
from knowledge.trainings.planning.service import PlanningService

SHORTEST_REASON = 3


class CancelTraining(Dialog):
    """What is heard after it was asked why."""

    name: ClassVar[str] = CANCEL

    def __init__(self, planning: PlanningService, views: TrainingViews) -> None:
        self.planning = planning
        self.views = views

    async def give_reason(self, heard: Heard) -> Answer | None:
        """Hears "Orsak: …" or nej; it is asked once more before anything happens."""
        said = labelled.lines(heard.text, _reason_labels())
        if not said:
            leaves = paging.is_said(heard.text, "trainings_planning.words_leave")
            is_no = leaves or inputs.agreed(heard.text) is False
            return Answer(cards.settled(text("trainings_planning.unchanged"))) if is_no else None
        reason = _tidy(said["reason"])
        held = await self.views.find(self.planning, heard, int(heard.values["id"]))
        if isinstance(held, Answer):
            return held
        if not _is_reason(reason):
            return self.views.ask_cancel(held, reason, fault=True)
        title = plain(held.training.title)
        asked = text(
            "trainings_planning.ask_cancel_sure",
            title=title,
            reason=plain(reason, LONGEST_REASON).rstrip("."),
        )
        reply = Reply(asked, suggestions=texts("conversation.wish.yes_no"))
        values = {"id": held.training.id, "reason": reason}
        return Answer(reply, then="confirm_cancel", values=values)

    async def confirm_cancel(self, heard: Heard) -> Answer | None:
        """Hears ja or nej."""
        said = inputs.agreed(heard.text)
        if said is None:
            return await self.give_reason(heard)
        if not said:
            return Answer(cards.settled(text("trainings_planning.unchanged")))
        return await self._cancel(heard, int(heard.values["id"]), str(heard.values["reason"]))

    async def again(self, heard: Heard) -> Answer | None:
        reply = Reply(text("trainings_planning.cancel_again"))
        return Answer(reply, then="give_reason", values=heard.values)

    @tapped("training_do_cancel", effect=Effect.OTHERS, personal=True)
    async def tapped_do_cancel(self, heard: Heard) -> Answer | None:
        id_, reason = heard.number("id"), _tidy(heard.word("reason"))
        if not id_:
            return None
        if _is_reason(reason):
            return await self._cancel(heard, id_, reason)
        held = await self.views.find(self.planning, heard, id_)
        return held if isinstance(held, Answer) else self.views.ask_cancel(held, reason, fault=True)

    async def _cancel(self, heard: Heard, id_: int, reason: str) -> Answer:
        try:
            done = await self.planning.cancel(heard.person, id_, reason)
            held = await self.planning.get(heard.person, id_)
        except KnowledgeError as refusal:
            return self.views.refused(refusal)
        tells = "cancelled" if done.told else "cancelled_untold"
        note = text(f"trainings_planning.{tells}", count=done.told)
        return self.views.held(held, note=note)


def _tidy(reason: str) -> str:
    return " ".join(letters.seen(reason).split())


def _is_reason(reason: str) -> bool:
    return SHORTEST_REASON <= len(reason) <= LONGEST_REASON


def _reason_labels() -> dict[str, str]:
    words = texts("trainings_planning.field_reason")
    return {fold(word, strip=False): "reason" for word in words}
