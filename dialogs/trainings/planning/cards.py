"""Trainings as those see them who hold them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from dialogs.conversation import swedish
from dialogs.conversation.card_parts import (
    Element,
    act,
    bold,
    card,
    group,
    heading,
    navigate,
    notice,
    paragraph,
    paragraphs,
    small,
    summary,
)
from dialogs.conversation.paging import Page, buttons, place_in_list
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.trainings.meetings import one_in_words
from dialogs.trainings.participants.cards import those_who_came, to_list
from dialogs.trainings.parts import cancelled_in_words, facts, facts_briefly, told
from dialogs.trainings.quotas.wording import kept_in_words
from knowledge.trainings.attendance.models import held_meetings
from knowledge.trainings.models import Training, TrainingStatus
from knowledge.trainings.planning.models import LONGEST_REASON, Held

Change = Mapping[str, Any]
"""What is wanted, as a button carries it."""


def preview(held: Held, *, note: str = "") -> Reply:
    """A draft as readers will see it."""
    training = held.training
    body = [heading(text("trainings_planning.preview_heading"))]
    body += [notice(note, "warning")] if note else []
    body += [_as_read(training), *_one_by_one(held)]
    body.append(small(text("trainings_planning.preview_typed")))
    about = {"id": training.id, "version": training.version}
    actions = [
        act(text("trainings_planning.publish"), "training_publish", **about),
        act(text("trainings_planning.change"), "training_change", id=training.id),
        act(text("trainings_planning.keep"), "training_keep", id=training.id),
    ]
    said = text("trainings_planning.preview_summary", title=swedish.plain(training.title))
    return Reply(card=card(body, actions), summary=summary(said))


def preview_change(
    held: Held, changed: Training, change: Change, *, moves: bool, joined: int
) -> Reply:
    """What has been published as it is to be, and who is told. `joined`: so many get a seat."""
    body = [heading(text("trainings_planning.change_heading")), _as_read(changed)]
    body += _only_this(held)
    if moves and held.told:
        said = text("trainings_planning.change_tells", count=held.told)
        body.append(paragraph(said))
    elif not joined:
        body.append(paragraph(text("trainings_planning.change_tells_nobody")))
    if joined:
        body.append(paragraph(text("trainings_planning.change_promotes", count=joined)))
    body.append(small(text("trainings_planning.change_typed")))
    actions = [
        act(text("trainings_planning.save_change"), "training_save_change", **change),
        act(text("trainings_planning.change"), "training_change_on", **change),
        act(text("trainings_planning.leave_change"), "training_open", id=changed.id),
    ]
    said = text("trainings_planning.change_summary", title=swedish.plain(changed.title))
    return Reply(card=card(body, actions), summary=summary(said))


def held(held: Held, now: datetime, *, note: str = "") -> Reply:
    """One training, how it stands and what can be done with it."""
    training = held.training
    title = swedish.plain(training.title)
    body = [heading(title)]
    body += [notice(note, "good")] if note else []
    acts = _acts(held, now)
    if training.status is not TrainingStatus.CANCELLED:  # which readers are told as well
        body.append(paragraph(_stands(held, now)))
    body.append(_as_read(training.as_of(now), titled=False))
    body += _only_this(held)
    if {"change", "cancel"} <= {*acts}:
        body.append(small(text("trainings_planning.held_typed")))
    actions = [_button(name, training) for name in acts]
    if not held.is_draft:
        actions = [to_list(training), *_of_the_day(training, now), *actions]
    actions.append(navigate(text("trainings_planning.held"), "held_trainings"))
    return Reply(card=card(body, actions), summary=summary(note or title))


def listing(page: Page, rows: Sequence[Held], now: datetime, *, ask: str = "") -> Reply:
    """The trainings that the reader holds, with how each stands. `ask` is which one is meant."""
    body: list[Element] = [heading(text("trainings_planning.list_heading"))]
    body += [paragraph(ask)] if ask else []
    actions = []
    for number, one in zip(page.numbers, rows, strict=True):
        title = swedish.plain(one.training.title)
        named = text("trainings.item", number=number, title=title)
        line = paragraph(_stands(one, now), spacing="none")
        body.append(group([bold(named), *facts_briefly(one.training), line]))
        if one.training.series:
            body.append(small(text("trainings_planning.in_series")))
        shown = text("trainings_planning.open_number", number=number)
        actions.append(navigate(shown, "training_show", id=one.training.id))
    body += place_in_list(page)
    body.append(small(text("trainings_planning.list_typed", number=page.first + 1)))
    new = navigate(text("trainings_planning.new"), "new_training")
    beside = [
        navigate(text("trainings_planning.to_figures"), "yearly_report"),
        navigate(text("trainings_exchange.card.import"), "import_trainings"),
        navigate(text("trainings_exchange.card.export"), "export_trainings"),
    ]
    said = text("trainings_planning.list_summary", count=page.total)
    return Reply(card=card(body, buttons(page, actions, new, *beside)), summary=summary(said))


def ask_cancel(held: Held, *, reason: str = "", fault: str = "") -> Reply:
    """Why is it called off, and who will be told?"""
    training, title = held.training, swedish.plain(held.training.title)
    said = text("trainings_planning.ask_cancel", title=title)
    field: Element = {
        "type": "Input.Text",
        "id": "reason",
        "label": text("trainings_planning.label_reason"),
        "value": reason,
        "maxLength": max(LONGEST_REASON, len(reason)),
        "isMultiline": True,
        "isRequired": True,
        "errorMessage": text("trainings_planning.wrong_reason", longest=LONGEST_REASON),
    }
    body = [heading(said), *facts(training)]
    tells = "cancel_tells" if held.told else "cancel_tells_nobody"
    body.append(paragraph(text(f"trainings_planning.{tells}", count=held.told)))
    body += [notice(fault, "attention")] if fault else []
    body += [field, small(text("trainings_planning.cancel_typed"))]
    actions = [
        act(text("trainings_planning.do_cancel"), "training_do_cancel", id=training.id),
        act(text("trainings_planning.leave_change"), "training_open", id=training.id),
    ]
    return Reply(card=card(body, actions), summary=summary(said))


def ask_delete(training: Training) -> Reply:
    """Whether a draft is to be thrown away."""
    said = text("trainings_planning.ask_delete", title=swedish.plain(training.title))
    actions = [
        act(text("trainings_planning.do_delete"), "training_do_delete", id=training.id),
        act(text("trainings_planning.leave_change"), "training_open", id=training.id),
    ]
    return Reply(card=card([heading(said)], actions), summary=summary(said))


def settled(words: str) -> Reply:
    """The end of a matter, in place of the card that began it."""
    actions = [
        navigate(text("trainings_planning.held"), "held_trainings"),
        navigate(text("trainings_planning.new"), "new_training"),
    ]
    return Reply(card=card(paragraphs(words), actions), summary=summary(words))


def is_over(training: Training, now: datetime) -> bool:
    return training.ends_at <= now


def _as_read(training: Training, *, titled: bool = True) -> Element:
    """All that participants may see of it; of a draft what they will see."""
    if training.status is TrainingStatus.DRAFT:
        training = replace(training, status=TrainingStatus.OPEN)
    title = [bold(swedish.plain(training.title))] if titled else []
    kept = kept_in_words(training)
    lines = [*told(training, has_seat=True), *([small(kept)] if kept else [])]
    return group([*title, *lines], style="emphasis")


def _one_by_one(held: Held) -> list[Element]:
    """The meetings of a series that people are to sign up for one by one."""
    if not held.series:
        return []
    said = text("trainings_planning.one_by_one", count=len(held.series))
    each = [one_in_words(meeting) for one in held.series for meeting in one.each_meeting]
    return [paragraph(said), *(paragraph(line, spacing="none") for line in each)]


def _only_this(held: Held) -> list[Element]:
    """That it is one of a series, and the others stay as they are."""
    if held.is_draft:
        return _one_by_one(held)
    count = len(held.series)
    return [small(text("trainings_planning.only_this", count=count))] if count else []


def _stands(held: Held, now: datetime) -> str:
    """In a line: its state, the seats, who waits."""
    training = held.training
    if training.status is TrainingStatus.CANCELLED:
        return cancelled_in_words(training)
    if held.is_draft:
        return text("trainings_planning.is_draft")
    state = "over" if is_over(training, now) else training.status.value
    seats = text("trainings_planning.taken", taken=training.taken, seats=training.seats)
    waiting = text("trainings_planning.waiting", count=held.waiting) if held.waiting else ""
    return " ".join(filter(None, [text(f"trainings_planning.stands_{state}"), seats, waiting]))


def _acts(held: Held, now: datetime) -> list[str]:
    """What can be done with it now."""
    training = held.training
    if held.is_draft:
        return ["publish_draft", "change", "copy", "delete"]
    has_begun, may_change = training.starts_at <= now, training.each_meeting[-1].starts_at > now
    if training.status is TrainingStatus.CANCELLED or is_over(training, now):
        return ["copy"]
    turn = "close" if training.status is TrainingStatus.OPEN else "reopen"
    turns = [] if has_begun else [turn]
    is_day = bool(held_meetings(training, now))
    copy = [] if is_day and not has_begun else ["copy"]  # the list to tick in takes its place
    return [*(["change"] if may_change else []), *turns, *copy, "cancel"]


def _of_the_day(training: Training, now: datetime) -> list[Element]:
    """What can be done from the day of the first meeting on, and when the last one is over."""
    if not held_meetings(training, now):
        return []
    about = {"training": training.id}
    ways = [navigate(text("trainings_attendance.to_sheet"), "check_in", **about)]
    if is_over(training, now):
        came = those_who_came(training.id)
        ways.append(navigate(text("trainings_participants.thank"), "announce", training=came))
        ways.append(navigate(text("trainings_evaluations.button"), "evaluation", **about))
    return ways


def _button(name: str, training: Training) -> Element:
    return act(text(f"trainings_planning.{name}"), f"training_{name}", id=training.id)
