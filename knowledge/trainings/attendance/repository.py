"""Rows about who came. Only who has a seat counts: a mark of somebody who has withdrawn is kept,
and shows again should the seat come back."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    Text,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    true,
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


async def list_attendees(
    tx: Reading | Writing,
    training_id: int,
    meeting: int,
    words: Sequence[str] = (),
    first: int = 0,
    limit: int | None = None,
) -> list[Attendee]:
    """Those with a seat, in the order of their names; whose names may have these words in them."""
    mark = _mark_at(meeting).label("mark")
    columns = people.c.id, people.c.name, people.c.municipality, mark
    query = _seated(select(*columns), training_id).where(*may_be_called(words))
    query = query.order_by(func.lower(people.c.name), people.c.id).offset(first).limit(limit)
    return [
        Attendee(row.id, row.name, row.municipality, Mark(row.mark or Mark.UNKNOWN))
        for row in await tx.execute(query)
    ]


async def count_marks(
    tx: Reading | Writing, training_id: int, meeting: int
) -> tuple[int, Mapping[Mark, int]]:
    """How many have a seat, and how many of them have each mark."""
    marks = _seated(select(_mark_at(meeting).label("mark")), training_id).subquery()
    query = select(marks.c.mark, func.count()).group_by(marks.c.mark)
    rows = (await tx.execute(query)).all()
    counted = {Mark(mark): number for mark, number in rows if mark}
    return sum(number for _, number in rows), counted


async def list_marked(
    tx: Writing, training_id: int, meeting: int, person_ids: Sequence[int] | None
) -> dict[int, Mark]:
    """Those of these people who have a seat, and their marks; of everybody for None."""
    query = _seated(select(people.c.id, _mark_at(meeting)), training_id)
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
) -> None:
    """Mark these people, and note what they were before."""
    if not was:
        return
    types: Types = {"person_id": Integer, "was": Text}
    rows = from_parameter(database.is_sqlite, types)
    their = {"rows": as_parameter(types, sorted((id_, one.value) for id_, one in was.items()))}
    its = (literal(training_id), literal(meeting), rows.c.person_id)
    names = ["training_id", "meeting", "person_id"]
    # SQLite would take ON CONFLICT for the ON of a join, were there no WHERE.
    values = select(*its, literal(mark.value)).where(true())
    row = database.insert(attendance).from_select([*names, "mark"], values)
    row = row.on_conflict_do_update(index_elements=names, set_={"mark": mark.value})
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


def came(training_id: ColumnElement[int] | int) -> Select[tuple[int]]:
    """Who has a seat and came to some meeting. Where nobody was marked, who has a seat."""
    present = attendance.c.mark == Mark.PRESENT.value
    of_it = attendance.c.training_id == training_id
    anybody = select(attendance.c.person_id).where(of_it, present).exists()
    them = select(attendance.c.person_id).where(of_it, present)
    seated = signups.c.status == SignupStatus.CONFIRMED.value
    return select(signups.c.person_id).where(
        signups.c.training_id == training_id, seated, ~anybody | signups.c.person_id.in_(them)
    )


def _mark_at(meeting: int) -> ScalarSelect[str]:
    """The mark of a sign-up's person, looked up by its key: a join of two tables that have just
    grown took PostgreSQL, which did not know it yet, three seconds for 5,000."""
    its = (
        attendance.c.training_id == signups.c.training_id,
        attendance.c.meeting == meeting,
        attendance.c.person_id == signups.c.person_id,
    )
    return select(attendance.c.mark).where(*its).correlate(signups).scalar_subquery()


def _seated(query: Select[Any], training_id: int) -> Select[Any]:
    return (
        query.select_from(signups)
        .join(people, people.c.id == signups.c.person_id)
        .where(
            signups.c.training_id == training_id,
            signups.c.status == SignupStatus.CONFIRMED.value,
        )
    )
