"""Faults that readers report: twenty a day from each, and nobody's name."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from knowledge.reports.models import report_days, reports
from knowledge.reports.service import MOST_A_DAY, ReportService, TooManyReports
from knowledge.storage.database import Database

MORNING = datetime(2026, 11, 26, 8, tzinfo=UTC)


class Clock:
    now = MORNING

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def service(database: Database, clock: Clock) -> ReportService:
    return ReportService(database, clock)


async def report(service: ReportService, act: str, who: str = "anna", note: str = "") -> bool:
    try:
        await service.report(subject="article:x", county="07", note=note, act=act, reporter=who)
    except TooManyReports:
        return False
    return True


async def test_twenty_a_day_are_kept_however_fast_they_come(
    service: ReportService, database: Database
) -> None:
    taken = await asyncio.gather(*(report(service, f"tap-{n}") for n in range(50)))

    assert sum(taken) == MOST_A_DAY
    async with database.read() as tx:
        assert len((await tx.execute(select(reports))).all()) == MOST_A_DAY
    assert await report(service, "tap-1", who="bo")


async def test_a_comment_on_a_kept_report_is_no_report_more(service: ReportService) -> None:
    for number in range(MOST_A_DAY):
        assert await report(service, f"{number}")

    assert await report(service, "0", note="Fel telefonnummer")
    assert not await report(service, "20")


async def test_a_new_day_begins_at_midnight_in_sweden(
    service: ReportService, database: Database, clock: Clock
) -> None:
    for number in range(MOST_A_DAY):
        await report(service, f"{number}")
    clock.now = MORNING.replace(hour=22, minute=59)
    assert not await report(service, "late")

    clock.now += timedelta(minutes=1)
    assert await report(service, "next")
    async with database.read() as tx:
        assert [row.reports for row in await tx.execute(select(report_days))] == [1]


async def test_no_report_leads_to_whoever_wrote_it(
    service: ReportService, database: Database
) -> None:
    await report(service, "tap", who="person:17")

    async with database.read() as tx:
        assert "17" not in str([tuple(row)[1:-1] for row in await tx.execute(select(reports))])
