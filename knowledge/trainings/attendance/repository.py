"""Rows about who came. Only who has a seat, or was noted without one, counts: a mark of somebody
who has withdrawn is kept, and shows again should the seat come back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    Subquery,
    Text,
    bindparam,
    delete,
    false,
    func,
    insert,
    literal,
    select,
    true,
    union,
    union_all,
)

from knowledge.directory.models import people
from knowledge.storage.database import Database, Moment, Reading, Writing
from knowledge.storage.many_rows import Types, as_parameter, from_parameter
from knowledge.times import SWEDEN
from knowledge.trainings.attendance.models import (
    Attendee,
    Mark,
    MarkChange,
    attendance,
    attendance_history,
    wrong_codes,
)
from knowledge.trainings.history import Act
from knowledge.trainings.models import SignupStatus, Training, signups, trainings
from knowledge.trainings.participants.repository import may_be_called
from knowledge.trainings.repository import PUBLISHED
from knowledge.trainings.rows import training_from

HAS_SEAT = signups.c.status == SignupStatus.CONFIRMED.value


async def list_attendees(
    tx: Reading | Writing,
    training_id: int,
    meeting: int,
    words: Sequence[str] = (),
    first: int = 0,
    limit: int | None = None,
) -> list[Attendee]:
    """Those with a seat, and who came without, in the order of their names; whose names may have
    these words in them."""
    listed = _listed(training_id, meeting)
    mark = _mark_of(listed, training_id, meeting).label("mark")
    columns = people.c.id, people.c.name, people.c.municipality, mark, listed.c.walk_in
    query = _people(select(*columns), listed).where(*may_be_called(words))
    query = query.order_by(func.lower(people.c.name), people.c.id).offset(first).limit(limit)
    return [
        Attendee(
            row.id, row.name, row.municipality, Mark(row.mark or Mark.UNKNOWN), bool(row.walk_in)
        )
        for row in await tx.execute(query)
    ]


async def count_marks(
    tx: Reading | Writing, training_id: int, meeting: int
) -> tuple[int, int, Mapping[Mark, int]]:
    """How many have a seat, how many came without one, and how many of all have each mark."""
    listed = _listed(training_id, meeting)
    mark = _mark_of(listed, training_id, meeting).label("mark")
    marks = _people(select(mark, listed.c.walk_in), listed).subquery()
    query = select(marks.c.mark, marks.c.walk_in, func.count())
    rows = (await tx.execute(query.group_by(marks.c.mark, marks.c.walk_in))).all()
    counted = Counter[Mark]()
    for mark, _, number in rows:
        counted[Mark(mark or Mark.UNKNOWN)] += number
    walk_ins = sum(number for _, walk_in, number in rows if walk_in)
    return counted.total() - walk_ins, walk_ins, counted


async def list_marked(
    tx: Writing, training_id: int, meeting: int, person_ids: Sequence[int] | None
) -> dict[int, Mark]:
    """Those of these people who are on the list, and their marks; of everybody for None."""
    listed = _listed(training_id, meeting)
    query = _people(select(people.c.id, _mark_of(listed, training_id, meeting)), listed)
    if person_ids is not None:
        query = query.where(people.c.id.in_(person_ids))
    return {id_: Mark(mark or Mark.UNKNOWN) for id_, mark in await tx.execute(query)}


async def set_marks(
    tx: Writing,
    database: Database,
    act: Act,
    training_id: int,
    meeting: int,
    was: Mapping[int, Mark],
    mark: Mark,
    *,
    walk_in: bool = False,
) -> None:
    """Mark these people, and note what they were before. `walk_in`: they had no seat; somebody of
    whom that was noted and who did not come is not listed any more."""
    if not was:
        return
    types: Types = {"person_id": Integer, "was": Text}
    rows = from_parameter(database.is_sqlite, types)
    their = {"rows": as_parameter(types, sorted((id_, one.value) for id_, one in was.items()))}
    its = (literal(training_id), literal(meeting), rows.c.person_id)
    names = ["training_id", "meeting", "person_id"]
    # SQLite would take ON CONFLICT for the ON of a join, were there no WHERE.
    values = select(*its, literal(mark.value), literal(walk_in)).where(true())
    row = database.insert(attendance).from_select([*names, "mark", "walk_in"], values)
    stays = attendance.c.walk_in if mark is Mark.PRESENT else false()
    changed = {"mark": mark.value, "walk_in": true() if walk_in else stays}
    row = row.on_conflict_do_update(index_elements=names, set_=changed)
    await tx.execute(row, their)
    when = bindparam("at", act.at, type_=Moment)
    values = select(*its, when, literal(act.by), rows.c.was, literal(mark.value))
    noted = [*names, "at", "by_person_id", "was", "became"]
    await tx.execute(insert(attendance_history).from_select(noted, values), their)


async def list_changes(tx: Reading, training_id: int, person_id: int) -> list[MarkChange]:
    """What became of somebody's marks at a training, the oldest first."""
    table = attendance_history.c
    query = (
        select(attendance_history, people.c.name)
        .join(people, people.c.id == table.by_person_id)
        .where(table.training_id == training_id, table.person_id == person_id)
        .order_by(table.id)
    )
    return [
        MarkChange(
            row["meeting"],
            Mark(row["was"]),
            Mark(row["became"]),
            row["at"],
            row["name"],
            row["by_person_id"] == person_id,
        )
        for row in (await tx.execute(query)).mappings()
    ]


