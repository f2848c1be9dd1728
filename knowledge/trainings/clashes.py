"""What else a person has signed up for at the same time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from knowledge.storage.database import Reading
from knowledge.trainings.models import Training, TrainingStatus, signups, trainings
from knowledge.trainings.repository import LIVE
from knowledge.trainings.rows import training_from


@dataclass(frozen=True)
class Beforehand:
    """What is to be known before somebody is signed up: the trainings, those among them where the
    person has a place already, and which of the person's own are at the same time."""

    trainings: Mapping[int, Training]
    own: Collection[int] = ()
    clashes: Mapping[int, Sequence[Training]] = field(default_factory=dict)


def clash(one: Training, other: Training) -> bool:
    """Whether any meeting of the one overlaps any of the other."""
    return any(a.overlaps(b) for a in one.each_meeting for b in other.each_meeting)


async def list_own(tx: Reading, person_id: int, now: datetime) -> list[Training]:
    """What the person has a place at, or waits for, that is neither over nor called off."""
    query = (
        select(trainings)
        .join(signups, signups.c.training_id == trainings.c.id)
        .where(
            signups.c.person_id == person_id,
            LIVE,
            trainings.c.ends_at > now,
            trainings.c.status != TrainingStatus.CANCELLED.value,
        )
        .order_by(trainings.c.starts_at, trainings.c.id)
    )
    return [training_from(row) for row in (await tx.execute(query)).mappings()]


def beforehand(wanted: Sequence[Training], own: Sequence[Training]) -> Beforehand:
    found = {
        one.id: [other for other in own if other.id != one.id and clash(one, other)]
        for one in wanted
    }
    return Beforehand({one.id: one for one in wanted}, {one.id for one in own}, found)
