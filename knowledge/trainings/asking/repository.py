"""Rows of what was answered, and when they go."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from knowledge.storage.database import Reading, Writing
from knowledge.trainings.asking.models import (
    KEPT_AFTERWARDS,
    Answers,
    left_out,
    signup_answers,
)
from knowledge.trainings.models import Training

_ROW = signup_answers.c


async def keep(
    tx: Writing, training: Training, person_id: int, answers: Answers, now: datetime
) -> None:
    """In place of what the person answered before."""
    await tx.execute(
        delete(signup_answers).where(_ROW.training_id == training.id, _ROW.person_id == person_id)
    )
    row = insert(signup_answers).values(
        training_id=training.id,
        person_id=person_id,
        answers=json.dumps(dict(answers), ensure_ascii=False),
        answered_at=now,
        erase_at=training.ends_at + KEPT_AFTERWARDS,
    )
    await tx.execute(row)


async def find_answers(
    tx: Reading | Writing, training_id: int, person_ids: Collection[int]
) -> dict[int, Answers]:
    """What these people have answered, by the person."""
    query = select(_ROW.person_id, _ROW.answers).where(
        _ROW.training_id == training_id, _ROW.person_id.in_(person_ids)
    )
    return {person_id: json.loads(answers) for person_id, answers in await tx.execute(query)}


async def find_unasked(tx: Writing, training: Training, person_ids: Sequence[int]) -> set[int]:
    """Those who have not answered what must be answered; where nothing is asked nobody."""
    if not training.questions or not person_ids:
        return set()
    known = await find_answers(tx, training.id, person_ids)
    questions = training.questions
    return {one for one in person_ids if one not in known or left_out(questions, known[one])}


async def move_end(tx: Writing, training: Training) -> None:
    """Answers go so long after the last meeting, whenever that is now."""
    its = update(signup_answers).where(_ROW.training_id == training.id)
    await tx.execute(its.values(erase_at=training.ends_at + KEPT_AFTERWARDS))
