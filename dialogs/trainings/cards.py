"""Cards about trainings. Titles, places and summaries are shown as plain text."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

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
    rows,
    small,
    summary,
)
from dialogs.conversation.paging import MOST_BUTTONS, Page, buttons, place_in_list
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings.meetings import first_in_words
from dialogs.trainings.notice_cards import ways
from dialogs.trainings.parts import (
    cancelled_in_words,
    facts,
    facts_briefly,
    is_full,
    is_on,
    is_open,
    seats,
    seats_in_words,
)
from dialogs.trainings.quotas.wording import line_in_words
from dialogs.trainings.seats.cards import until
from knowledge.trainings.models import Signup, SignupStatus, Training, TrainingStatus

Standings = Mapping[int, Signup]
"""The reader's own sign-ups, by training."""


def listing(
    page: Page,
    trainings: Mapping[int, Training],
    narrowed: str,
    *,
    note: str = "",
    own: Standings = MappingProxyType({}),
    full: Mapping[int, str] = MappingProxyType({}),
    which: Mapping[int, str] = MappingProxyType({}),
    filters: Sequence[Element] = (),
    own_first: bool = False,
) -> Reply:
    """A page of trainings with date, place and seats left: a few with buttons, or many in short.

    `note` is what was not understood of the wish. `own`: there it says "Du är anmäld" instead of
    offering it. `full`: what stands there of those that the reader holds and that are full.
    `which`: the meeting that was asked for, where that is not the first. `filters` narrow the list.
    `own_first`: the own county's come before the others.
    """
    title = (
        text("trainings.heading", narrowed=narrowed) if narrowed else text("trainings.heading_all")
    )
    every = [(n, trainings.get(id_)) for n, id_ in zip(page.numbers, page.here, strict=True)]
    shown = [(number, training) for number, training in every if training is not None]
    body = [heading(title), *([paragraph(note)] if note else [])]
    body += [small(text("trainings.own_first"))] if own_first else []
    row = _short if page.is_short else _whole
    for number, one in shown:
        standing = standing_of(own.get(one.id)) or full.get(one.id, "")
        body.append(row(number, one, standing, which.get(one.id, "")))
    body += [*place_in_list(page), *filters]
    open_rows = [row for row in shown if is_open(row[1]) and row[1].id not in {*own, *full}]
    typed = "trainings.typed_alone" if page.is_short else "trainings.typed"
    body += [small(text(typed, number=number)) for number, _ in open_rows[:1]]
    mine = navigate(text("trainings.mine"), "my_trainings")
    body += [small(text("trainings.full_more"))] if full else []
    held = [navigate(text("trainings.held"), "held_trainings")] if full else []
    taps = buttons(page, [_sign_up(*row) for row in open_rows], mine, *held)
    first = swedish.plain(shown[0][1].title) if shown else ""
    said = summary(text("trainings.summary", count=page.total, title=first))
    return Reply(card=card(body, taps), summary=said)


def signed_up_for(signups: Sequence[Signup], calendar_urls: Sequence[str]) -> Reply:
    """Where the person stands after signing up for several at once."""
    told = [f"{_standing(one)}: {swedish.plain(one.training.title)}" for one in signups]
    body: list[Element] = [heading(text("trainings.several_done", count=len(signups)))]
    for one in signups:
        standing = _standing(one)
        line = paragraph(standing, spacing="none")
        title = bold(swedish.plain(one.training.title))
        body.append(group([title, *facts_briefly(one.training), line]))
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
    body = [heading(said), bold(swedish.plain(training.title)), *facts(training)]
    if confirmed:
        body += [paragraph(text("trainings.confirmed_note"))]
        body += [small(text("trainings.calendar_note"))]
    else:
        body += map(paragraph, line_in_words(signup))
    return Reply(
        card=card(body, ways(signup, calendar_url)),
        summary=summary(f"{said}: {swedish.plain(training.title)}"),
    )


