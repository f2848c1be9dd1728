"""The coordinator's side of a question about an announcement."""

from typing import ClassVar

from dialogs.answers import cards as answers
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.intents import understand
from dialogs.conversation.sizes import refuse_long
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.enquiries import cards
from dialogs.enquiries.ask_author import SHORTEST
from dialogs.understanding.effect import Effect
from knowledge import privacy
from knowledge.directory.places import Places
from knowledge.enquiries.service import (
    LONGEST,
    AlreadyAnswered,
    EnquiryNotFound,
    EnquiryService,
    HandedOver,
)


class AnswerEnquiry(Dialog):
    """ "Svara" under a question."""

    name: ClassVar[str] = "answer_enquiry"

    def __init__(self, enquiries: EnquiryService, places: Places) -> None:
        self.enquiries = enquiries
        self.places = places

    @tapped("answer_enquiry", effect=Effect.OTHERS, personal=True)
    async def tapped_answer(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self._form(heard, id_) if id_ else None

    @hears(
        "answer_enquiry",
        effect=Effect.OTHERS,
        personal=True,
        others_hear="enquiries.only_coordinators",
    )
    async def typed_answer(self, heard: Heard) -> Answer | None:
        """ "Svara", or at once "svara: ja, det går bra", to the question that came last."""
        outright = heard.text.casefold().startswith(text("enquiries.begins_answer"))
        if heard.rest and not outright:
            return None
        newest = await self.enquiries.find_newest(heard.person)
        if newest is None:
            return Answer(Reply(text("enquiries.none_waits")))
        if outright:
            return await self._answer(heard, newest.id, heard.rest)
        return await self._form(heard, newest.id)

    @tapped("send_answer", effect=Effect.OTHERS, personal=True)
    async def tapped_send(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self._answer(heard, id_, heard.word("answer")) if id_ else None

    async def answer(self, heard: Heard) -> Answer | None:
        """The answer in words. What may be a command is tried as one first."""
        return None if understand(heard.text) else await self.again(heard)

    async def again(self, heard: Heard) -> Answer:
        """It began like a command and was none: "jag är tveksam …"."""
        return await self._answer(heard, int(heard.values["id"]), heard.text)

    async def _form(self, heard: Heard, id_: int) -> Answer:
        try:
            enquiry = await self.enquiries.open(heard.person, id_)
        except EnquiryNotFound:
            return Answer(Reply(text("enquiries.not_found")))
        except HandedOver:
            return Answer(Reply(text("enquiries.handed_over")))
        if enquiry.answer:
            return Answer(Reply(text("enquiries.answered_before")))
        reply = cards.answer_form(enquiry, self.places)
        return Answer(reply, then="answer", values={"id": id_})

    async def _answer(self, heard: Heard, id_: int, said: str) -> Answer:
        said = said.strip()
        if len(said) < SHORTEST:
            reply = Reply(text("enquiries.answer_too_short"))
            return Answer(reply, then="answer", values={"id": id_})
        if told := refuse_long(said, LONGEST):
            return Answer(told, then="answer", values={"id": id_})
        if privacy.describes_somebody(said):
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
