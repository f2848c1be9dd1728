"""What is done with a training goes into the log, in the transaction that does it."""

from sqlalchemy import select

from knowledge.audit import repository as audit
from knowledge.audit.models import Account, Kind, Operator, Somebody
from knowledge.directory.repository import find_identity
from knowledge.storage.database import Writing
from knowledge.trainings.models import Training, TrainingStatus, trainings
from knowledge.trainings.rows import training_from

_BECAME = {
    TrainingStatus.CLOSED: Kind.TRAINING_CLOSE,
    TrainingStatus.CANCELLED: Kind.TRAINING_CANCEL,
    TrainingStatus.DELETED: Kind.TRAINING_DELETE_DRAFT,
}


async def note(
    tx: Writing,
    kind: Kind,
    by: Somebody | None,
    training: Training,
    *,
    whom: Somebody | None = None,
    **facts: int,
) -> None:
    """Somebody has done this with it, or with somebody who takes part."""
    subject = f"training:{training.id}"
    await audit.note(tx, kind, by, subject, counties=training.owned_by, whom=whom, **facts)


async def note_change(
    tx: Writing,
    by: int | None,
    training_id: int,
    was: TrainingStatus | None,
    became: TrainingStatus,
) -> None:
    """The person, or nobody for what is done in the terminal, has changed it or what it is.

    A draft that is new or stays one is seen by nobody.
    """
    kind = _kind_of(was, became, in_terminal=by is None)
    if kind is None:
        return
    row = await tx.execute(select(trainings).where(trainings.c.id == training_id))
    identity = await find_identity(tx, by) if by else None
    who = Account(*identity) if identity else Operator("")
    await note(tx, kind, who, training_from(row.mappings().one()))


def _kind_of(
    was: TrainingStatus | None, became: TrainingStatus, *, in_terminal: bool
) -> Kind | None:
    if became is TrainingStatus.DRAFT:
        return None
    if became is not TrainingStatus.OPEN:
        return Kind.TRAINING_CHANGE if became is was else _BECAME[became]
    new = Kind.TRAINING_IMPORT if in_terminal else Kind.TRAINING_PUBLISH
    if was is None:
        return new
    opened = {TrainingStatus.DRAFT: Kind.TRAINING_PUBLISH, became: Kind.TRAINING_CHANGE}
    return opened.get(was, Kind.TRAINING_REOPEN)
