"""Who has a seat, by municipality, and how many are kept. The training is locked."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select, update

from knowledge.directory.models import people
from knowledge.storage.database import Writing
from knowledge.trainings.models import SignupStatus, Training, signups, trainings
from knowledge.trainings.quotas.models import Room

HAS_SEAT = or_(signups.c.status == SignupStatus.CONFIRMED.value, signups.c.held_until.is_not(None))


async def room_of(tx: Writing, training: Training, now: datetime) -> Room:
    """The seats that are left now, and for whom."""
    if not training.keeps_seats(now):
        return Room(training.seats - training.taken)
    its = signups.c.training_id == training.id
    query = select(signups.c.municipality, func.count()).where(its, HAS_SEAT)
    found = await tx.execute(query.group_by(signups.c.municipality))
    seated = {municipality: count for municipality, count in found}
    return Room(training.seats - training.taken, training.quotas, seated)


async def note_taken(tx: Writing, training: Training, room: Room) -> Training:
    """So many seats more are taken, and so many are kept. The database holds both below `seats`."""
    if not room.given and room.reserved == training.reserved:
        return training
    taken = {"taken": trainings.c.taken + room.given, "reserved": room.reserved}
    await tx.execute(update(trainings).where(trainings.c.id == training.id).values(**taken))
    return replace(training, taken=training.taken + room.given, reserved=room.reserved)


async def municipalities_of(tx: Writing, person_ids: Sequence[int]) -> dict[int, str]:
    query = select(people.c.id, people.c.municipality).where(people.c.id.in_(person_ids))
    return {id_: municipality for id_, municipality in await tx.execute(query)}


async def count_seated_where_they_belong(tx: Writing, training_id: int) -> None:
    """Everybody who has a seat counts for where they belong today, and from now on."""
    await _note_places(tx, (signups.c.training_id == training_id) & HAS_SEAT)


async def note_places(tx: Writing, training: Training, person_ids: Sequence[int]) -> None:
    """These people have got a seat: they count for where they belong today, wherever they move."""
    if training.quotas:
        its = (signups.c.training_id == training.id) & signups.c.person_id.in_(person_ids)
        await _note_places(tx, its & HAS_SEAT)


async def _note_places(tx: Writing, those: ColumnElement[bool]) -> None:
    belongs = select(people.c.municipality).where(people.c.id == signups.c.person_id)
    await tx.execute(update(signups).where(those).values(municipality=belongs.scalar_subquery()))
