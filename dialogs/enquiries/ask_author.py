"""A recipient asks whoever wrote an announcement, and that coordinator answers."""

from typing import ClassVar

from dialogs.answers import cards as answers
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.intents import understand
from dialogs.conversation.sizes import refuse_long
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.enquiries import cards
from dialogs.understanding.effect import Effect
from knowledge import privacy
from knowledge.directory.places import Places
from knowledge.enquiries.service import (
    LONGEST,
    MOST_OPEN,
    EnquiryService,
    NobodyToAsk,
    NothingToAskAbout,
    TooManyOpen,
)

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
        """It began like a command and was none: "jag är osäker på …"."""
        values = heard.values
        return await self._ask(heard, int(values["id"]), heard.text, str(values["token"]))

    async def _form(self, heard: Heard, id_: int | None, typed: str = "") -> Answer:
        try:
            subject = await self.enquiries.subject(heard.person, id_)
        except NothingToAskAbout:
            return _nothing()
        token = heard.turn.activity_id
        values = {"id": subject.announcement_id, "token": token}
        return Answer(cards.ask_form(subject, token, typed), then="question", values=values)

    async def _ask(self, heard: Heard, id_: int, question: str, token: str) -> Answer:
        question = question.strip()
        if len(question) < SHORTEST:
            values = {"id": id_, "token": token}
            return Answer(Reply(text("enquiries.too_short")), then="question", values=values)
        if told := refuse_long(question, LONGEST):
            return Answer(told, then="question", values={"id": id_, "token": token})
        if privacy.describes_somebody(question):
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


def _nothing() -> Answer:
    return Answer(Reply(text("enquiries.nothing")))
