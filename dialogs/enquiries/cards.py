"""Cards that carry a question to the author of an announcement, and the answer back."""

from collections.abc import Sequence

from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
    Element,
    act,
    bold,
    card,
    group,
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
    """Room for a question about an announcement; with a `question`, whether it is to be sent."""
    about = text("enquiries.form_heading", heading=swedish.plain(subject.heading))
    title = text("enquiries.ask_whether") if question else about
    body = [
        heading(title),
        *([small(about)] if question else []),
        _field("question", text("enquiries.question"), question),
        small(text("enquiries.whether_typed" if question else "enquiries.form_typed")),
    ]
    kept = {"id": subject.announcement_id, "token": token}
    send = act(text("enquiries.send"), "enquire", **kept)
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


def answer_form(enquiry: Enquiry, places: Places, said: str = "") -> Reply:
    """Room for the answer, under the question; with what was `said`, whether it is to be sent."""
    name, _ = _asker(enquiry, places)
    title = text("enquiries.ask_send", name=name) if said else text("enquiries.answer_heading")
    body = [
        heading(title),
        *_asked(enquiry, places),
        _field("answer", text("enquiries.answer_label"), said),
        small(text("enquiries.confirm_typed" if said else "enquiries.answer_typed")),
    ]
    send = act(text("enquiries.send_answer"), "send_answer", id=enquiry.id)
    return Reply(card=card(body, [send]), summary=summary(title))


def which(several: Sequence[Enquiry], places: Places, *, missed: bool) -> Reply:
    """Which question is answered; `missed` when none is by whom was named."""
    title = text("enquiries.which")
    body = [heading(title)]
    if missed:
        body.append(paragraph(text("enquiries.nobody_named")))
    actions: list[Element] = []
    for number, one in enumerate(several, start=1):
        asker, municipality = _asker(one, places)
        key = "enquiries.which_row"
        row = bold(text(key, number=number, name=asker, municipality=municipality))
        body.append(group([row, *written(one.question, as_markdown=False), small(_about(one))]))
        button = text("enquiries.answer_number", number=number)
        actions.append(navigate(button, "answer_enquiry", id=one.id))
    body.append(small(text("enquiries.which_typed")))
    return Reply(card=card(body, actions), summary=summary(title))


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
    name, municipality = _asker(enquiry, places)
    return [
        paragraph(text("enquiries.asker", name=name, municipality=municipality)),
        small(_about(enquiry)),
        *written(enquiry.question, as_markdown=False),
    ]


def _asker(enquiry: Enquiry, places: Places) -> tuple[str, str]:
    """The name and the municipality, as they are shown."""
    municipality = places.name_of(enquiry.municipality) or text("enquiries.somewhere")
    return swedish.plain(enquiry.asker_name) or text("enquiries.somebody"), municipality


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
