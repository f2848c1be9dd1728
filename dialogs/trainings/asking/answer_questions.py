"""What is answered at sign-up, in the form or in lines; and changed later."""

from collections.abc import Mapping
from typing import Any, ClassVar

from dialogs.conversation import fields, inputs
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.forms import labelled
from dialogs.conversation.swedish import plain
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text, texts
from dialogs.trainings import cards as training_cards
from dialogs.trainings.asking.sign_ups import FORM, SignUps
from dialogs.trainings.lists import SHOWN
from dialogs.understanding.effect import Effect
from knowledge import letters
from knowledge.directory.places import fold
from knowledge.trainings.asking.models import LONGEST_ANSWER, Answers
from knowledge.trainings.asking.refusals import AnswersFaulty, AnswersNeeded
from knowledge.trainings.models import Training
from knowledge.trainings.participants.invitations import InvitationService
from knowledge.trainings.participants.refusals import InvitationGone, TooLate
from knowledge.trainings.refusals import SignupClosed, TrainingNotFound


class AnswerQuestions(Dialog):
    """The seat is taken when the answers are sent, and not before."""

    name: ClassVar[str] = FORM

    def __init__(self, sign_ups: SignUps, invitations: InvitationService) -> None:
        self.sign_ups = sign_ups
        self.asking = sign_ups.asking
        self.invitations = invitations

    def left(self, values: Mapping[str, Any]) -> str:
        return text(f"trainings_asking.left{'_change' if values.get('changes') else ''}")

    @tapped("sign_up_answers", effect=Effect.MINE, personal=True)
    async def sent(self, heard: Heard) -> Answer | None:
        id_, asked = heard.number("training"), heard.turn.data.get("asked")
        if not id_ or not isinstance(asked, list):
            return None
        data = heard.turn.data
        answers = {
            words: letters.seen(fields.as_text(data.get(f"answer_{number}")))
            for number, words in enumerate(asked, start=1)
            if isinstance(words, str)
        }
        pending = data.get("pending")
        about = {
            "pending": [one for one in pending if isinstance(one, int)]
            if isinstance(pending, list)
            else [],
            "invitation": heard.number("invitation") or 0,
            "changes": bool(data.get("changes")),
        }
        return await self._keep(heard, id_, answers, about)

    async def fill(self, heard: Heard) -> Answer | None:
        """The same in words: "Mat: vegetariskt", "Svar 2: ja", and then "skicka"."""
        id_, about = int(heard.values["training"]), heard.values
        training, known = await self.asking.answers_of(heard.person, id_)
        answers = about.get("answers", known)
        if _sends(heard.text):
            return await self._keep(heard, id_, answers, about)
        said = _said_in(heard.text, training)
        if not said:
            return None
        told = _carried(about)
        return await self.sign_ups.form(heard, training, told, answers={**answers, **said})

    async def again(self, heard: Heard) -> Answer | None:
        reply = Reply(text("trainings_asking.again"))
        return Answer(reply, then="fill", values=heard.values)

    @hears("change_answers", effect=Effect.NONE, personal=True)
    async def change(self, heard: Heard) -> Answer | None:
        """Of the training shown last, else of the only one where something is asked."""
        mine = await self.sign_ups.trainings.mine(heard.person)
        asking = [one.training for one in mine if one.training.questions]
        shown = [one for one in asking if one.id in heard.about.get(SHOWN, ())]
        found = shown if len(shown) == 1 else asking
        if not found:
            return Answer(Reply(text("trainings_asking.nothing_asked")))
        if len(found) > 1:
            return Answer(Reply(text("trainings_asking.change_which")))
        return await self.sign_ups.form(heard, found[0], {"changes": True})

    @tapped("change_answers", effect=Effect.NONE, personal=True)
    async def tapped_change(self, heard: Heard) -> Answer | None:
        id_ = heard.number("training")
        if not id_:
            return None
        known = await self.sign_ups.trainings.beforehand(heard.person, [id_])
        if id_ not in known.own or not known.trainings[id_].questions:
            return Answer(training_cards.settled(text("trainings_asking.nothing_asked")))
        return await self.sign_ups.form(heard, known.trainings[id_], {"changes": True})

    async def _keep(
        self, heard: Heard, id_: int, answers: Answers, about: Mapping[str, Any]
    ) -> Answer:
        """Kept first, and then signed up: what is asked is answered by everybody with a place."""
        try:
            training = await self.asking.keep(heard.person, id_, answers)
        except TrainingNotFound:
            return Answer(training_cards.settled(text("trainings.not_found")))
        except SignupClosed as refusal:
            said = text("trainings.closed", title=plain(refusal.training.title))
            return Answer(training_cards.settled(said))
        except AnswersFaulty as refusal:
            told, faults = _carried(about), _faults(refusal)
            return await self.sign_ups.form(
                heard, refusal.training, told, answers=answers, faults=faults
            )
        if about.get("changes"):
            said = text("trainings_asking.saved", title=plain(training.title))
            return Answer(training_cards.settled(said))
        if about.get("invitation"):
            return await self._accept(heard, int(about["invitation"]))
        return await self._sign_up(heard, id_, about)

    async def _sign_up(self, heard: Heard, id_: int, about: Mapping[str, Any]) -> Answer:
        answer = await self.sign_ups.sign_up(heard, [id_])
        pending = [int(one) for one in about.get("pending", ())]
        if not pending:
            return answer
        known = await self.sign_ups.trainings.beforehand(heard.person, pending)
        left = [one for one in pending if one in known.trainings]
        if not left:
            return answer
        return await self.sign_ups.form(
            heard, known.trainings[left[0]], {"pending": left[1:]}, notes=[answer.reply.summary]
        )

    async def _accept(self, heard: Heard, invitation: int) -> Answer:
        try:
            signup = await self.invitations.accept(heard.person, invitation)
        except InvitationGone:
            return Answer(training_cards.settled(text("trainings_participants.told.gone")))
        except TooLate as refusal:
            title = plain(refusal.training.title)
            said = text("trainings_participants.told.closed", title=title)
            return Answer(training_cards.settled(said))
        except AnswersNeeded as refusal:
            return await self.sign_ups.form(heard, refusal.training, {"invitation": invitation})
        return self.sign_ups.told(signup)


