"""The pieces forms are built from: each fault stands at its field, and what was written stays."""

from collections.abc import Sequence

from dialogs.conversation.card_parts import Element, bold, group, notice, paragraph
from dialogs.conversation.texts import text

Said = Sequence[tuple[str, str]]
"""What is wrong in words, each with its field."""


def something_wrong(said: Said, fields: Sequence[Element]) -> Element:
    """That something has to be put right, at the top; what it is stands at its field."""
    shown = {field.get("id") for field in fields}
    lines = [paragraph(wrong) for field, wrong in said if field not in shown]
    return group([bold(text("conversation.something_wrong")), *lines], style="attention")


def at_fields(fields: Sequence[Element], said: Said) -> list[Element]:
    """The fields, each below what is wrong in it."""
    shown = []
    for one in fields:
        wrong = [words for field, words in said if field == one.get("id")]
        near = {"spacing": "small"} if wrong else {}
        shown += [*(notice(words, "attention") for words in wrong), {**one, **near}]
    return shown


def kind_of(kind: str, *, is_good: bool) -> str:
    """Teams shows nothing in a field for dates or times that holds something else: then it is one
    for text."""
    return kind if is_good else "Input.Text"
