"""What who takes part in a training is told by itself: a seat, another time, that it is off."""

from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
    Element,
    act,
    bold,
    card,
    heading,
    link,
    navigate,
    paragraph,
    small,
    summary,
)
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings.meetings import moved_in_words
from dialogs.trainings.parts import LONGEST_LINE, facts
from knowledge import addresses
from knowledge.trainings.models import Signup, SignupStatus, Training


def promoted(signup: Signup, calendar_url: str) -> Reply:
    """The news that a freed seat is the reader's."""
    said, training = text("trainings.promoted"), signup.training
    note = paragraph(text("trainings.promoted_note"))
    body = [note, _title(training), *facts(training), small(text("trainings.calendar_note"))]
    return _notice(said, training, body, ways(signup, calendar_url))


def reminder(signup: Signup, calendar_url: str) -> Reply:
    """A participant's training is a day away."""
    said, training = text("trainings.reminder"), signup.training
    body = [_title(training), *facts(training), paragraph(text("trainings.reminder_note"))]
    return _notice(said, training, body, ways(signup, calendar_url))


def moved(signup: Signup, before: Training, calendar_url: str) -> Reply:
    """Another time or place than before, and where the reader stands."""
    said, training = text("trainings.moved"), signup.training
    stands = "moved_seat" if _has_seat(signup) else "moved_line"
    was = map(small, moved_in_words(before, training))
    body = [_title(training), *facts(training), *was]
    body.append(paragraph(text(f"trainings.{stands}")))
    return _notice(said, training, body, ways(signup, calendar_url))


def cancelled(signup: Signup, calendar_url: str) -> Reply:
    """It was called off, with the reason; a calendar file that takes the entry away."""
    said, training = text("trainings.called_off"), signup.training
    body = [_title(training), *facts(training)]
    if training.reason:
        reason = swedish.plain(training.reason, LONGEST_LINE)
        body.append(paragraph(text("trainings.called_off_reason", reason=reason)))
    body.append(paragraph(text("trainings.called_off_note")))
    actions = [navigate(text("trainings.more"), "trainings")]
    if _has_seat(signup):
        actions.insert(0, link(text("trainings.called_off_calendar"), calendar_url))
        body.append(small(text("trainings.calendar_note")))
    return _notice(said, training, body, actions)


def ways(signup: Signup, calendar_url: str) -> list[Element]:
    """What can be done with a place, or a place in line."""
    training = signup.training
    actions: list[Element] = []
    if _has_seat(signup):
        actions.append(link(text("trainings.calendar"), calendar_url))
        if training.join_link:
            url = addresses.encoded(training.join_link)
            actions.append(link(text("trainings.details.join"), url))
    if training.questions:
        label = text("trainings_asking.change")
        actions.append(navigate(label, "change_answers", training=training.id))
    actions.append(act(text("trainings.withdraw"), "ask_withdraw", training=training.id))
    actions.append(navigate(text("trainings.more"), "trainings"))
    return actions


def _notice(said: str, training: Training, body: list[Element], actions: list[Element]) -> Reply:
    told = summary(f"{said}: {swedish.plain(training.title)}")
    return Reply(card=card([heading(said), *body], actions), summary=told)


def _title(training: Training) -> Element:
    return bold(swedish.plain(training.title))


def _has_seat(signup: Signup) -> bool:
    return signup.status is SignupStatus.CONFIRMED
