"""Rows about reports."""

from datetime import date, datetime

from sqlalchemy import delete, select

from knowledge.reports.models import FaultReport, report_days, reports
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


async def is_kept(tx: Writing, act: str) -> bool:
    """Whether there is a report of this act."""
    query = select(reports.c.id).where(reports.c.act == act)
    return (await tx.execute(query)).first() is not None


async def count_one_more(
    tx: Writing, database: Database, reporter: str, day: date, most: int
) -> bool:
    """Count a report of the reporter's on that day. False, and not counted, when it is too many.

    One statement: two at once are counted one after the other.
    """
    await tx.execute(delete(report_days).where(report_days.c.day < day))
    first = database.insert(report_days).values(reporter=reporter, day=day, reports=1)
    counted = await tx.execute(
        first.on_conflict_do_update(
            index_elements=["reporter", "day"],
            set_={"reports": report_days.c.reports + 1},
            where=report_days.c.reports < most,
        ).returning(report_days.c.reports)
    )
    return counted.first() is not None
