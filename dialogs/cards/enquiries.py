"""Cards that carry a question to the author of an announcement, and the answer back."""

from dialogs import swedish
from dialogs.cards.parts import (
    Element,
    act,
    bold,
    card,
    heading,
    navigate,
    paragraph,
    paragraphs,
    small,
    summary,
)
from dialogs.talk import Reply
from dialogs.texts import text
from knowledge.directory.places import Places
from knowledge.enquiries.models import Enquiry, Subject
from knowledge.enquiries.service import LONGEST


def ask_form(subject: Subject, token: str, question: str = "") -> Reply:
    """Room for a question about an announcement."""
    title = text("ask_author.form_heading", heading=swedish.plain(subject.heading))
    body = [
        heading(title),
        _field("question", text("ask_author.question"), question),
        small(text("ask_author.form_typed")),
    ]
    about = {"id": subject.announcement_id, "token": token}
    send = act(text("ask_author.send"), "enquire", **about)
    return Reply(card=card(body, [send]), summary=summary(title))


def question(enquiry: Enquiry, places: Places) -> Reply:
    """What the coordinator gets."""
    said = text("ask_author.asked_summary", heading=swedish.plain(enquiry.subject.heading))
    body = [
        heading(text("ask_author.asked_heading")),
        *_asked(enquiry, places),
        small(text("ask_author.asked_typed")),
    ]
    answer_it = navigate(text("ask_author.answer"), "answer_enquiry", id=enquiry.id)
    return Reply(card=card(body, [answer_it]), summary=summary(said))


def answer_form(enquiry: Enquiry, places: Places) -> Reply:
    """Room for the answer, under the question."""
    title = text("ask_author.answer_heading")
    body = [
        heading(title),
        *_asked(enquiry, places),
        _field("answer", text("ask_author.answer_label"), ""),
        small(text("ask_author.answer_typed")),
    ]
    send = act(text("ask_author.send_answer"), "send_answer", id=enquiry.id)
    return Reply(card=card(body, [send]), summary=summary(title))


def answer(enquiry: Enquiry, places: Places) -> Reply:
    """What the asker gets."""
    title = text("ask_author.answered_heading", board=places.board_of(enquiry.county))
    body = [
        heading(title),
        small(_about(enquiry)),
        bold(text("ask_author.you_asked")),
        paragraph(swedish.plain(enquiry.question, LONGEST), spacing="none"),
        bold(text("ask_author.the_answer")),
        *paragraphs(swedish.safe_markdown(enquiry.answer)),
    ]
    more = navigate(text("ask_author.ask"), "ask_author", id=enquiry.subject.announcement_id)
    return Reply(card=card(body, [more]), summary=summary(title))


def _asked(enquiry: Enquiry, places: Places) -> list[Element]:
    municipality = places.name_of(enquiry.municipality) or text("ask_author.somewhere")
    name = swedish.plain(enquiry.asker_name) or text("ask_author.somebody")
    return [
        paragraph(text("ask_author.asker", name=name, municipality=municipality)),
        small(_about(enquiry)),
        paragraph(swedish.plain(enquiry.question, LONGEST)),
    ]


def _about(enquiry: Enquiry) -> str:
    return text("ask_author.about", heading=swedish.plain(enquiry.subject.heading))


def _field(id_: str, label: str, value: str) -> Element:
    return {
        "type": "Input.Text",
        "id": id_,
        "label": label,
        "value": value,
        "isMultiline": True,
        "maxLength": LONGEST,
    }
