"""What a coordinator sees of a training that the county holds, wherever it is opened from."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from dialogs.conversation import swedish
from dialogs.conversation.dialog import Answer, Heard
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text, texts
from dialogs.trainings.planning import cards
from dialogs.trainings.planning import form as forms
from dialogs.trainings.planning.form import Written
from dialogs.trainings.planning.form_cards import form
from dialogs.trainings.planning.offered import Offers
from dialogs.trainings.quotas.wording import too_large
from knowledge.directory.models import Person
from knowledge.errors import KnowledgeError
from knowledge.trainings.models import Training, TrainingStatus
from knowledge.trainings.planning.models import LONGEST_REASON, Held, Plan, moves
from knowledge.trainings.planning.refusals import (
    ChangedMeanwhile,
    NotACoordinator,
    NotFound,
    NotHeldBy,
    NotNow,
    PlanFaulty,
    TooFewSeats,
)
from knowledge.trainings.planning.service import PlanningService
from knowledge.trainings.quotas.refusals import QuotasTooLarge

PLAN, HOLD, CANCEL = "plan_training", "held_trainings", "cancel_training"
"""The dialogs that hear what is said after a form, of what is held, and why it is called off."""

SHOWN = "held"
"""What the training is kept under that was last shown to who holds it."""


class TrainingViews:
    """Shows a training in the state it is in, and tells why something cannot be done."""

    def __init__(self, offers: Offers, now: Callable[[], datetime]) -> None:
        self.offers = offers
        self.now = now

    def form(
        self,
        person: Person,
        written: Written,
        *,
        faults: Mapping[str, str] | None = None,
        known: Training | None = None,
        token: str = "",
    ) -> Answer:
        """The form, and what it holds kept for the next line that is typed."""
        id_, version = (known.id, known.version) if known else (0, 0)
        reply = form(
            written,
            self.offers.to(person),
            faults=faults or {},
            training_id=id_,
            version=version,
            token=token,
            published=known is not None and known.status is not TrainingStatus.DRAFT,
        )
        values: dict[str, Any] = {"id": id_, "version": version, "token": token}
        return Answer(reply, then="compose", values={**values, "written": dict(written)}, by=PLAN)

    def preview(self, held: Held, *, token: str = "", note: str = "") -> Answer:
        """A draft as readers will see it."""
        draft = held.training
        values = {"id": draft.id, "version": draft.version, "token": token, "preview": True}
        about = {SHOWN: draft.id}
        reply = cards.preview(held, note=note)
        return Answer(reply, then="decide", values=values, about=about, by=PLAN)

    def preview_change(self, held: Held, plan: Plan, written: Written) -> Answer:
        """What has been published as it would be, and who is told."""
        known, wanted = held.training, _as_kept(plan.applied_to(held.training), held.training)
        change = {"id": known.id, "version": known.version, "written": dict(written)}
        has_begun = known.starts_at <= self.now()
        joined = 0 if has_begun else min(max(0, wanted.seats_left), held.waiting)
        reply = cards.preview_change(
            held, wanted, change, moves=moves(known, wanted), joined=joined
        )
        return Answer(reply, then="decide_change", values=change, about={SHOWN: known.id}, by=PLAN)

    def held(self, held: Held, *, note: str = "") -> Answer:
        """How it stands, and what can be done with it."""
        reply = cards.held(held, self.now(), note=note)
        id_ = held.training.id
        return Answer(reply, then="act", values={"id": id_}, about={SHOWN: id_}, by=HOLD)

    def ask_cancel(self, held: Held, reason: str = "", *, fault: bool = False) -> Answer:
        """Why is it called off? `fault`: what was given is no reason."""
        wrong = text("trainings_planning.wrong_reason", longest=LONGEST_REASON) if fault else ""
        reply = cards.ask_cancel(held, reason=reason, fault=wrong)
        id_ = held.training.id
        values, about = {"id": id_}, {SHOWN: id_}
        return Answer(reply, then="give_reason", values=values, about=about, by=CANCEL)

    def ask_turn(self, training: Training, act: str) -> Answer:
        """Whether this is the one whose sign-up is to be closed, or opened again."""
        asked = text(f"trainings_planning.ask_{act}", title=swedish.plain(training.title))
        reply = Reply(asked, suggestions=texts("conversation.wish.yes_no"))
        values = {"id": training.id, "act": act}
        return Answer(reply, then="confirm_turn", values=values, by=HOLD)

    async def find(self, planning: PlanningService, heard: Heard, id_: int) -> Held | Answer:
        """The training; or why it cannot be seen."""
        try:
            return await planning.get(heard.person, id_)
        except KnowledgeError as refusal:
            return self.refused(refusal)

    def refused(self, refusal: KnowledgeError) -> Answer:
        """Why it cannot be done. What is no refusal of ours is raised again."""
        if isinstance(refusal, NotACoordinator):
            return Answer(Reply(text("trainings_planning.lost_role")), by=HOLD)
        if isinstance(refusal, NotFound):
            return Answer(Reply(text("trainings_planning.not_found")), by=HOLD)
        if isinstance(refusal, NotHeldBy):
            return Answer(Reply(self._others_hold(refusal.training)), by=HOLD)
        if isinstance(refusal, NotNow | ChangedMeanwhile | TooFewSeats):
            return Answer(Reply(self._not_now(refusal)), by=HOLD)
        if isinstance(refusal, QuotasTooLarge):
            return Answer(Reply(too_large(refusal)), by=HOLD)
        raise refusal

    def fault_of(self, refusal: PlanFaulty) -> dict[str, str]:
        """What a plan that was good is refused for: it would have begun by now."""
        at = {"past": "date", "held": "meetings"}
        names = [(at.get(fault, fault), fault) for fault in refusal.faults]
        return {field: text(f"trainings_planning.wrong_{fault}") for field, fault in names}

    def written_of(self, held: Held) -> dict[str, str]:
        """The fields as they say what is so; of drafts that are a series for all of them."""
        return forms.written_of(held.training, held.series if held.is_draft else ())

    def _others_hold(self, training: Training) -> str:
        counties = [self.offers.places.name_of(code) for code in training.owned_by]
        title = swedish.plain(training.title)
        return text(
            "trainings_planning.others_hold", title=title, counties=swedish.joined(counties)
        )

    def _not_now(self, refusal: NotNow | ChangedMeanwhile | TooFewSeats) -> str:
        training = refusal.training
        if isinstance(refusal, TooFewSeats):
            return text("trainings_planning.wrong_seats_taken", count=training.taken)
        title = swedish.plain(training.title)
        if isinstance(refusal, ChangedMeanwhile):
            return text("trainings_planning.changed_meanwhile", title=title)
        is_on = training.status in (TrainingStatus.OPEN, TrainingStatus.CLOSED)
        has_begun = is_on and training.starts_at <= self.now()
        is_over = has_begun and cards.is_over(training, self.now())
        state = "over" if is_over else "begun" if has_begun else training.status.value
        told = text(f"trainings_planning.state_{state}")
        return text("trainings_planning.not_now", title=title, state=told)


def _as_kept(wanted: Training, known: Training) -> Training:
    """With as many seats kept as there may be: it is counted again when the change is saved."""
    if (wanted.quotas, wanted.quotas_until) == (known.quotas, known.quotas_until):
        return wanted
    kept = min(sum(one.seats for one in wanted.quotas), wanted.seats - wanted.taken)
    return replace(wanted, reserved=max(0, kept))
