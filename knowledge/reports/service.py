"""Taking reports in, and showing them to the coordinators."""

from datetime import UTC, datetime

from knowledge.directory.models import Person
from knowledge.directory.repository import list_counties_of
from knowledge.errors import KnowledgeError
from knowledge.reports import repository
from knowledge.reports.models import FaultReport
from knowledge.storage.database import Database

MAX_NOTE = 1_000


class NotACoordinator(KnowledgeError):
    """Only coordinators read reports."""


class ReportService:
    """Reports that an answer or a contact is wrong."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def report(self, *, subject: str, county: str, note: str, act: str) -> None:
        """Record that `subject` is wrong. `act` is unique to one reader's one act."""
        async with self.database.write() as tx:
            await repository.save_report(
                tx,
                self.database,
                subject=subject,
                county=county,
                note=note[:MAX_NOTE],
                act=act,
                now=datetime.now(UTC),
            )

    async def list_latest(self, person: Person, limit: int = 5) -> list[FaultReport]:
        """The latest reports from the coordinator's counties. Raises NotACoordinator."""
        async with self.database.read() as tx:
            counties = await list_counties_of(tx, person.tenant_id, person.object_id)
            if not counties:
                raise NotACoordinator
            return await repository.list_reports(tx, tuple(counties), limit)
