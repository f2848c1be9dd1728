"""The form of who signs up, where the organiser asks something; and what is asked of a clash."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
    Element,
    act,
    bold,
    card,
    heading,
    notice,
    paragraph,
    small,
    summary,
)
from dialogs.conversation.forms.parts import at_fields, something_wrong
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings.asking.wording import at_same_time, erased_on, question
from dialogs.trainings.parts import facts_briefly, is_full
from knowledge.trainings.asking.models import LONGEST_ANSWER, Answers, Question
from knowledge.trainings.models import Training

_LONG_WORD = re.compile(r"[^\W\d_]{25}(?=[^\W\d_])")
"""Labels are not broken by the clients: a soft hyphen lets them."""


def form(
    training: Training,
    answers: Answers,
    *,
    faults: Mapping[str, str],
    clashes: Sequence[Training] = (),
    about: Mapping[str, Any],
    changes: bool = False,
) -> Reply:
    """What is asked, why, who reads it and when it is erased. `changes`: the reader has a place."""
    title = swedish.plain(training.title)
    key = "form_change" if changes else "form_heading"
    said = text(f"trainings_asking.{key}", title=title)
    fields = [_field(n, one, answers) for n, one in enumerate(training.questions, start=1)]
    wrong = [*faults.items()]
    body = [heading(said)]
    body += [something_wrong(wrong, fields)] if wrong else []
    body += [notice(at_same_time(clashes), "warning")] if clashes else []
    if not changes:
        taken = "queue_when_sent" if is_full(training) else "taken_when_sent"
        body += [*facts_briefly(training), paragraph(text(f"trainings_asking.{taken}"))]
    body += at_fields(fields, wrong)
    body.append(paragraph(text("trainings_asking.why", day=erased_on(training))))
    body += [small(text("trainings_asking.caution")), small(text("trainings_asking.typed"))]
    asked = [one.words for one in training.questions]
    label = text(f"trainings_asking.{'save' if changes else 'send'}")
    action = act(label, "sign_up_answers", training=training.id, asked=asked, **about)
    return Reply(card=card(body, [action]), summary=summary(said))


def ask_despite(
    training: Training, clashes: Sequence[Training], verb: str = "sign_up", **about: Any
) -> Reply:
    """Something else is at the same time: is the reader to be signed up all the same? The yes is
    a tap with this verb."""
    said = text("trainings_asking.despite", clash=at_same_time(clashes))
    body = [heading(said), bold(swedish.plain(training.title)), *facts_briefly(training)]
    about = {"training": training.id, "despite": True, **about}
    actions = [
        act(text("trainings_asking.yes_despite"), verb, **about),
        act(text("trainings_asking.no_despite"), "sign_up_not"),
    ]
    return Reply(card=card(body, actions), summary=summary(said))


def _field(number: int, one: Question, answers: Answers) -> Element:
    value = answers.get(one.words, "")
    needed = {"isRequired": True, "errorMessage": text("trainings_asking.needed")}
    return {
        "type": "Input.Text",
        "id": f"answer_{number}",
        "label": _LONG_WORD.sub("\\g<0>\u00ad", question(one.words)),
        "value": value,
        "maxLength": max(LONGEST_ANSWER, len(value)),
        "isMultiline": True,
        **(needed if one.needed else {}),
    }
