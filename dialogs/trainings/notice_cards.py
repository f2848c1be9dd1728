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
from dialogs.trainings.seats.cards import answers, until
from knowledge import addresses
from knowledge.trainings.models import Signup, SignupStatus, Training


def promoted(signup: Signup, calendar_url: str) -> Reply:
    """The news that a freed seat is the reader's."""
    said, training = text("trainings.promoted"), signup.training
    note = paragraph(text("trainings.promoted_note"))
    body = [note, _title(training), *facts(training), small(text("trainings.calendar_note"))]
    return _notice(said, training, body, ways(signup, calendar_url))


def reminder(signup: Signup, calendar_url: str) -> Reply:
    """A participant's training is a week or a day away."""
    said, training = text("trainings.reminder"), signup.training
    body = [_title(training), *facts(training), paragraph(text("trainings.reminder_note"))]
    off = "reminders_off"
    actions = [
        *_ways_there(signup, calendar_url),
        act(text("trainings_seats.cannot_come"), "withdraw", training=training.id),
        act(text(f"trainings_seats.{off}"), off),
    ]
    return _notice(said, training, body, actions)


def moved(signup: Signup, before: Training, calendar_url: str) -> Reply:
    """Another time or place than before, and where the reader stands."""
    said, training = text("trainings.moved"), signup.training
    line = "moved_offer" if signup.is_offered else "moved_line"
    stands = "moved_seat" if _has_seat(signup) else line
    was = map(small, moved_in_words(before, training))
    body = [_title(training), *facts(training), *was]
    body.append(paragraph(text(f"trainings.{stands}", moment=until(signup))))
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
    more = navigate(text("trainings.more"), "trainings")
    if signup.is_offered:
        return [*answers(signup), more]
    withdraw = act(text("trainings.withdraw"), "ask_withdraw", training=signup.training.id)
    answered = [_change_answers(signup.training)] if signup.training.questions else []
    return [*_ways_there(signup, calendar_url), *answered, withdraw, more]


def _change_answers(training: Training) -> Element:
    return navigate(text("trainings_asking.change"), "change_answers", training=training.id)


def _ways_there(signup: Signup, calendar_url: str) -> list[Element]:
    """What helps who has a seat to be there."""
    if not _has_seat(signup):
        return []
    actions = [link(text("trainings.calendar"), calendar_url)]
    if signup.training.join_link:
        url = addresses.encoded(signup.training.join_link)
        actions.append(link(text("trainings.details.join"), url))
    return actions


def _notice(said: str, training: Training, body: list[Element], actions: list[Element]) -> Reply:
    told = summary(f"{said}: {swedish.plain(training.title)}")
    return Reply(card=card([heading(said), *body], actions), summary=told)


def _title(training: Training) -> Element:
    return bold(swedish.plain(training.title))


def _has_seat(signup: Signup) -> bool:
    return signup.status is SignupStatus.CONFIRMED
