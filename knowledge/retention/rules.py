"""Which rows are over, and what becomes of them: one rule for each table that a kind is kept in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, Text, and_, cast, func, literal, or_, select

from knowledge.announcements.models import LEFT, AnnouncementStatus, announcements, gathered
from knowledge.announcements.proposals import ProposalStatus, proposals
from knowledge.audit import repository as log
from knowledge.audit.models import audit_people
from knowledge.delivery.conversation_pace import conversation_paces
from knowledge.delivery.models import Status, deliveries, messages
from knowledge.enquiries.models import enquiries
from knowledge.follow_up.acknowledgements import acknowledgements
from knowledge.follow_up.shown import shown_cards
from knowledge.questions.models import open_questions
from knowledge.reports.models import report_days, reports
from knowledge.retention.models import erased_accounts, holds
from knowledge.retention.periods import DAYS, Kind
from knowledge.retention.rows import GONE_PERSON, NOBODY
from knowledge.storage.conversations import conversations
from knowledge.timers.timers import TimerStatus, timers
from knowledge.trainings.asking.models import LOOSE_FOR, signup_answers
from knowledge.trainings.attendance.models import attendance, attendance_history, wrong_codes
from knowledge.trainings.certificates.models import training_certificates
from knowledge.trainings.evaluations.models import (
    evaluation_answered,
    evaluation_answers,
    training_evaluations,
)
from knowledge.trainings.history import training_history
from knowledge.trainings.models import SignupStatus, signups, trainings
from knowledge.trainings.participants.models import invitations

_OF_ANNOUNCEMENT, _OF_CARD = "announcement:%", "card:%"

_AFTER_TRAININGS = (
    attendance,
    attendance_history,
    evaluation_answers,
    training_certificates,
    invitations,
)
"""What goes when the training has been over so long, as its sign-ups do."""


@dataclass(frozen=True)
class Rule:
    """`over` are the rows whose time ended before a moment. Without `blank` they are deleted.
    Without `has_time` it is not time that decides, but whether anything needs them."""

    kind: Kind
    table: Table
    over: Callable[[datetime], ColumnElement[bool]]
    blank: dict[str, Any] | None = None
    has_time: bool = True


def every_rule() -> Iterator[Rule]:
    """In an order in which nothing points at what is gone."""
    yield from _work()
    yield from _told()
    yield from _asked()
    yield from _trainings()
    yield from _announced()
    yield Rule(Kind.PROTOCOL, holds, lambda day: holds.c.released_at < day)
    yield Rule(Kind.AUDIT, audit_people, log.in_no_act_since)
    yield Rule(Kind.ERASED, erased_accounts, lambda day: erased_accounts.c.at < day)


def _work() -> Iterator[Rule]:
    report = literal("purged:").concat(cast(reports.c.id, Text))
    yield Rule(Kind.WORK, report_days, lambda day: report_days.c.day < day.date())
    known = reports.c.act.not_like("purged:%")
    blank = {"act": report}
    yield Rule(Kind.WORK, reports, lambda day: and_(known, reports.c.created_at < day), blank)
    yield Rule(Kind.WORK, wrong_codes, lambda day: wrong_codes.c.at < day)
    row = conversation_paces.c
    yield Rule(Kind.WORK, conversation_paces, lambda day: row.next_at < day.timestamp())
    stopped = timers.c.status == TimerStatus.STOPPED.value
    # Stopped ones are kept to be seen by somebody: a month, and not only a day.
    month = 30 * 86400.0
    yield Rule(Kind.WORK, timers, lambda day: and_(stopped, timers.c.due < day.timestamp() - month))


def _told() -> Iterator[Rule]:
    row = conversations.c
    yield Rule(
        Kind.CONVERSATIONS,
        conversations,
        lambda day: and_(row.used_at < day.timestamp(), row.lease_owner.is_(None)),
    )
    yield Rule(Kind.NOTICES, gathered, lambda day: gathered.c.told_at < day)
    yield Rule(Kind.NOTICES, deliveries, lambda day: and_(_is_notice(), _ended(day)))
    yield Rule(Kind.NOTICES, messages, lambda _day: _needed_by_nobody(), has_time=False)
    card = deliveries.c.group_key.like(_OF_CARD)
    cards = shown_cards.c.shown_at
    yield Rule(Kind.CARDS, shown_cards, lambda day: cards < day.timestamp())
    yield Rule(Kind.CARDS, deliveries, lambda day: and_(card, _ended(day)))


def _asked() -> Iterator[Rule]:
    yield Rule(Kind.QUESTIONS, open_questions, lambda day: open_questions.c.asked_at < day)
    yield Rule(Kind.REPORTS, reports, lambda day: reports.c.created_at < day)
    yield Rule(Kind.ENQUIRIES, enquiries, lambda day: enquiries.c.asked_at < day)


def _trainings() -> Iterator[Rule]:
    yield Rule(Kind.SIGNUPS, signups, _of_ended(signups))
    yield Rule(Kind.ANSWERS, signup_answers, _answers_over)
    yield from _evaluated()
    for table in _AFTER_TRAININGS:
        yield Rule(Kind.SIGNUPS, table, _of_ended(table))
    its = training_history.c
    named = or_(its.by_person_id.is_not(None), its.note != "")
    yield Rule(
        Kind.SIGNUPS,
        training_history,
        lambda day: and_(named, its.training_id.in_(_ended_trainings(day))),
        {"by_person_id": None, "note": ""},
    )


def _evaluated() -> Iterator[Rule]:
    """The free words and who has answered; then it is written down that they are gone."""
    its, answers = training_evaluations.c, evaluation_answers.c

    def asked(day: datetime) -> Any:
        return select(its.training_id).where(its.sent_at < day)

    kind, answered = Kind.EVALUATIONS, evaluation_answered.c.training_id
    said = answers.words != ""
    yield Rule(
        kind,
        evaluation_answers,
        lambda day: and_(said, answers.training_id.in_(asked(day))),
        {"words": ""},
    )
    yield Rule(kind, evaluation_answered, lambda day: answered.in_(asked(day)))
    yield Rule(
        kind,
        training_evaluations,
        lambda day: and_(its.sent_at < day, its.purged_at.is_(None)),
        {"purged_at": func.current_timestamp()},
    )


def _of_ended(table: Table) -> Callable[[datetime], ColumnElement[bool]]:
    return lambda day: table.c.training_id.in_(_ended_trainings(day))


def _answers_over(day: datetime) -> ColumnElement[bool]:
    """A month after the last meeting; or a day after they were written by who has no place."""
    its, as_usual = signup_answers.c, day + timedelta(days=DAYS[Kind.ANSWERS] or 0)
    has_place = select(signups.c.id).where(
        signups.c.training_id == its.training_id,
        signups.c.person_id == its.person_id,
        signups.c.status != SignupStatus.WITHDRAWN.value,
    )
    is_loose = and_(its.answered_at < as_usual - LOOSE_FOR, ~has_place.exists())
    return or_(its.erase_at < as_usual, is_loose)


def _announced() -> Iterator[Rule]:
    row = announcements.c
    draft = and_(row.status == AnnouncementStatus.DRAFT, row.heading != "")
    words = dict.fromkeys(("heading", "text", "link", "link_title", "picture", "picture_alt"), "")
    forgotten = {**words, "deleted_at": func.coalesce(row.deleted_at, func.current_timestamp())}
    yield Rule(Kind.DRAFTS, announcements, lambda day: and_(draft, row.created_at < day), forgotten)
    yield Rule(Kind.RECEIPTS, acknowledgements, lambda day: acknowledgements.c.at < day)
    to_people = and_(
        deliveries.c.group_key.like(_OF_ANNOUNCEMENT),
        deliveries.c.is_person,
        deliveries.c.target != GONE_PERSON,
    )
    yield Rule(Kind.RECEIPTS, deliveries, lambda day: and_(to_people, _ended(day)), NOBODY)
    left = row.status.in_([status.value for status in LEFT])
    nobody = _nobody("author", "approver", "asker")
    named = or_(row.author_object_id != "", row.author_name != "")
    sent = and_(left, named)
    yield Rule(
        Kind.ANNOUNCEMENTS,
        announcements,
        lambda day: and_(sent, row.sent_at < day),
        {**nobody, "author_name": ""},
    )
    its = proposals.c
    decided = and_(its.status != ProposalStatus.WAITING.value, its.asker_name != "")
    yield Rule(
        Kind.ANNOUNCEMENTS,
        proposals,
        lambda day: and_(decided, its.asked_at < day),
        {**_nobody("asker", "decider"), "asker_name": ""},
    )


def _nobody(*roles: str) -> dict[str, str]:
    return {f"{role}_{part}": "" for role in roles for part in ("tenant_id", "object_id")}


def _is_notice() -> ColumnElement[bool]:
    """What is neither an announcement nor a card that goes on telling the truth."""
    group = deliveries.c.group_key
    return and_(group.not_like(_OF_ANNOUNCEMENT), group.not_like(_OF_CARD))


def _ended(day: datetime) -> ColumnElement[bool]:
    under_way = deliveries.c.status.in_((Status.PENDING, Status.SENDING))
    return and_(deliveries.c.created_at < day.timestamp(), ~under_way)


def _needed_by_nobody() -> ColumnElement[bool]:
    delivered = select(deliveries.c.id).where(deliveries.c.message_id == messages.c.id).exists()
    shown = select(announcements.c.id).where(announcements.c.message_id == messages.c.id).exists()
    return ~delivered & ~shown


def _ended_trainings(day: datetime) -> Any:
    return select(trainings.c.id).where(trainings.c.ends_at < day)
