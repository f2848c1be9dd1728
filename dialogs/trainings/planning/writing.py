"""Keeps what is written of trainings, for the dialog that hears it. Nothing is lost on the way."""

from collections.abc import Mapping
from typing import Any

from dialogs.conversation.dialog import Answer, Heard
from dialogs.conversation.swedish import plain
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text, texts
from dialogs.trainings.planning import form as forms
from dialogs.trainings.planning.form import Written
from dialogs.trainings.planning.said import seats_in
from dialogs.trainings.planning.views import TrainingViews
from dialogs.trainings.quotas.wording import too_large
from knowledge.errors import KnowledgeError
from knowledge.trainings.models import TrainingStatus
from knowledge.trainings.planning.models import Held, Plan
from knowledge.trainings.planning.refusals import ChangedMeanwhile, NotNow, PlanFaulty, TooFewSeats
from knowledge.trainings.planning.service import Done, PlanningService
from knowledge.trainings.quotas.refusals import QuotasTooLarge


class TrainingWriting:
    """Saving drafts, publishing them, and changing what has been published."""

    def __init__(self, planning: PlanningService, views: TrainingViews) -> None:
        self.planning = planning
        self.views = views

    async def save(
        self, heard: Heard, written: Written, *, id_: int, version: int, token: str
    ) -> Answer:
        """A draft is kept and shown; of what is published the change is shown first."""
        person = heard.person
        try:
            held = await self.planning.get(person, id_) if id_ else None
            known = held.training if held else None
            published = known if held and not held.is_draft else None
            now, offered = self.planning.now(), self.views.offers.to(person)
            read = forms.read(written, offered, now, published)
            if read.plan is None:
                return self.views.form(
                    person, written, faults=read.faults, known=known, token=token
                )
            if held and not held.is_draft:
                return self._preview_change(heard, held, read.plan, written, version)
            id_or_new = id_ or None
            draft = await self.planning.save_draft(
                person, read.plan, id=id_or_new, singly=read.singly
            )
            return self.views.preview(await self.planning.get(person, draft.id), token=token)
        except KnowledgeError as refusal:
            return self.views.refused(refusal)

    def _preview_change(
        self, heard: Heard, held: Held, plan: Plan, written: Written, version: int
    ) -> Answer:
        """The change as it would be; or the form with why it cannot be."""
        known, faults = held.training, {}
        if version != known.version:
            title = plain(known.title)
            faults[""] = text("trainings_planning.changed_below", title=title)
        if plan.seats < known.taken:
            said = text("trainings_planning.wrong_seats_taken", count=known.taken)
            faults["seats"] = said
        if known.status not in (TrainingStatus.OPEN, TrainingStatus.CLOSED):
            raise NotNow(known)
        if faults:
            return self.views.form(heard.person, written, faults=faults, known=known)
        return self.views.preview_change(held, plan, written)

    async def reworded(self, heard: Heard, before: Written | None) -> Answer | None:
        """What was written before, with the lines that are typed now."""
        if forms.from_words(heard.text, {}) is None:
            return None
        id_, version = int(heard.values.get("id") or 0), int(heard.values.get("version") or 0)
        if before is None:
            try:
                held = await self.planning.get(heard.person, id_)
            except KnowledgeError as refusal:
                return self.views.refused(refusal)
            before = self.views.written_of(held)
        written = forms.from_words(heard.text, before) or {}
        token = str(heard.values.get("token", ""))
        return await self.save(heard, written, id_=id_, version=version, token=token)

    async def publish(self, heard: Heard, id_: int, version: int) -> Answer:
        try:
            done = await self.planning.publish(heard.person, id_, version)
            held = await self.planning.get(heard.person, done.training.id)
            note = text("trainings_planning.published")
            if held.series:
                note = text("trainings_planning.published_series", count=len(held.series))
            return self.views.held(held, note=note)
        except ChangedMeanwhile as refusal:
            title = plain(refusal.training.title)
            note = text("trainings_planning.changed_meanwhile", title=title)
            return self.views.preview(await self.planning.get(heard.person, id_), note=note)
        except PlanFaulty as refusal:
            held = await self.planning.get(heard.person, id_)
            written, faults = self.views.written_of(held), self.views.fault_of(refusal)
            return self.views.form(heard.person, written, faults=faults, known=held.training)
        except KnowledgeError as refusal:
            return self.views.refused(refusal)

    async def save_change(self, heard: Heard, values: Mapping[str, Any]) -> Answer:
        """Exactly what was shown, of exactly what it was shown of."""
        id_, version, person = int(values["id"]), int(values["version"]), heard.person
        written = values["written"]
        try:
            held = await self.planning.get(person, id_)
            known, now = held.training, self.planning.now()
            plan = forms.read(written, self.views.offers.to(person), now, known).plan
            if plan is None or version != held.training.version:
                return await self.save(heard, written, id_=id_, version=version, token="")
            done = await self.planning.change(person, id_, version, plan)
            return self.views.held(await self.planning.get(person, id_), note=_told(done))
        except (ChangedMeanwhile, TooFewSeats):
            return await self.save(heard, written, id_=id_, version=version, token="")
        except QuotasTooLarge as refusal:
            faults = {"quotas": too_large(refusal)}
            return self.views.form(person, written, faults=faults, known=held.training)
        except KnowledgeError as refusal:
            return self.views.refused(refusal)

    async def change(self, heard: Heard, id_: int) -> Answer:
        try:
            held = await self.planning.get(heard.person, id_)
            training = held.training
            if training.status is TrainingStatus.CANCELLED:
                raise NotNow(training)
            if not held.is_draft and training.each_meeting[-1].starts_at <= self.planning.now():
                raise NotNow(training)
        except KnowledgeError as refusal:
            return self.views.refused(refusal)
        written = self.views.written_of(held) | seats_in(heard.text)
        return self.views.form(heard.person, written, known=training)

    async def change_on(self, heard: Heard) -> Answer:
        """The form with the change that was previewed."""
        try:
            held = await self.planning.get(heard.person, int(heard.values["id"]))
        except KnowledgeError as refusal:
            return self.views.refused(refusal)
        return self.views.form(heard.person, heard.values["written"], known=held.training)

    async def copy(self, heard: Heard, id_: int) -> Answer:
        """The form of a new one, with all but the days."""
        try:
            held = await self.planning.get(heard.person, id_)
        except KnowledgeError as refusal:
            return self.views.refused(refusal)
        said = "copied_series" if held.training.is_series else "copied"
        faults = {"date": text(f"trainings_planning.{said}")}
        token, written = heard.turn.activity_id, forms.copied(held.training)
        return self.views.form(heard.person, written, faults=faults, token=token)

    async def look(self, heard: Heard, id_: int) -> Answer:
        try:
            held = await self.planning.get(heard.person, id_)
        except KnowledgeError as refusal:
            return self.views.refused(refusal)
        return self.views.preview(held) if held.is_draft else self.views.held(held)

    async def ask(self, heard: Heard, act: str, then: str) -> Answer:
        """A yes to nothing that was asked: is it really to be done?"""
        try:
            held = await self.planning.get(heard.person, int(heard.values["id"]))
        except KnowledgeError as refusal:
            return self.views.refused(refusal)
        said = text(f"trainings_planning.ask_{act}", title=plain(held.training.title))
        reply = Reply(said, suggestions=texts("conversation.wish.yes_no"))
        return Answer(reply, then=then, values=heard.values)


def _told(done: Done) -> str:
    said = text("trainings_planning.saved")
    if done.told:
        said = text("trainings_planning.saved_tells", count=done.told)
    if done.promoted:
        said = f"{said} {text('trainings_planning.saved_promotes', count=done.promoted)}"
    return said
