"""Rows about who takes part, and who was asked to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, case, func, literal, or_, select, update
from sqlalchemy import insert as insert_row

from knowledge.directory.models import NATIONAL, Person, Position, people
from knowledge.directory.repository import is_gone, person_from
from knowledge.storage.database import Reading, Writing
from knowledge.trainings.asking.repository import find_answers
from knowledge.trainings.models import SignupStatus, Training, signups
from knowledge.trainings.participants.models import (
    Counts,
    Group,
    Invitation,
    InvitationStatus,
    Overview,
    Participant,
    PassedOver,
    invitations,
)
from knowledge.trainings.repository import LIVE

_SURE = frozenset("bdfghjklmpqrtvwx0123456789")
"""What has no marks in any name: the other letters are looked at when the row is here."""

_PASSED_OVER = case(
    (signups.c.held_until.is_not(None), PassedOver.ASKED.value),
    (people.c.blocked, PassedOver.BLOCKED.value),
    (is_gone(), PassedOver.REMOVED.value),
    (signups.c.passed_at.is_not(None), PassedOver.UNANSWERED.value),
    else_="",
)


async def read_overview(tx: Reading, training: Training) -> Overview:
    """How many have a seat and how many wait, by place and by what they do."""
    keys = people.c.municipality, people.c.position, signups.c.status
    query = (
        select(*keys, func.count())
        .select_from(signups)
        .join(people, people.c.id == signups.c.person_id)
        .where(signups.c.training_id == training.id, LIVE)
        .group_by(*keys)
    )
    places, positions = (
        defaultdict[str, Counts](Counts),
        defaultdict[Position | None, Counts](Counts),
    )
    for municipality, position, status, number in await tx.execute(query):
        is_seated = status == SignupStatus.CONFIRMED.value
        counted = Counts(number, 0) if is_seated else Counts(0, number)
        places[municipality] += counted
        positions[Position(position) if position else None] += counted
    return Overview(training, dict(places), dict(positions))


async def list_participants(
    tx: Reading, training_id: int, group: Group, first: int = 0, limit: int | None = None
) -> list[Participant]:
    """Those of one list, the first to sign up first; so many of them after the `first`."""
    query = _participants(training_id, group).order_by(signups.c.id).offset(first).limit(limit)
    rows = (await tx.execute(query)).mappings()
    found = [_participant(row, group, first + n) for n, row in enumerate(rows, start=1)]
    answers = await find_answers(tx, training_id, [one.person_id for one in found])
    return [replace(one, answers=answers.get(one.person_id, {})) for one in found]


async def list_signed_up(
    tx: Reading | Writing, training_id: int, words: Sequence[str]
) -> list[Person]:
    """Those who have a seat or stand in line, and whose names may have these words in them."""
    query = (
        select(people)
        .join(signups, signups.c.person_id == people.c.id)
        .where(signups.c.training_id == training_id, LIVE, *may_be_called(words))
        .order_by(signups.c.id)
    )
    return [person_from(row) for row in (await tx.execute(query)).mappings()]


async def list_working_in(
    tx: Reading | Writing, counties: Sequence[str], words: Sequence[str]
) -> list[Person]:
    """People in the municipalities of these counties whose names may have these words in them."""
    query = (
        select(people)
        .where(_works_in(counties), *may_be_called(words))
        .order_by(people.c.name, people.c.id)
    )
    return [person_from(row) for row in (await tx.execute(query)).mappings()]


async def list_colleagues(
    tx: Reading | Writing, person: Person, words: Sequence[str]
) -> list[Person]:
    """Others of the same municipality and tenant who can be told something, and whose names may
    have these words in them."""
    its = people.c
    same = (its.tenant_id == person.tenant_id) & (its.municipality == person.municipality)
    query = (
        select(people)
        .where(same, its.id != person.id, ~is_gone(), ~its.blocked, *may_be_called(words))
        .order_by(its.name, its.id)
    )
    return [person_from(row) for row in (await tx.execute(query)).mappings()]


async def count_proposed(tx: Reading | Writing, person_id: int, since: datetime) -> int:
    """How many colleagues the person has asked since."""
    its = invitations.c
    query = select(func.count()).where(
        its.by_person_id == person_id, its.by_colleague, its.asked_at > since
    )
    return int((await tx.execute(query)).scalar_one())


async def find_known(
    tx: Reading | Writing, counties: Sequence[str], person_id: int
) -> tuple[Person, bool] | None:
    """Somebody who works in these counties, and whether the person can be told anything."""
    query = select(people, is_gone().label("gone")).where(
        people.c.id == person_id, _works_in(counties)
    )
    row = (await tx.execute(query)).mappings().one_or_none()
    return (person_from(row), not row["gone"]) if row else None


async def find_person(tx: Reading | Writing, person_id: int) -> Person | None:
    row = (await tx.execute(select(people).where(people.c.id == person_id))).mappings()
    found = row.one_or_none()
    return person_from(found) if found else None


async def add_invitation(
    tx: Writing,
    training_id: int,
    person_id: int,
    by: int,
    note: str,
    now: datetime,
    *,
    by_colleague: bool = False,
) -> int:
    row = insert_row(invitations).values(
        training_id=training_id,
        person_id=person_id,
        by_person_id=by,
        note=note,
        status=InvitationStatus.ASKED.value,
        asked_at=now,
        by_colleague=by_colleague,
    )
    return int((await tx.execute(row.returning(invitations.c.id))).scalar_one())


async def latest_status(
    tx: Reading | Writing, training_id: int, person_id: int
) -> InvitationStatus | None:
    """What became of the latest invitation of this person."""
    its = (invitations.c.training_id == training_id) & (invitations.c.person_id == person_id)
    query = select(invitations.c.status).where(its).order_by(invitations.c.id.desc()).limit(1)
    status = (await tx.execute(query)).scalar_one_or_none()
    return InvitationStatus(status) if status else None


async def find_training_of(tx: Reading | Writing, invitation_id: int, person_id: int) -> int | None:
    """Which training the person was asked about; None for what is no invitation to this person."""
    its = (invitations.c.id == invitation_id) & (invitations.c.person_id == person_id)
    return (await tx.execute(select(invitations.c.training_id).where(its))).scalar_one_or_none()


async def find_invitation(
    tx: Reading | Writing, training: Training, invitation_id: int
) -> Invitation | None:
    row = await tx.execute(select(invitations).where(invitations.c.id == invitation_id))
    found = row.mappings().one_or_none()
    if found is None:
        return None
    invited = await find_person(tx, found["person_id"])
    by = await find_person(tx, found["by_person_id"])
    if invited is None or by is None:
        return None
    status = InvitationStatus(found["status"])
    told = (found["note"], status, found["by_colleague"])
    return Invitation(found["id"], training, invited, by, *told)


async def list_asked(tx: Reading, person_id: int) -> list[tuple[int, int]]:
    """The invitations that wait for this person's answer, the first to be asked first: each with
    its training."""
    columns = invitations.c.id, invitations.c.training_id
    query = select(*columns).where(
        invitations.c.person_id == person_id,
        invitations.c.status == InvitationStatus.ASKED.value,
    )
    return [(id_, training) for id_, training in await tx.execute(query.order_by(invitations.c.id))]


async def settle(tx: Writing, invitation_id: int, status: InvitationStatus, now: datetime) -> None:
    its = update(invitations).where(invitations.c.id == invitation_id)
    await tx.execute(its.values(status=status.value, settled_at=now))


def _participants(training_id: int, group: Group) -> Select[Any]:
    columns = people.c.id, people.c.name, people.c.municipality, people.c.position
    passed = _PASSED_OVER if group is Group.WAITING else literal("")
    return (
        select(*columns, signups.c.created_at, passed.label("passed_over"))
        .select_from(signups)
        .join(people, people.c.id == signups.c.person_id)
        .where(signups.c.training_id == training_id, signups.c.status == group.status.value)
    )


def _participant(row: RowMapping, group: Group, number: int) -> Participant:
    return Participant(
        person_id=row["id"],
        name=row["name"],
        municipality=row["municipality"],
        position=Position(row["position"]) if row["position"] else None,
        group=group,
        since=row["created_at"],
        place_in_line=number if group is Group.WAITING else 0,
        passed_over=PassedOver(row["passed_over"]) if row["passed_over"] else None,
    )


def _works_in(counties: Sequence[str]) -> ColumnElement[bool]:
    if NATIONAL in counties:
        return people.c.municipality != ""
    return or_(*(people.c.municipality.startswith(county) for county in counties))


def may_be_called(words: Iterable[str]) -> list[ColumnElement[bool]]:
    """The database knows no marks above letters: what it finds is to be looked at."""
    return [func.lower(people.c.name).like(f"%{_pattern(word)}%") for word in words]


def _pattern(word: str) -> str:
    """The word with any letter that may have a mark left open."""
    return "".join(letter if letter in _SURE else "_" for letter in word)
