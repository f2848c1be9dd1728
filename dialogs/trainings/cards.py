"""Cards about trainings. Titles, places and summaries are shown as plain text."""

from collections.abc import Sequence

from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
    Element,
    act,
    bold,
    card,
    group,
    heading,
    link,
    navigate,
    paragraph,
    paragraphs,
    small,
    summary,
)
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from knowledge.trainings.models import Signup, SignupStatus, Training, TrainingStatus


def listing(trainings: Sequence[Training], narrowed: str) -> Reply:
    """At most five trainings, each with date, place, seats left and one button."""
    title = text("trainings.heading", narrowed=narrowed) if narrowed else _all()
    body = [heading(title)]
    for number, training in enumerate(trainings, start=1):
        body.append(group([_title(number, training), *_facts(training), _seats(training)]))
    body.append(small(text("trainings.typed")))
    actions = [_sign_up(number, training) for number, training in enumerate(trainings, start=1)]
    actions.append(navigate(text("trainings.mine"), "my_trainings"))
    first = swedish.plain(trainings[0].title)
    said = text("trainings.summary", count=len(trainings), title=first)
    return Reply(card=card(body, actions), summary=summary(said))


def signed_up(signup: Signup, calendar_url: str) -> Reply:
    """Where the person stands after signing up: a place with its calendar file, or in line."""
    training = signup.training
    confirmed = signup.status is SignupStatus.CONFIRMED
    said = _standing(signup)
    body = [heading(said), bold(swedish.plain(training.title)), *_facts(training)]
    if confirmed:
        body += [paragraph(text("trainings.confirmed_note"))]
        body += [small(text("trainings.calendar_note"))]
    else:
        body.append(paragraph(text("trainings.place_in_line", place=signup.place_in_line)))
    return Reply(
        card=card(body, _after(signup, calendar_url)),
        summary=summary(f"{said}: {swedish.plain(training.title)}"),
    )


def promoted(signup: Signup, calendar_url: str) -> Reply:
    """The news that a freed seat is the reader's."""
    training = signup.training
    said = text("trainings.promoted")
    body = [
        heading(said),
        paragraph(text("trainings.promoted_note")),
        bold(swedish.plain(training.title)),
        *_facts(training),
        small(text("trainings.calendar_note")),
    ]
    return Reply(
        card=card(body, _after(signup, calendar_url)),
        summary=summary(f"{said}: {swedish.plain(training.title)}"),
    )


def reminder(signup: Signup, calendar_url: str) -> Reply:
    """A participant's training is a day away."""
    training = signup.training
    said = text("trainings.reminder")
    body = [
        heading(said),
        bold(swedish.plain(training.title)),
        *_facts(training),
        paragraph(text("trainings.reminder_note")),
    ]
    return Reply(
        card=card(body, _after(signup, calendar_url)),
        summary=summary(f"{said}: {swedish.plain(training.title)}"),
    )


def mine(signups: Sequence[Signup]) -> Reply:
    """The person's places and places in line, with a way to withdraw from each."""
    body = [heading(text("trainings.mine_heading"))]
    actions = []
    for number, signup in enumerate(signups, start=1):
        training = signup.training
        if signup.status is SignupStatus.CONFIRMED:
            standing = text("trainings.mine_confirmed")
        else:
            standing = text("trainings.mine_waiting", place=signup.place_in_line)
        line = paragraph(standing, spacing="none")
        body.append(group([_title(number, training), *_facts(training), line]))
        title = text("trainings.withdraw_number", number=number)
        actions.append(act(title, "ask_withdraw", training=training.id))
    body.append(small(text("trainings.mine_typed")))
    actions.append(navigate(text("trainings.more"), "trainings"))
    said = text("trainings.mine_summary", count=len(signups))
    return Reply(card=card(body, actions), summary=summary(said))


def ask_withdraw(training: Training) -> Reply:
    """Withdrawing is asked once: the seat may go to somebody else at once."""
    said = text("trainings.ask_withdraw", title=swedish.plain(training.title))
    body = [
        heading(said),
        *_facts(training),
        paragraph(text("trainings.ask_withdraw_note")),
    ]
    actions = [
        act(text("trainings.yes_withdraw"), "withdraw", training=training.id),
        act(text("trainings.no_withdraw"), "keep_seat", training=training.id),
    ]
    return Reply(card=card(body, actions), summary=summary(said))


def attached(training: Training) -> Element:
    """A training inside an announcement: title, date, place, and the seats left at this moment."""
    if training.status is TrainingStatus.OPEN:
        seats = _seats(training)
    else:
        seats = paragraph(text("trainings.no_more"), spacing="none")
    return group([bold(swedish.plain(training.title)), *_facts(training), seats], style="accent")


def settled(words: str) -> Reply:
    """The end of a matter, in place of the card that began it."""
    actions = [
        navigate(text("trainings.mine"), "my_trainings"),
        navigate(text("trainings.more"), "trainings"),
    ]
    return Reply(card=card(paragraphs(words), actions), summary=summary(words))


def _standing(signup: Signup) -> str:
    confirmed = signup.status is SignupStatus.CONFIRMED
    if signup.already:
        key = "trainings.confirmed_already" if confirmed else "trainings.waiting_already"
    else:
        key = "trainings.confirmed" if confirmed else "trainings.waiting"
    return text(key)


def _after(signup: Signup, calendar_url: str) -> list[Element]:
    actions: list[Element] = []
    if signup.status is SignupStatus.CONFIRMED:
        actions.append(link(text("trainings.calendar"), calendar_url))
    training = signup.training
    actions.append(act(text("trainings.withdraw"), "ask_withdraw", training=training.id))
    actions.append(navigate(text("trainings.more"), "trainings"))
    return actions


def _all() -> str:
    return text("trainings.heading_all")


def _title(number: int, training: Training) -> Element:
    title = swedish.plain(training.title)
    return bold(text("trainings.item", number=number, title=title))


def _facts(training: Training) -> list[Element]:
    when = text(
        "trainings.until",
        moment=swedish.moment(training.starts_at),
        end=swedish.clock_time(training.ends_at),
    )
    place = text("trainings.place", place=swedish.plain(training.place))
    return [paragraph(when, spacing="none"), paragraph(place, spacing="none")]


def _seats(training: Training) -> Element:
    if training.seats_left <= 0:
        return paragraph(text("trainings.full"), spacing="none")
    return paragraph(text("trainings.seats_left", count=training.seats_left), spacing="none")


def _sign_up(number: int, training: Training) -> Element:
    full = training.seats_left <= 0
    key = "trainings.queue_number" if full else "trainings.sign_up_number"
    return act(text(key, number=number), "sign_up", training=training.id)
