"""How a training lies in its row."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, false, or_

from knowledge.trainings.models import Meeting, Training, TrainingStatus, trainings

LISTS = ("themes", "owners")
"""What is kept as values between commas: ",lagesbild,pengar,"."""

FIELDS = [
    one for one in Training.__dataclass_fields__ if one not in ("id", "status", "meetings", *LISTS)
]


def training_from(row: RowMapping) -> Training:
    """What `row_of` wrote."""
    kept: dict[str, Any] = {name: row[name] for name in FIELDS}
    kept |= {name: tuple(one for one in row[name].split(",") if one) for name in LISTS}
    kept |= {"id": row["id"], "status": TrainingStatus(row["status"])}
    return Training(**kept, meetings=_meetings_from(row["meetings"]))


def row_of(training: Training) -> dict[str, Any]:
    """The training without its id."""
    plain = {name: getattr(training, name) for name in FIELDS}
    lists = {"themes": training.themes, "owners": training.owned_by}
    kept = {name: f",{','.join(values)}," for name, values in lists.items()}
    kept["meetings"] = _meetings_kept(training.meetings)
    return {**plain, **kept, "status": training.status.value}


def any_of(column: ColumnElement[str], values: Sequence[str]) -> ColumnElement[bool]:
    """Whether the list in the column holds one of these."""
    return or_(false(), *(column.contains(f",{one},", autoescape=True) for one in values))


def owned_by_any(counties: Sequence[str]) -> ColumnElement[bool]:
    """Whether the training is one of these counties', alone or together with others."""
    return any_of(trainings.c.owners, counties)


def _meetings_from(kept: str) -> tuple[Meeting, ...]:
    times = [[datetime.fromisoformat(moment) for moment in one] for one in json.loads(kept or "[]")]
    return tuple(Meeting(starts_at, ends_at) for starts_at, ends_at in times)


def _meetings_kept(meetings: Sequence[Meeting]) -> str:
    times = [[one.starts_at.isoformat(), one.ends_at.isoformat()] for one in meetings]
    return json.dumps(times) if times else ""