async def list_around(tx: Writing, now: datetime) -> list[Training]:
    """Published trainings that may have a meeting on this day in Sweden."""
    morning = now.astimezone(SWEDEN).replace(hour=0, minute=0, second=0, microsecond=0)
    begun = trainings.c.starts_at < morning + timedelta(days=2)
    query = select(trainings).where(PUBLISHED, begun, trainings.c.ends_at >= morning)
    return [training_from(row) for row in (await tx.execute(query)).mappings()]


async def list_wrong_codes(tx: Writing, person_id: int, since: datetime) -> list[datetime]:
    """When the person gave a wrong code, since then; what is older is forgotten."""
    its = wrong_codes.c.person_id == person_id
    await tx.execute(delete(wrong_codes).where(its, wrong_codes.c.at <= since))
    return [*(await tx.execute(select(wrong_codes.c.at).where(its))).scalars()]


async def note_wrong_code(tx: Writing, person_id: int, now: datetime) -> None:
    await tx.execute(insert(wrong_codes).values(person_id=person_id, at=now))


def came(training_id: int) -> Select[tuple[int]]:
    """Who has a seat and came to some meeting, and who came without one. Where nobody with a seat
    was marked, who has a seat."""
    of_it = attendance.c.training_id == training_id
    present = (attendance.c.mark == Mark.PRESENT.value) & ~attendance.c.walk_in
    anybody = select(attendance.c.person_id).where(of_it, present).exists()
    them = select(attendance.c.person_id).where(of_it, attendance.c.mark == Mark.PRESENT.value)
    its = signups.c.training_id == training_id
    seated = select(signups.c.person_id).where(
        its, HAS_SEAT, ~anybody | signups.c.person_id.in_(them)
    )
    found = union(seated, select(attendance.c.person_id).where(of_it, attendance.c.walk_in))
    return select(found.subquery().c.person_id)


async def list_present(
    tx: Reading | Writing, person_id: int, since: datetime
) -> list[tuple[int, int]]:
    """Trainings and their meetings that the person is marked as present at, the latest first."""
    query = (
        select(attendance.c.training_id, attendance.c.meeting)
        .join(trainings, trainings.c.id == attendance.c.training_id)
        .where(
            attendance.c.person_id == person_id,
            attendance.c.mark == Mark.PRESENT.value,
            trainings.c.ends_at > since,
            PUBLISHED,
        )
        .order_by(trainings.c.ends_at.desc(), attendance.c.meeting.desc())
    )
    return [(training, meeting) for training, meeting in await tx.execute(query)]


async def is_walk_in(tx: Writing, training_id: int, meeting: int, person_id: int) -> bool:
    table = attendance.c
    its = (table.training_id == training_id, table.meeting == meeting)
    query = select(table.walk_in).where(*its, table.person_id == person_id)
    return bool((await tx.execute(query)).scalar_one_or_none())


async def has_denied(tx: Reading | Writing, training_id: int, meeting: int, person_id: int) -> bool:
    """Whether the person has taken back that they were there."""
    table = attendance_history.c
    its = (table.training_id == training_id, table.meeting == meeting)
    own = (table.person_id == person_id, table.by_person_id == person_id)
    was = table.was == Mark.PRESENT.value
    return (await tx.execute(select(table.id).where(*its, *own, was).limit(1))).first() is not None


def is_marked_present() -> ColumnElement[bool]:
    """Whether a sign-up's person came to some meeting, as far as anybody has said."""
    its = (
        attendance.c.training_id == signups.c.training_id,
        attendance.c.person_id == signups.c.person_id,
        attendance.c.mark == Mark.PRESENT.value,
    )
    return select(attendance.c.person_id).where(*its).exists()


def _mark_of(listed: Subquery, training_id: int, meeting: int) -> ScalarSelect[str]:
    """The mark of somebody listed, looked up by its key: a join of two tables that have just
    grown took PostgreSQL, which did not know it yet, three seconds for 5,000."""
    its = (
        attendance.c.training_id == training_id,
        attendance.c.meeting == meeting,
        attendance.c.person_id == listed.c.person_id,
    )
    return select(attendance.c.mark).where(*its).correlate(listed).scalar_subquery()


def _listed(training_id: int, meeting: int) -> Subquery:
    """Who has a seat, and who came to the meeting without one."""
    seated = select(signups.c.person_id, false().label("walk_in"))
    seated = seated.where(signups.c.training_id == training_id, HAS_SEAT)
    walked = select(attendance.c.person_id, true().label("walk_in")).where(
        attendance.c.training_id == training_id,
        attendance.c.meeting == meeting,
        attendance.c.walk_in,
        attendance.c.person_id.not_in(
            select(signups.c.person_id).where(signups.c.training_id == training_id, HAS_SEAT)
        ),
    )
    return union_all(seated, walked).subquery("listed")


def _people(query: Select[Any], listed: Subquery) -> Select[Any]:
    return query.select_from(listed).join(people, people.c.id == listed.c.person_id)
