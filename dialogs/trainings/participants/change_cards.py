"""Adding and removing somebody: the name, which of several, and a question before it happens."""

from collections.abc import Sequence

from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
    Element,
    act,
    card,
    heading,
    notice,
    paragraph,
    small,
    summary,
)
from dialogs.conversation.paging import FEW
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings.participants.cards import municipality, name
from knowledge.directory.models import Person
from knowledge.directory.places import Places
from knowledge.trainings.models import Training
from knowledge.trainings.participants.models import LONGEST_NOTE

LONGEST_NAME = 100


def ask_name(training: Training, act_: str, *, typed: str = "", fault: str = "") -> Reply:
    """Who is it? `act_` is "add" or "remove"."""
    said = text(f"trainings_participants.change.name_{act_}", title=swedish.plain(training.title))
    body = [heading(said), paragraph(text(f"trainings_participants.change.about_name_{act_}"))]
    body += [notice(fault, "attention")] if fault else []
    body.append(
        {
            "type": "Input.Text",
            "id": "name",
            "label": text("trainings_participants.change.name"),
            "value": typed[:LONGEST_NAME],
            "maxLength": LONGEST_NAME,
            "isRequired": True,
            "errorMessage": text("trainings_participants.change.name_needed"),
        }
    )
    about = {"training": training.id, "act": act_}
    search = act(text("trainings_participants.change.search"), "participant_named", **about)
    return Reply(card=card(body, [search, _leave(training)]), summary=summary(said))


def which_person(training: Training, act_: str, people: Sequence[Person], places: Places) -> Reply:
    """Several are called so."""
    said = text("trainings_participants.change.which", count=len(people))
    body, actions = [heading(said)], []
    for number, one in enumerate(people, start=1):
        row = text(
            "trainings_participants.change.which_row",
            number=number,
            name=name(one.name),
            municipality=municipality(one.municipality, places),
        )
        body.append(paragraph(row, spacing="small"))
        label = text("trainings_participants.change.which_pick", number=number)
        about = {"training": training.id, "act": act_, "person": one.id}
        actions.append(act(label, "participant_pick", **about))
    body.append(small(text("trainings_participants.change.which_typed", number=1)))
    actions = [*actions[:FEW], _leave(training)]
    return Reply(card=card(body, actions), summary=summary(said))


def confirm(training: Training, act_: str, other: Person, places: Places, note: str) -> Reply:
    """Is this person to be asked, or removed? With room for a word to the person."""
    title, who = swedish.plain(training.title), name(other.name)
    said = text(f"trainings_participants.change.ask_{act_}", name=who, title=title)
    where = municipality(other.municipality, places)
    told = text(f"trainings_participants.change.about_ask_{act_}", name=who, municipality=where)
    field: Element = {
        "type": "Input.Text",
        "id": "note",
        "label": text(f"trainings_participants.change.note_{act_}"),
        "value": note,
        "maxLength": LONGEST_NOTE,
        "isMultiline": True,
    }
    typed = small(text("trainings_participants.change.note_typed", name=who))
    body = [heading(said), paragraph(told), field, typed]
    about = {"training": training.id, "person": other.id}
    do = act(text(f"trainings_participants.change.do_{act_}"), f"participant_do_{act_}", **about)
    return Reply(card=card(body, [do, _leave(training)]), summary=summary(said))


def _leave(training: Training) -> Element:
    label = text("trainings_participants.change.leave")
    return act(label, "participant_leave", training=training.id)
