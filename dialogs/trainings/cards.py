"""Cards about trainings. Titles, places and summaries are shown as plain text."""

from collections.abc import Mapping, Sequence

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
from dialogs.conversation.paging import MOST_BUTTONS, Page, buttons, place_in_list
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from knowledge.trainings.models import Signup, SignupStatus, Training, TrainingStatus

LONGEST_SUMMARY = 1000


def listing(
    page: Page, trainings: Mapping[int, Training], narrowed: str, *, note: str = ""
) -> Reply:
    """A page of trainings with date, place and seats left: a few with buttons, or many in short.

    `note` is what was not understood of the wish.
    """
    title = text("trainings.heading", narrowed=narrowed) if narrowed else _all()
    rows = [(n, trainings.get(id_)) for n, id_ in zip(page.numbers, page.here, strict=True)]
    shown = [(number, training) for number, training in rows if training is not None]
    body = [heading(title), *([paragraph(note)] if note else [])]
    body += [_short(*row) if page.is_short else _whole(*row) for row in shown]
    body += place_in_list(page)
    first_number = shown[0][0] if shown else 1
    typed = "trainings.typed_alone" if page.is_short else "trainings.typed"
    body.append(small(text(typed, number=first_number)))
    mine = navigate(text("trainings.mine"), "my_trainings")
    sign_ups = [_sign_up(*row) for row in shown if _is_open(row[1])]
    first = swedish.plain(shown[0][1].title) if shown else ""
    said = text("trainings.summary", count=page.total, title=first)
    return Reply(card=card(body, buttons(page, sign_ups, mine)), summary=summary(said))


def signed_up_for(signups: Sequence[Signup], calendar_urls: Sequence[str]) -> Reply:
    """Where the person stands after signing up for several at once."""
    told = [f"{_standing(one)}: {swedish.plain(one.training.title)}" for one in signups]
    body: list[Element] = [heading(text("trainings.several_done", count=len(signups)))]
    for one in signups:
        standing = _standing(one)
        line = paragraph(standing, spacing="none")
        body.append(group([bold(swedish.plain(one.training.title)), *_facts(one.training), line]))
    actions = [
        link(text("trainings.calendar_number", number=number), url)
        for number, (one, url) in enumerate(zip(signups, calendar_urls, strict=True), start=1)
        if one.status is SignupStatus.CONFIRMED
    ]
    actions = [*actions[: MOST_BUTTONS - 1], navigate(text("trainings.mine"), "my_trainings")]
    return Reply(card=card(body, actions), summary=summary(swedish.joined(told)))


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


def mine(page: Page, signups: Sequence[Signup]) -> Reply:
    """A page of the person's places and places in line, with a way to withdraw from each."""
    body = [heading(text("trainings.mine_heading"))]
    actions = []
    for number, signup in zip(page.numbers, signups, strict=True):
        training = signup.training
        if signup.status is SignupStatus.CONFIRMED:
            standing = text("trainings.mine_confirmed")
        else:
            standing = text("trainings.mine_waiting", place=signup.place_in_line)
        line = paragraph(standing, spacing="none")
        body.append(group([_title(number, training), *_facts(training), line]))
        title = text("trainings.withdraw_number", number=number)
        actions.append(act(title, "ask_withdraw", training=training.id))
    body += place_in_list(page)
    body.append(small(text("trainings.mine_typed", number=page.first + 1)))
    more = navigate(text("trainings.more"), "trainings")
    said = text("trainings.mine_summary", count=page.total)
    return Reply(card=card(body, buttons(page, actions, more)), summary=summary(said))


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


def details(trainings: Sequence[Training], told: Sequence[str], *, whom: str, ask: str) -> Reply:
    """What was asked about these, first in a sentence or two, and then all that is known of them.

    `whom` is the county whose coordinator may know more; `ask` is a question that still waits.
    """
    body: list[Element] = [*map(paragraph, told)]
    for one in trainings:
        title, lines = bold(swedish.plain(one.title)), [*_facts(one), _seats(one)]
        lines += [paragraph(swedish.plain(one.summary, LONGEST_SUMMARY))] if one.summary else []
        body.append(group([title, *lines], style="accent"))
    actions = [navigate(text("trainings.more"), "trainings")]
    if whom:
        actions.insert(0, navigate(text("trainings.details.who_knows"), "show_place", code=whom))
    if ask:
        body.append(paragraph(ask))
    elif len(trainings) == 1 and _is_open(trainings[0]):
        button = text("trainings.details.sign_up")
        actions.insert(0, act(button, "sign_up", training=trainings[0].id))
    return Reply(card=card(body, actions), summary=summary(told[0]))


def attached(training: Training) -> Element:
    """A training inside an announcement: title, date, place, and the seats left at this moment."""
    title = bold(swedish.plain(training.title))
    return group([title, *_facts(training), _seats(training)], style="accent")


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
    return paragraph(seats_in_words(training), spacing="none")


def seats_in_words(training: Training) -> str:
    if not _is_open(training):
        return text("trainings.no_more")
    if training.seats_left <= 0:
        return text("trainings.full")
    return text("trainings.seats_left", count=training.seats_left)


def _whole(number: int, training: Training) -> Element:
    return group([_title(number, training), *_facts(training), _seats(training)])


def _short(number: int, training: Training) -> Element:
    """The same in two lines."""
    moment = swedish.moment(training.starts_at)
    seats = seats_in_words(training)
    line = text(
        "trainings.short", moment=moment, place=swedish.plain(training.place, 60), seats=seats
    )
    return group([_title(number, training), paragraph(line, spacing="none")])


def _is_open(training: Training) -> bool:
    return training.status is TrainingStatus.OPEN


def _sign_up(number: int, training: Training) -> Element:
    full = training.seats_left <= 0
    key = "trainings.queue_number" if full else "trainings.sign_up_number"
    return act(text(key, number=number), "sign_up", training=training.id)
