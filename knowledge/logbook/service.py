"""Who did what, for the coordinators of a county and for whoever runs the installation."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.directory import repository as directory
from knowledge.directory.models import Person
from knowledge.errors import KnowledgeError
from knowledge.logbook import repository
from knowledge.logbook.models import Entry
from knowledge.logbook.repository import Wanted
from knowledge.storage.database import Database


class NoCounty(KnowledgeError):
    """The person coordinates no county (any more)."""


class LogbookService:
    """Reads the log. Nothing here can change it."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def list_of_counties(
        self, person: Person, first: int, limit: int, kind: str = ""
    ) -> tuple[Sequence[Entry], int]:
        """Some of what was done in the counties that the person may act for at this moment, the
        latest first, and how much there is of it. Raises NoCounty."""
        async with self.database.read() as tx:
            counties = await directory.list_counties_of(tx, person.tenant_id, person.object_id)
            if not counties:
                raise NoCounty
            wanted = Wanted(counties=counties, kind=kind)
            total = await repository.count(tx, wanted)
        return await self.list_all(wanted, first, limit), total

    async def list_all(self, wanted: Wanted, first: int, limit: int) -> Sequence[Entry]:
        """Some of what was done, the latest first, whoever asks."""
        async with self.database.read() as tx:
            found = await repository.list_entries(tx, wanted, first, limit)
            titles = await repository.list_titles(tx, {entry.subject for entry in found})
        return [replace(entry, title=titles.get(entry.subject, "")) for entry in found]
