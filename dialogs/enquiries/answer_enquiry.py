"""The coordinator's side of a question about an announcement."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from dialogs.answers import cards as answers
from dialogs.conversation import inputs
from dialogs.conversation.card_parts import with_first_line
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.intents import understand
from dialogs.conversation.sizes import refuse_long
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.enquiries import cards
from dialogs.enquiries.addressed import Addressed, addressed, meant
from dialogs.enquiries.ask_author import SHORTEST
from dialogs.understanding import dictated
from dialogs.understanding.dictated import Weight
from dialogs.understanding.effect import Effect
from knowledge.directory.places import Places
from knowledge.enquiries.models import Enquiry
from knowledge.enquiries.service import (
    LONGEST,
    AlreadyAnswered,
    EnquiryNotFound,
    EnquiryService,
    HandedOver,
)
from knowledge.privacy.somebody import describes_somebody

MOST_SHOWN = 5
"""So many questions, the latest, are there to choose from."""


class AnswerEnquiry(Dialog):
    """ "Svara" under a question."""

    name: ClassVar[str] = "answer_enquiry"

    def __init__(self, enquiries: EnquiryService, places: Places) -> None:
        self.enquiries = enquiries
        self.places = places

    @tapped("answer_enquiry", effect=Effect.OTHERS, personal=True)
    async def tapped_answer(self, heard: Heard) -> Answer | None:
        id_, values = heard.number("id"), heard.values
        said = str(values.get("said", "")) if id_ in values.get("ids", ()) else ""
        return await self._form(heard, id_, said) if id_ else None

    @hears(
        "answer_enquiry",
        effect=Effect.OTHERS,
        personal=True,
        others_hear="enquiries.only_coordinators",
    )
    async def typed_answer(self, heard: Heard) -> Answer | None:
        """ "Svara", "svara: ja, det går bra" or "svara Anna: …".

        What is addressed is asked about first: to whom it goes, and on what. "Svara på
        medborgarförslag" is a question of another kind.
        """
        to = addressed(heard.text)
        outright = heard.text.casefold().startswith(text("enquiries.begins_answer"))
        picked = inputs.number(heard.rest)
        if picked and heard.values.get("ids"):
            return await self._picked(heard, picked)
        waiting = await self.enquiries.list_open(heard.person)
        found = meant(to, waiting, self.places) if to else waiting
        if heard.rest and not (outright or (to and _is_answer(to, found))):
            return None
        if not waiting:
            return Answer(Reply(text("enquiries.none_waits")))
        if outright and len(found) == 1:
            return await self._answer(heard, found[0].id, heard.rest)
        said = to.said if to else ""
        if told := refuse_long(said, LONGEST):
            return Answer(told)
        if len(found) != 1:
            return self._which(found or waiting, said, missed=not found)
        return await self._form(heard, found[0].id, said)

    async def pick(self, heard: Heard) -> Answer | None:
        """Hears which of the questions, by its number."""
        number = inputs.number(heard.text)
        return await self._picked(heard, number) if number else None

    async def _picked(self, heard: Heard, number: int) -> Answer | None:
        ids = heard.values["ids"]
        if number > len(ids):
            return None
        return await self._form(heard, int(ids[number - 1]), str(heard.values.get("said", "")))

    def _which(self, several: Sequence[Enquiry], said: str, *, missed: bool) -> Answer:
        """Which of them, the latest first; `missed` when none is by whom was named."""
        some = several[:MOST_SHOWN]
        reply = cards.which(some, self.places, missed=missed)
        values = {"ids": [one.id for one in some], "said": said}
        return Answer(reply, then="pick", values=values)

    async def confirm(self, heard: Heard) -> Answer | None:
        """Hears ja or nej to whether what was written is the answer to just this question; or,
        "nej, skriv …", what is."""
        said, id_ = inputs.agreed(heard.text, "enquiries.send_answer"), int(heard.values["id"])
        if said:
            return await self._answer(heard, id_, str(heard.values["said"]))
        if said is False:
            return _left()
        other = dictated.instead(heard.text)
        return await self._whether(heard, id_, other) if other else None

    @tapped("send_answer", effect=Effect.OTHERS, personal=True)
    async def tapped_send(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self._answer(heard, id_, heard.word("answer")) if id_ else None

    async def answer(self, heard: Heard) -> Answer | None:
        """The answer in words. What may be a command is tried as one first."""
        return None if understand(heard.text) else await self.again(heard)

    async def again(self, heard: Heard) -> Answer:
        """It began like a command and was none: "jag är tveksam …".

        Where it is asked which question is meant, it is no answer. What is not surely one is asked
        about, and what is said while it is asked about is another answer, asked about in turn.
        """
        if "ids" in heard.values:
            return Answer(Reply(text("enquiries.pick_again")), then="pick", values=heard.values)
        id_, said = int(heard.values["id"]), str(heard.values.get("said", ""))
        weight = dictated.weigh(heard.text, may_ask=False)
        if weight is Weight.LEAVES:
            return _left()
        if said and not dictated.says_something(heard.text):
            answer = await self._form(heard, id_, said)
            reply = with_first_line(answer.reply, text("enquiries.confirm_again"))
            return replace(answer, reply=reply)
        if said or weight is Weight.UNSURE:
            return await self._whether(heard, id_, heard.text)
        return await self._answer(heard, id_, heard.text)

    async def _whether(self, heard: Heard, id_: int, said: str) -> Answer:
        """Whether it is the answer, where it may be one at all."""
        fits = SHORTEST <= len(said.strip()) <= LONGEST
        return await (self._form if fits else self._answer)(heard, id_, said)

    async def _form(self, heard: Heard, id_: int, said: str = "") -> Answer:
        """The question with room for an answer; with what was `said`, whether that is it."""
        try:
            enquiry = await self.enquiries.open(heard.person, id_)
        except EnquiryNotFound:
            return Answer(Reply(text("enquiries.not_found")))
        except HandedOver:
            return Answer(Reply(text("enquiries.handed_over")))
        if enquiry.answer:
            return Answer(Reply(text("enquiries.answered_before")))
        reply = cards.answer_form(enquiry, self.places, said)
        if not said:
            return Answer(reply, then="answer", values={"id": id_})
        return Answer(reply, then="confirm", values={"id": id_, "said": said})

    async def _answer(self, heard: Heard, id_: int, said: str) -> Answer:
        said = said.strip()
        if len(said) < SHORTEST:
            reply = Reply(text("enquiries.answer_too_short"))
            return Answer(reply, then="answer", values={"id": id_})
        if told := refuse_long(said, LONGEST):
            return Answer(told, then="answer", values={"id": id_})
        if describes_somebody(said):
            return Answer(answers.private())
        try:
            await self.enquiries.answer(heard.person, id_, said)
        except EnquiryNotFound:
            return Answer(Reply(text("enquiries.not_found")))
        except HandedOver:
            return Answer(Reply(text("enquiries.handed_over")))
        except AlreadyAnswered:
            return Answer(Reply(text("enquiries.answered_before")))
        return Answer(Reply(text("enquiries.answer_sent")))


def _left() -> Answer:
    return Answer(Reply(text("enquiries.not_answered")))


def _is_answer(to: Addressed, found: Sequence[Enquiry]) -> bool:
    """Whether somebody who waits for an answer is meant, or a question that was put."""
    return to.plain or bool(found and (to.named or to.said))
