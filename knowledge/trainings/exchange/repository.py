"""Trainings as rows of a list, and as they are told to everybody."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update

from knowledge.storage.database import Reading, Writing
from knowledge.trainings.exchange.models import MOST_KEPT
from knowledge.trainings.history import training_history
from knowledge.trainings.models import Training, TrainingStatus, trainings
from knowledge.trainings.repository import PUBLISHED
from knowledge.trainings.rows import owned_by_any, training_from


async def lock(tx: Writing, ids: Sequence[int]) -> None:
    """Nobody else changes these until the transaction ends."""
    query = select(trainings.c.id).where(trainings.c.id.in_(ids)).order_by(trainings.c.id)
    await tx.execute(query.with_for_update(key_share=True))


async def list_kept(tx: Reading | Writing, counties: Sequence[str] | None) -> list[Training]:
    """Every training of these counties, or of all: drafts and what is over too, oldest first."""
    query = (
        select(trainings)
        .where(trainings.c.status != TrainingStatus.DELETED.value)
        .order_by(trainings.c.starts_at, trainings.c.id)
        .limit(MOST_KEPT)
    )
    if counties is not None:
        query = query.where(owned_by_any(counties))
    return [training_from(row) for row in (await tx.execute(query)).mappings()]


async def set_series(tx: Writing, ids: Sequence[int], series: int) -> None:
    """These are meetings of the same series."""
    await tx.execute(update(trainings).where(trainings.c.id.in_(ids)).values(series=series))


async def list_public(
    tx: Reading, county: str, since: datetime, limit: int
) -> list[tuple[Training, datetime]]:
    """Published trainings that end after `since`, the soonest first, and when each was last
    changed. `county` empty: all."""
    table = training_history.c
    changed = (
        select(func.max(table.at))
        .where(table.training_id == trainings.c.id, table.signup_id.is_(None))
        .scalar_subquery()
    )
    query = (
        select(trainings, func.coalesce(changed, trainings.c.added_at).label("changed_at"))
        .where(trainings.c.ends_at > since, PUBLISHED)
        .order_by(trainings.c.starts_at, trainings.c.id)
        .limit(limit)
    )
    if county:
        query = query.where(owned_by_any([county]))
    rows = (await tx.execute(query)).mappings()
    return [(training_from(row), row["changed_at"] or row["starts_at"]) for row in rows]
