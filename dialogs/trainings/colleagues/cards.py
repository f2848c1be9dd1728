"""Who is it, which of several, and is it so? A question that goes to a colleague."""

from collections.abc import Sequence

from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
    Element,
    act,
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
from knowledge.directory.models import Person
from knowledge.trainings.models import Training

LONGEST_NAME = 100


def ask_name(training: Training, *, typed: str = "", fault: str = "", picks: bool = False) -> Reply:
    """Who is to be asked? `fault`: why nobody is yet, and what can be sent by hand. `picks`: the
    client lets one choose among everybody of the organisation."""
    title = swedish.plain(training.title)
    said = text("trainings_colleagues.name_heading", title=title)
    body = [heading(said), small(text("trainings_colleagues.name_about"))]
    body += [*_by_hand(training, fault), *([_picker()] if picks else []), _name(typed, picks)]
    search = act(text("trainings_colleagues.search"), "colleague_named", training=training.id)
    return Reply(card=card(body, [search, _leave()]), summary=summary(said))


def _picker() -> Element:
    """Teams' own search among people, which needs no consent: an Entra object id comes of it."""
    return {
        "type": "Input.ChoiceSet",
        "id": "colleague",
        "label": text("trainings_colleagues.pick"),
        "placeholder": text("trainings_colleagues.pick_hint"),
        "wrap": True,
        "choices": [],
        "choices.data": {"type": "Data.Query", "dataset": "graph.microsoft.com/users"},
    }


def _name(typed: str, picks: bool) -> Element:
    field: Element = {
        "type": "Input.Text",
        "id": "name",
        "label": text(f"trainings_colleagues.{'or_name' if picks else 'name'}"),
        "value": typed[:LONGEST_NAME],
        "maxLength": LONGEST_NAME,
    }
    needed = {"isRequired": True, "errorMessage": text("trainings_colleagues.name_needed")}
    return field if picks else {**field, **needed}


def which(training: Training, found: Sequence[Person]) -> Reply:
    """Several are called so."""
    said = text("trainings_colleagues.which")
    body, actions = [heading(said)], list[Element]()
    for number, one in enumerate(found, start=1):
        told = swedish.plain(one.name)
        body.append(paragraph(text("trainings_colleagues.which_row", number=number, name=told)))
        label = text("trainings_colleagues.which_pick", number=number)
        actions.append(act(label, "colleague_pick", training=training.id, person=one.id))
    return Reply(card=card(body, [*actions, _leave()]), summary=summary(said))


def confirm(training: Training, other: Person) -> Reply:
    """Is this colleague to be asked?"""
    name, title = swedish.plain(other.name), swedish.plain(training.title)
    said = text("trainings_colleagues.ask", name=name, title=title)
    body = [heading(said), paragraph(text("trainings_colleagues.ask_about", name=name))]
    about = {"training": training.id, "person": other.id}
    do = act(text("trainings_colleagues.do"), "colleague_do", **about)
    return Reply(card=card(body, [do, _leave()]), summary=summary(said))


def _by_hand(training: Training, fault: str) -> list[Element]:
    if not fault:
        return []
    forward = text(
        "trainings_colleagues.forward",
        title=swedish.plain(training.title),
        moment=swedish.moment(training.starts_at),
        place=swedish.plain(training.place),
    )
    return [paragraph(fault), group([paragraph(forward)], style="emphasis")]


def _leave() -> Element:
    return act(text("trainings_colleagues.leave"), "colleague_leave")


def proposes(training: Training) -> Element:
    """The button that begins it."""
    return navigate(text("trainings_colleagues.propose"), "propose_colleague", training=training.id)
