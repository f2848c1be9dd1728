"""Rows about reports."""

from datetime import datetime

from sqlalchemy import select

from knowledge.reports.models import FaultReport, reports
from knowledge.storage.database import Database, Reading, Writing


async def save_report(
    tx: Writing,
    database: Database,
    *,
    subject: str,
    county: str,
    note: str,
    act: str,
    now: datetime,
) -> None:
    """Keep one report per act; a later note on the same act replaces an empty one."""
    row = database.insert(reports).values(
        subject=subject, county=county, note=note, act=act, created_at=now
    )
    await tx.execute(
        row.on_conflict_do_update(
            index_elements=["act"], set_={"note": row.excluded.note}, where=reports.c.note == ""
        )
    )


async def list_reports(tx: Reading, counties: tuple[str, ...], limit: int) -> list[FaultReport]:
    """The latest reports by readers in these counties, or whose county is unknown."""
    query = (
        select(reports)
        .where(reports.c.county.in_([*counties, ""]))
        .order_by(reports.c.id.desc())
        .limit(limit)
    )
    return [
        FaultReport(row["id"], row["subject"], row["county"], row["note"], row["created_at"])
        for row in (await tx.execute(query)).mappings()
    ]
