"""What became of trainings and sign-ups: who, when, from what, to what.

Written in the transaction that changes it, and never changed afterwards. `was` is empty for what is
new, and the same as `became` for a training that was edited: then `note` names what was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    RowMapping,
    Table,
    Text,
    bindparam,
    insert,
    literal,
    select,
)

from knowledge.storage.database import Moment, Reading, Writing, metadata
from knowledge.trainings import noting
from knowledge.trainings.models import SignupStatus, TrainingStatus, signups

training_history = Table(
    "training_history",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("training_id", ForeignKey("trainings.id"), nullable=False),
    Column("signup_id", ForeignKey("signups.id")),  # none for what became of the training itself
    Column("by_person_id", ForeignKey("people.id")),  # none for what is done in the terminal
    Column("was", Text, nullable=False),
    Column("became", Text, nullable=False),
    Column("note", Text, nullable=False),
    Index("training_history_by_training", "training_id"),
    Index("training_history_by_signup", "signup_id"),
)


@dataclass(frozen=True)
class Act:
    """Who does something, and when; nobody for what is done in the terminal."""

    by: int | None
    at: datetime


@dataclass(frozen=True)
class Change:
    """What became of a training, or of a sign-up to it."""

    act: Act
    was: str
    became: str
    note: str = ""


async def note_training(
    tx: Writing,
    act: Act,
    training_id: int,
    was: TrainingStatus | None,
    became: TrainingStatus,
    note: str = "",
) -> None:
    """A training is new, changes its state, or is edited: here and in the log of all acts."""
    row = insert(training_history).values(
        at=act.at,
        training_id=training_id,
        by_person_id=act.by,
        was=was.value if was else "",
        became=became.value,
        note=note,
    )
    await tx.execute(row)
    await noting.note_change(tx, act.by, training_id, was, became)


async def note_new_signups(
    tx: Writing,
    at: datetime,
    training_id: int,
    person_ids: Sequence[int],
    status: SignupStatus,
    note: str = "",
) -> None:
    """These people have signed up, each by themselves."""
    its = (signups.c.training_id == training_id) & signups.c.person_id.in_(person_ids)
    live = signups.c.status != SignupStatus.WITHDRAWN.value
    when = bindparam("at", at, type_=Moment)
    rows = select(
        when,
        signups.c.training_id,
        signups.c.id,
        signups.c.person_id,
        literal(""),
        literal(status.value),
        literal(note),
    ).where(its, live)
    names = ["at", "training_id", "signup_id", "by_person_id", "was", "became", "note"]
    await tx.execute(insert(training_history).from_select(names, rows.order_by(signups.c.id)))


async def note_signups(
    tx: Writing,
    act: Act,
    training_id: int,
    signup_ids: Sequence[int],
    was: SignupStatus,
    became: SignupStatus,
    note: str = "",
) -> None:
    """These sign-ups change their state."""
    row: dict[str, Any] = {
        "at": act.at,
        "training_id": training_id,
        "by_person_id": act.by,
        "note": note,
    }
    row |= {"was": was.value, "became": became.value}
    rows = [{**row, "signup_id": signup_id} for signup_id in signup_ids]
    await tx.execute(insert(training_history), rows)


async def list_of_training(tx: Reading, training_id: int) -> list[Change]:
    """What became of the training itself, the oldest first."""
    table = training_history.c
    query = select(training_history).where(
        table.training_id == training_id, table.signup_id.is_(None)
    )
    return [_change(row) for row in (await tx.execute(query.order_by(table.id))).mappings()]


async def list_of_signups(tx: Reading, training_id: int, person_id: int) -> list[Change]:
    """What became of all sign-ups of a person to a training, the oldest first."""
    table = training_history.c
    query = (
        select(training_history)
        .join(signups, signups.c.id == table.signup_id)
        .where(table.training_id == training_id, signups.c.person_id == person_id)
    )
    return [_change(row) for row in (await tx.execute(query.order_by(table.id))).mappings()]


def _change(row: RowMapping) -> Change:
    return Change(Act(row["by_person_id"], row["at"]), row["was"], row["became"], row["note"])