def _carried(about: Mapping[str, Any]) -> dict[str, Any]:
    return {name: about[name] for name in ("pending", "invitation", "changes") if about.get(name)}


def _faults(refusal: AnswersFaulty) -> dict[str, str]:
    """What is wrong, at the field of its question."""
    faults = {}
    for number, one in enumerate(refusal.training.questions, start=1):
        if one in refusal.left_out:
            faults[f"answer_{number}"] = text("trainings_asking.needed")
        elif one in refusal.too_long:
            longest = LONGEST_ANSWER
            faults[f"answer_{number}"] = text("trainings_asking.too_long", longest=longest)
    return faults


def _said_in(typed: str, training: Training) -> dict[str, str]:
    """What lines such as "Mat: …" and "Svar 2: …" answer, by the words of the question."""
    labels: dict[str, str] = {}
    for number, one in enumerate(training.questions, start=1):
        labels[fold(text("trainings_asking.label", number=number), strip=False)] = one.words
        if not one.words:
            labels |= {
                fold(word, strip=False): "" for word in texts("trainings_asking.food_labels")
            }
    fields_of = {label: f"#{words}" for label, words in labels.items()}
    return {name[1:]: said for name, said in labelled.lines(typed, fields_of).items()}


def _sends(typed: str) -> bool:
    said = {fold(one, strip=False) for one in texts("trainings_asking.words_send")}
    return inputs.is_plain(typed) and fold(typed, strip=False) in said
