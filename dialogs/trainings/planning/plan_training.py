"""A training is written: one form, a preview as readers see it, and one tap to publish."""

from collections.abc import Mapping
from typing import Any, ClassVar

from dialogs.conversation import inputs, paging
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings.planning import cards
from dialogs.trainings.planning import form as forms
from dialogs.trainings.planning.views import PLAN, TrainingViews
from dialogs.trainings.planning.writing import TrainingWriting
from dialogs.understanding.effect import Effect
from knowledge.trainings.planning.service import PlanningService

OTHERS_HEAR = "trainings_planning.not_a_coordinator"


class PlanTraining(Dialog):
    """Writing and changing. What else is done with a training is `HoldTrainings`'s."""

    name: ClassVar[str] = PLAN

    def __init__(
        self, planning: PlanningService, views: TrainingViews, writing: TrainingWriting
    ) -> None:
        self.planning = planning
        self.views = views
        self.writing = writing

    def left(self, values: Mapping[str, Any]) -> str:
        """A draft is saved; a form that was never sent in is still on the screen."""
        if values.get("preview"):
            return text("trainings_planning.left_saved")
        return text(f"trainings_planning.left_{'form' if 'token' in values else 'change'}")

    @hears("new_training", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    @tapped("new_training", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def start(self, heard: Heard) -> Answer | None:
        """The empty form; or what was written with the wish itself.

        What else begins so is a question: "ny utbildning i lagen, när kommer den".
        """
        is_written = forms.is_whole(heard.text)
        if heard.rest and not heard.understood and not (is_written and heard.is_coordinator):
            return None
        token = heard.turn.activity_id
        empty = {"owners": self.views.offers.to(heard.person).at_first}
        typed = "" if heard.turn.verb else heard.text
        written = forms.from_words(typed, empty) if is_written else None
        if written is None:
            return self.views.form(heard.person, empty, token=token)
        return await self.writing.save(heard, written, id_=0, version=0, token=token)

    @tapped("training_preview", effect=Effect.MINE, personal=True)
    async def preview(self, heard: Heard) -> Answer:
        """The filled-in form: how it will look, or the form again with what is wrong."""
        written = forms.from_card(heard.turn.data)
        id_, token = heard.number("id") or 0, heard.word("token")
        version = heard.number("version") or 0
        if not id_ and token and heard.values.get("token") == token:
            id_ = int(heard.values.get("id") or 0)  # the same form once more: no second draft
        return await self.writing.save(heard, written, id_=id_, version=version, token=token)

    async def compose(self, heard: Heard) -> Answer | None:
        """The same in words: lines that begin "Titel:", "Datum:" and so on."""
        return await self.writing.reworded(heard, heard.values.get("written", {}))

    async def decide(self, heard: Heard) -> Answer | None:
        """Hears "publicera", "ändra" and "spara utkast" after the preview of a draft."""
        id_, version = int(heard.values["id"]), int(heard.values["version"])
        if _says(heard, "publish"):
            return await self.writing.publish(heard, id_, version)
        if _says(heard, "keep"):
            return Answer(cards.settled(text("trainings_planning.kept")))
        if _says(heard, "change"):
            return await self.writing.change(heard, id_)
        if inputs.agreed(heard.text):
            return await self.writing.ask(heard, "publish", "confirm_publish")
        return await self.writing.reworded(heard, None)

    async def confirm_publish(self, heard: Heard) -> Answer | None:
        """Hears ja or nej."""
        said = inputs.agreed(heard.text)
        if said is None:
            return await self.decide(heard)
        if not said:
            return Answer(cards.settled(text("trainings_planning.kept")))
        return await self.writing.publish(
            heard, int(heard.values["id"]), int(heard.values["version"])
        )

    async def decide_change(self, heard: Heard) -> Answer | None:
        """Hears "spara ändringen" and "ändra" after the preview of a change."""
        if _says(heard, "save"):
            return await self.writing.save_change(heard, heard.values)
        if _says(heard, "change"):
            return await self.writing.change_on(heard)
        said = inputs.agreed(heard.text)
        if _says(heard, "leave"):
            said = False
        if said:
            return await self.writing.ask(heard, "save", "confirm_change")
        if said is False:
            return Answer(cards.settled(text("trainings_planning.unchanged")))
        return await self.writing.reworded(heard, heard.values.get("written", {}))

    async def confirm_change(self, heard: Heard) -> Answer | None:
        """Hears ja or nej."""
        if inputs.agreed(heard.text):
            return await self.writing.save_change(heard, heard.values)
        return await self.decide_change(heard)

    async def again(self, heard: Heard) -> Answer | None:
        values = heard.values
        if values.get("preview"):
            return Answer(
                Reply(text("trainings_planning.preview_again")), then="decide", values=values
            )
        if "token" not in values:
            reply = Reply(text("trainings_planning.change_again"))
            return Answer(reply, then="decide_change", values=values)
        return Answer(Reply(text("trainings_planning.form_again")), then="compose", values=values)

    @tapped("training_publish", effect=Effect.OTHERS, personal=True)
    async def tapped_publish(self, heard: Heard) -> Answer | None:
        id_, version = heard.number("id"), _version(heard)
        return await self.writing.publish(heard, id_, version) if id_ else None

    @tapped("training_keep", effect=Effect.NONE, personal=True)
    async def tapped_keep(self, heard: Heard) -> Answer:
        return Answer(cards.settled(text("trainings_planning.kept")))

    @tapped("training_change", effect=Effect.NONE, personal=True)
    async def tapped_change(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self.writing.change(heard, id_) if id_ else None

    @tapped("training_change_on", effect=Effect.NONE, personal=True)
    async def tapped_change_on(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        if id_ and heard.values.get("id") == id_ and "written" in heard.values:
            return await self.writing.change_on(heard)
        return await self.writing.change(heard, id_) if id_ else None

    @tapped("training_save_change", effect=Effect.OTHERS, personal=True)
    async def tapped_save_change(self, heard: Heard) -> Answer | None:
        written = heard.turn.data.get("written")
        if not heard.number("id") or not isinstance(written, dict):
            return None
        values: dict[str, Any] = {"id": heard.number("id"), "version": _version(heard)}
        return await self.writing.save_change(
            heard, {**values, "written": forms.from_card(written)}
        )

    @tapped("training_publish_draft", effect=Effect.NONE, personal=True)
    async def tapped_publish_draft(self, heard: Heard) -> Answer | None:
        """A draft is looked at before it is published."""
        id_ = heard.number("id")
        return await self.writing.look(heard, id_) if id_ else None

    @tapped("training_copy", effect=Effect.NONE, personal=True)
    async def tapped_copy(self, heard: Heard) -> Answer | None:
        """The form with all but the days."""
        id_ = heard.number("id")
        return await self.writing.copy(heard, id_) if id_ else None


def _says(heard: Heard, act: str) -> bool:
    return inputs.is_plain(heard.text) and paging.is_said(
        heard.text, f"trainings_planning.words_{act}"
    )


def _version(heard: Heard) -> int:
    version = heard.turn.data.get("version")
    return version if isinstance(version, int) and not isinstance(version, bool) else -1
