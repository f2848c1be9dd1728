"""Rows about certificates, and the meetings that stand on them."""

from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Select, insert, select, union

from knowledge.directory.models import people
from knowledge.storage.database import Reading, Writing
from knowledge.trainings.attendance.models import Mark, attendance
from knowledge.trainings.certificates.models import Certificate, training_certificates
from knowledge.trainings.models import (
    Meeting,
    SignupStatus,
    Training,
    TrainingStatus,
    signups,
    trainings,
)
from knowledge.trainings.repository import PUBLISHED, find_training
from knowledge.trainings.rows import training_from

_SEATED = signups.c.status == SignupStatus.CONFIRMED.value
_OURS = training_certificates.c


async def list_attended(
    tx: Reading | Writing, training: Training, person_id: int
) -> tuple[Meeting, ...]:
    """The meetings at which somebody was who still has a seat, or came without, in order."""
    own = (signups.c.training_id == training.id, signups.c.person_id == person_id)
    query = select(attendance.c.meeting).where(
        attendance.c.training_id == training.id,
        attendance.c.person_id == person_id,
        attendance.c.mark == Mark.PRESENT.value,
        attendance.c.walk_in | select(signups.c.id).where(*own, _SEATED).exists(),
    )
    those = {*(await tx.execute(query)).scalars()}
    if training.status is TrainingStatus.CANCELLED:
        return ()
    return tuple(one for n, one in enumerate(training.each_meeting) if n in those)


async def list_over(tx: Reading, person_id: int, since: datetime, now: datetime) -> list[Training]:
    """Trainings that are over since then, where the person has a seat or came without, the latest
    first."""
    seated = select(signups.c.training_id).where(signups.c.person_id == person_id, _SEATED)
    walked = select(attendance.c.training_id).where(
        attendance.c.person_id == person_id, attendance.c.walk_in
    )
    query = (
        select(trainings)
        .where(trainings.c.id.in_(union(seated, walked)), PUBLISHED)
        .where(trainings.c.ends_at > since, trainings.c.ends_at <= now)
        .where(trainings.c.status != TrainingStatus.CANCELLED.value)
        .order_by(trainings.c.ends_at.desc(), trainings.c.id)
    )
    return [training_from(row) for row in (await tx.execute(query)).mappings()]


async def find(tx: Reading | Writing, code: str) -> Certificate | None:
    """The certificate with this code."""
    row = await tx.execute(_certificates().where(_OURS.code == code))
    return await _certificate(tx, row.mappings().one_or_none())


async def find_own(tx: Writing, training_id: int, person_id: int) -> Certificate | None:
    its = (_OURS.training_id == training_id) & (_OURS.person_id == person_id)
    row = await tx.execute(_certificates().where(its))
    return await _certificate(tx, row.mappings().one_or_none())


async def add(tx: Writing, code: str, training_id: int, person_id: int, now: datetime) -> None:
    row = {"code": code, "training_id": training_id, "person_id": person_id, "issued_at": now}
    await tx.execute(insert(training_certificates).values(row))


def _certificates() -> Select[Any]:
    return select(training_certificates, people.c.name).join(people, people.c.id == _OURS.person_id)


async def _certificate(tx: Reading | Writing, row: RowMapping | None) -> Certificate | None:
    training = await find_training(tx, row["training_id"]) if row else None
    if row is None or training is None:
        return None
    attended = await list_attended(tx, training, row["person_id"])
    return Certificate(row["code"], row["name"], training, attended, row["issued_at"])
