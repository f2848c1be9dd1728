"""How a training lies in its row."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, false, or_

from knowledge.trainings.asking.models import Question
from knowledge.trainings.models import Meeting, Training, TrainingStatus, trainings

LISTS = ("themes", "owners")
"""What is kept as values between commas: ",lagesbild,pengar,"."""

MEETINGS = ("meetings", "dropped")

OTHERWISE = ("id", "status", "questions", *LISTS, *MEETINGS)
"""What is not kept as it is."""

FIELDS = [one for one in Training.__dataclass_fields__ if one not in OTHERWISE]


def training_from(row: RowMapping) -> Training:
    """What `row_of` wrote."""
    kept: dict[str, Any] = {name: row[name] for name in FIELDS}
    kept |= {name: tuple(one for one in row[name].split(",") if one) for name in LISTS}
    kept |= {"id": row["id"], "status": TrainingStatus(row["status"])}
    kept |= {name: _meetings_from(row[name]) for name in MEETINGS}
    return Training(**kept, questions=_questions_from(row["questions"]))


def row_of(training: Training) -> dict[str, Any]:
    """The training without its id."""
    plain = {name: getattr(training, name) for name in FIELDS}
    lists = {"themes": training.themes, "owners": training.owned_by}
    kept = {name: f",{','.join(values)}," for name, values in lists.items()}
    kept |= {name: _meetings_kept(getattr(training, name)) for name in MEETINGS}
    kept["questions"] = _questions_kept(training.questions)
    return {**plain, **kept, "status": training.status.value}


def any_of(column: ColumnElement[str], values: Sequence[str]) -> ColumnElement[bool]:
    """Whether the list in the column holds one of these."""
    return or_(false(), *(column.contains(f",{one},", autoescape=True) for one in values))


def owned_by_any(counties: Sequence[str]) -> ColumnElement[bool]:
    """Whether the training is one of these counties', alone or together with others."""
    return any_of(trainings.c.owners, counties)


def _meetings_from(kept: str) -> tuple[Meeting, ...]:
    """Numbered as they stand where no numbers were kept yet."""
    found = []
    for place, (starts_at, ends_at, *more) in enumerate(json.loads(kept or "[]")):
        times = datetime.fromisoformat(starts_at), datetime.fromisoformat(ends_at)
        number, dropped = more or (place, "")
        dropped_at = datetime.fromisoformat(dropped) if dropped else None
        found.append(Meeting(*times, number, dropped_at))
    return tuple(found)


def _meetings_kept(meetings: Sequence[Meeting]) -> str:
    return json.dumps([_meeting_kept(one) for one in meetings]) if meetings else ""


def _meeting_kept(one: Meeting) -> list[str | int]:
    dropped = one.dropped_at.isoformat() if one.dropped_at else ""
    return [one.starts_at.isoformat(), one.ends_at.isoformat(), one.number, dropped]


def _questions_from(kept: str) -> tuple[Question, ...]:
    return tuple(Question(words, needed) for words, needed in json.loads(kept or "[]"))


def _questions_kept(questions: Sequence[Question]) -> str:
    told = [[one.words, one.needed] for one in questions]
    return json.dumps(told, ensure_ascii=False) if told else ""
