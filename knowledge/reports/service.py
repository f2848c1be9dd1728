"""Taking reports in, and showing them to the coordinators."""

from collections.abc import Callable
from datetime import UTC, datetime

from knowledge.directory.models import Person
from knowledge.directory.repository import list_counties_of
from knowledge.errors import KnowledgeError
from knowledge.reports import repository
from knowledge.reports.models import FaultReport
from knowledge.storage.database import Database
from knowledge.times import SWEDEN

MAX_NOTE = 1_000
MOST_A_DAY = 20


class NotACoordinator(KnowledgeError):
    """Only coordinators read reports."""


class TooManyReports(KnowledgeError):
    """The reporter has sent as many as one may in a day."""


class ReportService:
    """Reports that an answer or a contact is wrong."""

    def __init__(
        self, database: Database, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.database = database
        self.now = now

    async def report(
        self, *, subject: str, county: str, note: str, act: str, reporter: str
    ) -> bool:
        """Record that `subject` is wrong. `act` is unique to one reader's one act.

        False when the act was known. `reporter` is counted, and not kept with the report; the
        retention takes the act away on the next day. Raises TooManyReports.
        """
        now = self.now()
        async with self.database.write() as tx:
            is_new = not await repository.is_kept(tx, act)
            if is_new:
                day = now.astimezone(SWEDEN).date()
                whose = tx, self.database, reporter, day
                if not await repository.count_one_more(*whose, MOST_A_DAY):
                    raise TooManyReports
            await repository.save_report(
                tx,
                self.database,
                subject=subject,
                county=county,
                note=note[:MAX_NOTE],
                act=act,
                now=now,
            )
        return is_new

    async def list_latest(self, person: Person, limit: int = 5) -> list[FaultReport]:
        """The latest reports from the coordinator's counties. Raises NotACoordinator."""
        async with self.database.read() as tx:
            counties = await list_counties_of(tx, person.tenant_id, person.object_id)
            if not counties:
                raise NotACoordinator
            return await repository.list_reports(tx, tuple(counties), limit)
