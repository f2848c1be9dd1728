"""Cards that carry a question to the author of an announcement, and the answer back."""

from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
    Element,
    act,
    bold,
    card,
    heading,
    navigate,
    paragraph,
    small,
    summary,
)
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.conversation.written import written
from knowledge.directory.places import Places
from knowledge.enquiries.models import Enquiry, Subject
from knowledge.enquiries.service import LONGEST


def ask_form(subject: Subject, token: str, question: str = "") -> Reply:
    """Room for a question about an announcement."""
    title = text("enquiries.form_heading", heading=swedish.plain(subject.heading))
    body = [
        heading(title),
        _field("question", text("enquiries.question"), question),
        small(text("enquiries.form_typed")),
    ]
    about = {"id": subject.announcement_id, "token": token}
    send = act(text("enquiries.send"), "enquire", **about)
    return Reply(card=card(body, [send]), summary=summary(title))


def question(enquiry: Enquiry, places: Places) -> Reply:
    """What the coordinator gets."""
    said = text("enquiries.asked_summary", heading=swedish.plain(enquiry.subject.heading))
    body = [
        heading(text("enquiries.asked_heading")),
        *_asked(enquiry, places),
        small(text("enquiries.asked_typed")),
    ]
    answer_it = navigate(text("enquiries.answer"), "answer_enquiry", id=enquiry.id)
    return Reply(card=card(body, [answer_it]), summary=summary(said))


def answer_form(enquiry: Enquiry, places: Places) -> Reply:
    """Room for the answer, under the question."""
    title = text("enquiries.answer_heading")
    body = [
        heading(title),
        *_asked(enquiry, places),
        _field("answer", text("enquiries.answer_label"), ""),
        small(text("enquiries.answer_typed")),
    ]
    send = act(text("enquiries.send_answer"), "send_answer", id=enquiry.id)
    return Reply(card=card(body, [send]), summary=summary(title))


def answer(enquiry: Enquiry, places: Places) -> Reply:
    """What the asker gets."""
    title = text("enquiries.answered_heading", board=places.board_of(enquiry.county))
    body = [
        heading(title),
        small(_about(enquiry)),
        bold(text("enquiries.you_asked")),
        *written(enquiry.question, as_markdown=False),
        bold(text("enquiries.the_answer")),
        *written(enquiry.answer),
    ]
    more = navigate(text("enquiries.ask"), "ask_author", id=enquiry.subject.announcement_id)
    return Reply(card=card(body, [more]), summary=summary(title))


def _asked(enquiry: Enquiry, places: Places) -> list[Element]:
    municipality = places.name_of(enquiry.municipality) or text("enquiries.somewhere")
    name = swedish.plain(enquiry.asker_name) or text("enquiries.somebody")
    return [
        paragraph(text("enquiries.asker", name=name, municipality=municipality)),
        small(_about(enquiry)),
        *written(enquiry.question, as_markdown=False),
    ]


def _about(enquiry: Enquiry) -> str:
    return text("enquiries.about", heading=swedish.plain(enquiry.subject.heading))


def _field(id_: str, label: str, value: str) -> Element:
    return {
        "type": "Input.Text",
        "id": id_,
        "label": label,
        "value": value,
        "isMultiline": True,
        "maxLength": LONGEST,
    }
