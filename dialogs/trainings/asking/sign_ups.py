"""Signing up, wherever it is asked for: what clashes is said first, and what is asked is answered
first."""

from collections.abc import Mapping, Sequence
from typing import Any

from dialogs.conversation.card_parts import with_first_line
from dialogs.conversation.dialog import Answer, Heard
from dialogs.conversation.swedish import joined, plain
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text, texts
from dialogs.conversation.wishes import SIGNED_UP
from dialogs.trainings import cards as training_cards
from dialogs.trainings.asking import cards
from dialogs.trainings.asking.wording import at_same_time
from dialogs.trainings.lists import SHOWN, SIGN_UP
from dialogs.trainings.wording import TrainingWording
from knowledge.trainings.asking.models import Answers
from knowledge.trainings.asking.refusals import AnswersNeeded
from knowledge.trainings.asking.service import AskingService
from knowledge.trainings.clashes import Beforehand
from knowledge.trainings.models import Signup, Training
from knowledge.trainings.refusals import SignupClosed, TrainingMoved, TrainingNotFound
from knowledge.trainings.service import TrainingService

FORM = "answer_questions"
"""The dialog that hears what is answered."""


class SignUps:
    """One way to a place, from a tap, from words and from a form."""

    def __init__(
        self, trainings: TrainingService, asking: AskingService, wording: TrainingWording
    ) -> None:
        self.trainings = trainings
        self.asking = asking
        self.wording = wording

    async def begin(
        self,
        heard: Heard,
        ids: Sequence[int],
        *,
        despite: bool = False,
        leaving: int = 0,
        shown: int | None = None,
    ) -> Answer:
        """Done, or asked first. `despite`: the person knows what is at the same time; `leaving`:
        so it is of this training, whose place is to be given back; `shown`: the sequence of the
        only one, when its time and place were told."""
        known = await self.trainings.beforehand(heard.person, ids)
        if shown is not None and (moved := self._moved_since(known, ids[0], shown)):
            return _has_moved(moved)
        asking = [id_ for id_ in ids if self._asks(known, id_)]
        clashing = {
            id_: [one for one in known.clashes.get(id_, ()) if one.id != leaving]
            for id_ in ids
            if id_ not in known.own and self._is_open(known, id_)
        }
        taps = [id_ for id_ in ids if id_ not in asking]
        if not despite and any(clashing.get(id_) for id_ in taps):
            return _whether_despite(
                known, ids, [one for id_ in taps for one in clashing.get(id_, ())]
            )
        if not asking:
            return await self.sign_up(heard, taps, shown)
        notes = [await self._noted(heard, taps)] if taps else []
        training = known.trainings[asking[0]]
        about = {"pending": asking[1:]}
        return await self.form(
            heard, training, about, notes=notes, clashes=clashing.get(training.id, ())
        )

    async def form(
        self,
        heard: Heard,
        training: Training,
        about: Mapping[str, Any],
        *,
        notes: Sequence[str] = (),
        answers: Answers | None = None,
        faults: Mapping[str, str] | None = None,
        clashes: Sequence[Training] = (),
    ) -> Answer:
        """The questions, and what has been answered already."""
        more = {name: value for name, value in about.items() if value}
        values = {**more, "training": training.id}
        if answers is None:
            _, answers = await self.asking.answers_of(heard.person, training.id)
        else:  # what is kept already is not kept in the conversation too, where no date ends it
            values["answers"] = dict(answers)
        reply = cards.form(
            training,
            answers,
            faults=faults or {},
            clashes=clashes,
            about=more,
            changes=bool(more.get("changes")),
        )
        reply = with_first_line(reply, "\n\n".join(notes)) if notes else reply
        return Answer(reply, then="fill", values=values, about={SHOWN: [training.id]}, by=FORM)

    async def sign_up(self, heard: Heard, ids: Sequence[int], shown: int | None = None) -> Answer:
        """Done, all of them, and what could not be done is told too."""
        try:
            signups, refused = await self._each(heard, ids, shown)
        except TrainingMoved as refusal:
            return _has_moved(refusal.training)
        notes = "\n\n".join(dict.fromkeys(refused))
        if not signups:
            return Answer(training_cards.settled(notes))
        reply = self.wording.signed_up(*signups)
        done = [one.training.id for one in signups]
        reply = with_first_line(reply, notes) if notes else reply
        return Answer(reply, values={SIGNED_UP: done}, about={SHOWN: done}, by=SIGN_UP)

    def told(self, signup: Signup) -> Answer:
        """Where the person stands now."""
        done = [signup.training.id]
        reply = self.wording.signed_up(signup)
        return Answer(reply, values={SIGNED_UP: done}, about={SHOWN: done}, by=SIGN_UP)

    async def _noted(self, heard: Heard, ids: Sequence[int]) -> str:
        """What was done of several, above the form of the next one."""
        signups, refused = await self._each(heard, ids)
        done = [training_cards.signed_up(one, "").summary for one in signups]
        return "\n\n".join([*done, *dict.fromkeys(refused)])

    async def _each(
        self, heard: Heard, ids: Sequence[int], shown: int | None = None
    ) -> tuple[list[Signup], list[str]]:
        signups: list[Signup] = []
        refused: list[str] = []
        for id_ in ids:
            try:
                signups.append(await self.trainings.sign_up(heard.person, id_, shown=shown))
            except TrainingNotFound:
                refused.append(text("trainings.not_found"))
            except SignupClosed as refusal:
                refused.append(training_cards.closed(refusal.training))
            except AnswersNeeded as refusal:  # the organiser began to ask at this very moment
                title = plain(refusal.training.title)
                refused.append(text("trainings_asking.asks_now", title=title))
        return signups, refused

    def _moved_since(self, known: Beforehand, id_: int, shown: int) -> Training | None:
        one = known.trainings.get(id_)
        is_new = one is not None and id_ not in known.own and self._is_open(known, id_)
        return one if one and is_new and one.sequence != shown else None

    def _is_open(self, known: Beforehand, id_: int) -> bool:
        one = known.trainings.get(id_)
        return one is not None and one.takes_signups(self.trainings.now())

    def _asks(self, known: Beforehand, id_: int) -> bool:
        one = known.trainings.get(id_)
        asks = one is not None and bool(one.questions) and id_ not in known.own
        return asks and self._is_open(known, id_)


def _has_moved(training: Training) -> Answer:
    """The card that was tapped showed another time or place."""
    reply, values = training_cards.has_moved(training), {"trainings": [training.id]}
    return Answer(reply, then="confirm", values=values, about={SHOWN: [training.id]}, by=SIGN_UP)


def _whether_despite(known: Beforehand, ids: Sequence[int], clashes: Sequence[Training]) -> Answer:
    some = [known.trainings[id_] for id_ in ids if id_ in known.trainings]
    if len(some) == 1:
        reply = cards.ask_despite(some[0], clashes)
    else:
        titles = joined([plain(one.title) for one in some])
        said = text("trainings_asking.despite_all", clash=at_same_time(clashes), titles=titles)
        reply = Reply(said, suggestions=texts("conversation.wish.yes_no"))
    values = {"trainings": [*ids], "despite": True}
    return Answer(reply, then="confirm", values=values, by=SIGN_UP)
