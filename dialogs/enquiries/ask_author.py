"""A recipient asks whoever wrote an announcement, and that coordinator answers."""

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
from dialogs.understanding import dictated
from dialogs.understanding.dictated import Weight
from dialogs.understanding.effect import Effect
from knowledge.directory.places import Places
from knowledge.enquiries.service import (
    LONGEST,
    MOST_OPEN,
    EnquiryService,
    NobodyToAsk,
    NothingToAskAbout,
    TooManyOpen,
)
from knowledge.privacy.somebody import describes_somebody

SHORTEST = 5
"""Fewer characters than this are no question and no answer."""

MOST_LEAD = 3
"""So many words before a colon only say that a question comes: "en sak: …"."""


class AskAuthor(Dialog):
    """ "Fråga samordnaren" under an announcement."""

    name: ClassVar[str] = "ask_author"

    def __init__(self, enquiries: EnquiryService, places: Places) -> None:
        self.enquiries = enquiries
        self.places = places

    @tapped("ask_author", effect=Effect.OTHERS, personal=True)
    async def tapped_ask(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self._form(heard, id_) if id_ else None

    @hears("ask_author", effect=Effect.OTHERS, personal=True)
    async def typed_ask(self, heard: Heard) -> Answer | None:
        """ "Fråga samordnaren: när börjar mötet?", about the announcement that came last."""
        if not heard.text.casefold().startswith(text("enquiries.begins_question")):
            lead, _, question = heard.rest.partition(":")
            is_lead = question and len(lead.split()) <= MOST_LEAD  # "en sak: hur gör vi …"
            return await self._form(heard, None, question.strip() if is_lead else heard.rest)
        try:
            subject = await self.enquiries.subject(heard.person)
        except NothingToAskAbout:
            return _nothing()
        return await self._ask(heard, subject.announcement_id, heard.rest, heard.turn.activity_id)

    @tapped("enquire", effect=Effect.OTHERS, personal=True)
    async def tapped_question(self, heard: Heard) -> Answer | None:
        """The question from the card."""
        id_, token = heard.number("id"), heard.word("token")
        return await self._ask(heard, id_, heard.word("question"), token) if id_ and token else None

    async def question(self, heard: Heard) -> Answer | None:
        """The question in words. What may be a command is tried as one first."""
        return None if understand(heard.text) else await self.again(heard)

    async def again(self, heard: Heard) -> Answer:
        """It began like a command and was none: "jag är osäker på …".

        What is not surely the question is asked about, and what is said while it is asked about is
        another question, asked about in turn.
        """
        values = heard.values
        id_, said = int(values["id"]), str(values.get("said", ""))
        weight = dictated.weigh(heard.text)
        if weight is Weight.LEAVES:
            return _left()
        if said and not dictated.says_something(heard.text):
            answer = await self._form(heard, id_, said)
            reply = with_first_line(answer.reply, text("enquiries.whether_again"))
            return replace(answer, reply=reply)
        if said or weight is Weight.UNSURE:
            return await self._whether(heard, heard.text)
        return await self._ask(heard, id_, heard.text, str(values["token"]))

    async def _whether(self, heard: Heard, said: str) -> Answer:
        """Whether it is the question, where it may be one at all."""
        id_, token = int(heard.values["id"]), str(heard.values["token"])
        if SHORTEST <= len(said.strip()) <= LONGEST:
            return await self._form(heard, id_, said)
        return await self._ask(heard, id_, said, token)

    async def confirm(self, heard: Heard) -> Answer | None:
        """Hears ja or nej to whether what was written is the question; or, "nej, skriv …", what
        is."""
        said, values = inputs.agreed(heard.text, "enquiries.send"), heard.values
        if said:
            token = str(values["token"])
            return await self._ask(heard, int(values["id"]), str(values["said"]), token)
        if said is False:
            return _left()
        other = dictated.instead(heard.text)
        return await self._whether(heard, other) if other else None

    async def _form(self, heard: Heard, id_: int | None, typed: str = "") -> Answer:
        """Room for the question; with what was `typed`, whether that is it."""
        try:
            subject = await self.enquiries.subject(heard.person, id_)
        except NothingToAskAbout:
            return _nothing()
        token = heard.turn.activity_id
        values = {"id": subject.announcement_id, "token": token}
        reply = cards.ask_form(subject, token, typed)
        if not typed:
            return Answer(reply, then="question", values=values)
        return Answer(reply, then="confirm", values={**values, "said": typed})

    async def _ask(self, heard: Heard, id_: int, question: str, token: str) -> Answer:
        question = question.strip()
        if len(question) < SHORTEST:
            values = {"id": id_, "token": token}
            return Answer(Reply(text("enquiries.too_short")), then="question", values=values)
        if told := refuse_long(question, LONGEST):
            return Answer(told, then="question", values={"id": id_, "token": token})
        if describes_somebody(question):
            return Answer(answers.private())
        try:
            enquiry = await self.enquiries.ask(heard.person, id_, question, token)
        except NothingToAskAbout:
            return _nothing()
        except NobodyToAsk:
            return Answer(Reply(text("enquiries.nobody")))
        except TooManyOpen as refusal:
            board = self.places.board_of(refusal.county)
            return Answer(Reply(text("enquiries.too_many", most=MOST_OPEN, board=board)))
        board = self.places.board_of(enquiry.county)
        key = "sent_before" if enquiry.already else "sent"
        return Answer(Reply(text(f"enquiries.{key}", board=board)))


def _left() -> Answer:
    return Answer(Reply(text("enquiries.not_asked")))


def _nothing() -> Answer:
    return Answer(Reply(text("enquiries.nothing")))
