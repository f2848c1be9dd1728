"""Cards about a seat that is kept for the reader."""

from collections.abc import Sequence

from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
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
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings.parts import facts
from knowledge.trainings.models import Signup


def offered(signup: Signup) -> Reply:
    """Does the reader, who stands in line, want the seat?"""
    training = signup.training
    said = text("trainings_seats.offered", title=swedish.plain(training.title))
    body = [
        heading(said),
        bold(swedish.plain(training.title)),
        *facts(training),
        paragraph(text("trainings_seats.offered_until", moment=until(signup))),
        small(text("trainings_seats.offered_typed")),
    ]
    more = navigate(text("trainings.more"), "trainings")
    return Reply(card=card(body, [*answers(signup), more]), summary=summary(said))


def answers(signup: Signup) -> list[Element]:
    """Yes and no to an offer."""
    about = {"training": signup.training.id}
    return [
        act(text("trainings_seats.yes"), "offer_yes", **about),
        act(text("trainings_seats.no"), "offer_no", **about),
    ]


def until(signup: Signup) -> str:
    """The last moment to answer an offer."""
    return swedish.moment(signup.held_until) if signup.held_until else ""


def left(said: str, ids: Sequence[int]) -> Reply:
    """Places at these trainings were given back, and it can be undone."""
    those = ",".join(map(str, ids))
    actions = [
        act(text("trainings_seats.undo"), "undo_withdrawal", trainings=those),
        navigate(text("trainings.mine"), "my_trainings"),
        navigate(text("trainings.more"), "trainings"),
    ]
    body = [*paragraphs(said), small(text("trainings_seats.undo_typed"))]
    return Reply(card=card(body, actions), summary=summary(said))


def reminders(said: str, *, on: bool) -> Reply:
    """Whether reminders come from now on, and the way back."""
    verb = "reminders_off" if on else "reminders_on"
    actions = [
        act(text(f"trainings_seats.{verb}"), verb),
        navigate(text("trainings.mine"), "my_trainings"),
    ]
    return Reply(card=card(paragraphs(said), actions), summary=summary(said))
