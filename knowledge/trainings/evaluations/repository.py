"""Rows about evaluations. No statement joins an answer with a person."""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from knowledge.directory.models import Person, people
from knowledge.directory.repository import person_from
from knowledge.storage.database import Database, Reading, Writing
from knowledge.trainings.attendance.repository import came
from knowledge.trainings.evaluations.models import (
    GRADES,
    OPEN_FOR,
    Evaluation,
    Question,
    evaluation_answered,
    evaluation_answers,
    training_evaluations,
)
from knowledge.trainings.models import Training, TrainingStatus, trainings
from knowledge.trainings.rows import training_from

_HELD = (TrainingStatus.OPEN.value, TrainingStatus.CLOSED.value)


async def find(tx: Reading | Writing, training: Training) -> Evaluation:
    """How it stands; one of which nothing is kept is on, and has not been sent."""
    its = training_evaluations.c.training_id == training.id
    row = (await tx.execute(select(training_evaluations).where(its))).mappings().one_or_none()
    if row is None:
        return Evaluation(training)
    purged = row["purged_at"] is not None
    return Evaluation(training, row["off"], row["sent_at"], row["asked"], purged)


async def list_due(tx: Reading, after: datetime, before: datetime) -> list[int]:
    """The trainings that ended between these moments, and whose evaluation has not been sent."""
    settled = select(training_evaluations.c.training_id).where(
        training_evaluations.c.off | training_evaluations.c.sent_at.is_not(None)
    )
    query = select(trainings.c.id).where(
        trainings.c.status.in_(_HELD),
        trainings.c.ends_at >= after,
        trainings.c.ends_at < before,
        trainings.c.id.not_in(settled),
    )
    return [*(await tx.execute(query.order_by(trainings.c.id))).scalars()]


async def list_asked(tx: Reading | Writing, training_id: int) -> list[Person]:
    """Who came; where nobody was marked, who has a seat."""
    query = select(people).where(people.c.id.in_(came(training_id))).order_by(people.c.id)
    return [person_from(row) for row in (await tx.execute(query)).mappings()]


async def came_to(tx: Reading | Writing, training_id: int, person_id: int) -> bool:
    them = came(training_id).subquery()
    query = select(them.c.person_id).where(them.c.person_id == person_id)
    return (await tx.execute(query)).first() is not None


async def list_open(tx: Reading, person_id: int, now: datetime) -> list[Training]:
    """Trainings that the person was at and has not answered about, the latest first."""
    sent = training_evaluations.c
    answered = select(evaluation_answered.c.training_id).where(
        evaluation_answered.c.person_id == person_id
    )
    query = (
        select(trainings)
        .join(training_evaluations, sent.training_id == trainings.c.id)
        .where(~sent.off, sent.sent_at > now - OPEN_FOR, trainings.c.id.not_in(answered))
        .order_by(trainings.c.ends_at.desc())
    )
    found = [training_from(row) for row in (await tx.execute(query)).mappings()]
    return [one for one in found if await came_to(tx, one.id, person_id)]


async def set_sent(
    tx: Writing, database: Database, training_id: int, now: datetime, asked: int
) -> None:
    await _keep(tx, database, training_id, sent_at=now, asked=asked)


async def set_off(tx: Writing, database: Database, training_id: int, *, off: bool) -> None:
    await _keep(tx, database, training_id, off=off)


async def has_answered(tx: Reading | Writing, training_id: int, person_id: int) -> bool:
    its = evaluation_answered.c.training_id == training_id
    query = select(evaluation_answered).where(its, evaluation_answered.c.person_id == person_id)
    return (await tx.execute(query)).first() is not None


async def add_answer(
    tx: Writing, training_id: int, person_id: int, useful: int, arranged: int, words: str
) -> None:
    """Keep the answer, and apart from it that the person has answered."""
    done = insert(evaluation_answered).values(training_id=training_id, person_id=person_id)
    await tx.execute(done)
    answer = insert(evaluation_answers).values(
        id=secrets.token_hex(16),
        training_id=training_id,
        useful=useful,
        arranged=arranged,
        words=words,
    )
    await tx.execute(answer)


async def count_answers(tx: Reading, training_id: int) -> int:
    its = evaluation_answers.c.training_id == training_id
    query = select(func.count()).select_from(evaluation_answers).where(its)
    return int((await tx.execute(query)).scalar_one())


async def count_grades(tx: Reading, training_id: int) -> dict[Question, list[int]]:
    """How many gave each grade, 1 first."""
    its = evaluation_answers.c.training_id == training_id
    counted: dict[Question, list[int]] = {}
    for question in Question:
        column = evaluation_answers.c[question.value]
        rows = await tx.execute(select(column, func.count()).where(its).group_by(column))
        by_grade = {int(grade): int(number) for grade, number in rows}
        counted[question] = [by_grade.get(grade, 0) for grade in GRADES]
    return counted


async def list_words(tx: Reading, training_id: int) -> list[str]:
    """What was written, in an order that tells nothing."""
    columns = evaluation_answers.c
    its = (columns.training_id == training_id) & (columns.words != "")
    return [*(await tx.execute(select(columns.words).where(its).order_by(columns.id))).scalars()]


async def _keep(tx: Writing, database: Database, training_id: int, **changed: Any) -> None:
    first = {"training_id": training_id, "off": False, "asked": 0, **changed}
    row = database.insert(training_evaluations).values(first)
    await tx.execute(row.on_conflict_do_update(index_elements=["training_id"], set_=changed))
