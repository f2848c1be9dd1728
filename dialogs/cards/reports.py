"""Cards about what is wrong."""

from collections.abc import Sequence

from dialogs import swedish
from dialogs.cards.parts import act, card, heading, navigate, paragraph, small, summary
from dialogs.talk import Reply
from dialogs.texts import text


def thanks(subject: str, token: str) -> Reply:
    """The report is in; room for saying what is wrong."""
    field = {
        "type": "Input.Text",
        "id": "note",
        "label": text("report_fault.what_is_wrong"),
        "placeholder": text("report_fault.placeholder"),
        "isMultiline": True,
        "maxLength": 1000,
    }
    body = [
        heading(text("report_fault.thanks")),
        field,
        small(text("report_fault.typed")),
    ]
    send = act(text("report_fault.send"), "fault_note", subject=subject, token=token)
    return Reply(card=card(body, [send]), summary=summary(text("report_fault.summary")))


def latest(rows: Sequence[tuple[str, str, str]]) -> Reply:
    """What readers reported: day, subject in words, note."""
    body = [heading(text("report_fault.heading"))]
    for day, subject, note in rows:
        if note:
            line = text("report_fault.row_note", day=day, subject=subject, note=swedish.plain(note))
        else:
            line = text("report_fault.row", day=day, subject=subject)
        body.append(paragraph(line))
    actions = [navigate(text("ask_question.what_can_you"), "help")]
    return Reply(card=card(body, actions), summary=summary(text("report_fault.heading")))