def mine(
    page: Page, signups: Sequence[Signup], calendar_urls: Sequence[str], *, holds: bool = False
) -> Reply:
    """A page of the person's places, each with its calendar file, and places in line, with a way
    to withdraw from each.

    `holds`: the reader plans trainings too.
    """
    body = [heading(text("trainings.mine_heading"))]
    actions = []
    for number, signup, url in zip(page.numbers, signups, calendar_urls, strict=True):
        training = signup.training
        is_off = training.status is TrainingStatus.CANCELLED
        has_seat = signup.status is SignupStatus.CONFIRMED
        standing = text("trainings.mine_confirmed") if has_seat else standing_of(signup)
        standing = cancelled_in_words(training) if is_off else standing
        line = paragraph(standing, spacing="none")
        file = [link(text("trainings.calendar_number", number=number), url)]
        files = rows(*(file if has_seat and not is_off else []))
        body.append(group([_title(number, training), *facts_briefly(training), line, *files]))
        title = text("trainings.withdraw_number", number=number)
        actions.append(act(title, "ask_withdraw", training=training.id))
    body += place_in_list(page)
    body.append(small(text("trainings.mine_typed", number=page.first + 1)))
    more = navigate(text("trainings.more"), "trainings")
    held = [navigate(text("trainings.held"), "held_trainings")] if holds else []
    certificates = navigate(text("trainings_certificates.button"), "certificate")
    said = text("trainings.mine_summary", count=page.total)
    shown = buttons(page, actions[: MOST_BUTTONS - 2 - len(held)], more, certificates, *held)
    return Reply(card=card(body, shown), summary=summary(said))


def ask_withdraw(training: Training, *, waits: bool = False) -> Reply:
    """Withdrawing is asked once: the seat goes to somebody else, if it is not undone. `waits`: it
    is a place in line."""
    said = text("trainings.ask_withdraw", title=swedish.plain(training.title))
    body = [
        heading(said),
        *facts(training),
        paragraph(text(f"trainings.ask_withdraw_{'line' if waits else 'note'}")),
    ]
    actions = [
        act(text("trainings.yes_withdraw"), "withdraw", training=training.id),
        act(text("trainings.no_withdraw"), "keep_seat", training=training.id),
    ]
    return Reply(card=card(body, actions), summary=summary(said))


def attached(training: Training) -> Element:
    """A training inside an announcement: title, date, place, and the seats left at this moment."""
    title = bold(swedish.plain(training.title))
    return group([title, *facts_briefly(training), seats(training)], style="accent")


def has_moved(training: Training) -> Reply:
    """The card that was tapped showed another time or place: is it still wanted?"""
    said = text("trainings.has_moved")
    body = [heading(said), bold(swedish.plain(training.title)), *facts(training), seats(training)]
    body.append(paragraph(text("trainings.has_moved_note")))
    more = navigate(text("trainings.more"), "trainings")
    return Reply(
        card=card(body, [sign_up(training), more]),
        summary=summary(f"{said}: {swedish.plain(training.title)}"),
    )


def closed(training: Training) -> str:
    """Why nobody can sign up any more."""
    said = text("trainings.closed", title=swedish.plain(training.title))
    return said if is_on(training) else f"{cancelled_in_words(training).rstrip('.')}. {said}"


def sign_up(training: Training) -> Element:
    """The button, which knows what time and place were told beside it."""
    full = is_full(training)
    return sign_up_button(text(f"trainings.details.{'queue' if full else 'sign_up'}"), training)


def sign_up_button(title: str, training: Training) -> Element:
    return act(title, "sign_up", training=training.id, sequence=training.sequence)


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


def _title(number: int, training: Training) -> Element:
    title = swedish.plain(training.title)
    return bold(text("trainings.item", number=number, title=title))


def standing_of(signup: Signup | None) -> str:
    """Where the reader stands; "" for who has not signed up."""
    if signup is None:
        return ""
    if signup.status is SignupStatus.CONFIRMED:
        return text("trainings.own_seat")
    if signup.is_offered:
        return text("trainings_seats.standing", moment=until(signup))
    return text("trainings.mine_waiting", place=signup.place_in_line)


def _whole(number: int, training: Training, standing: str, which: str) -> Element:
    last = paragraph(standing, spacing="none") if standing else seats(training)
    then = [paragraph(which, spacing="none")] if which else []
    return group([_title(number, training), *then, *facts_briefly(training), last])


def _short(number: int, training: Training, standing: str, which: str) -> Element:
    """The same in two lines."""
    line = text(
        "trainings.short",
        moment=first_in_words(training),
        place=swedish.plain(training.place, 60),
        seats=standing or seats_in_words(training),
    )
    lines = [paragraph(one, spacing="none") for one in (which, line) if one]
    return group([_title(number, training), *lines])


def _sign_up(number: int, training: Training) -> Element:
    key = "trainings.queue_number" if is_full(training) else "trainings.sign_up_number"
    return sign_up_button(text(key, number=number), training)
