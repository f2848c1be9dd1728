"""Invented trainings for trying things out, each marked "Exempel" in `demo.toml`."""

import tomllib
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any

from knowledge.storage.database import Database
from knowledge.times import SWEDEN
from knowledge.trainings import repository
from knowledge.trainings.history import Act
from knowledge.trainings.models import Training, TrainingStatus


async def seed_demo_trainings(database: Database, today: date) -> int:
    """Store the demo trainings unless some lie ahead already. Returns how many were added."""
    source = (files("knowledge.trainings") / "demo.toml").read_text("utf-8")
    rows = tomllib.loads(source)["training"]
    async with database.write() as tx:
        midnight = datetime.combine(today, time(), tzinfo=SWEDEN)
        if await repository.count_trainings(tx, midnight):
            return 0
        for row in rows:
            await repository.insert_training(tx, _training(row, today), Act(None, midnight))
    return len(rows)


def _training(row: dict[str, Any], today: date) -> Training:
    day = _weekday(today + timedelta(days=row["days_from_start"]))
    hour, minute = (int(part) for part in row["starts"].split("."))
    starts_at = datetime.combine(day, time(hour, minute), tzinfo=SWEDEN)
    return Training(
        id=0,
        title=row["title"],
        county=row["county"],
        themes=tuple(row["themes"]),
        place=row["place"],
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=row["hours"]),
        seats=row["seats"],
        taken=0,
        summary=row["summary"],
        status=TrainingStatus.OPEN,
        sequence=0,
    )


def _weekday(day: date) -> date:
    """Nobody holds a training on a Saturday or Sunday: move to Monday."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)
