"""What follows when the list of organisations in the settings has changed."""

from collections.abc import Mapping

import structlog
from sqlalchemy import select, union, update

from knowledge.channels.models import channels
from knowledge.delivery import tenants
from knowledge.directory.models import people
from knowledge.directory.places import Places
from knowledge.storage.database import Database, Writing

log = structlog.get_logger()


class TenantList:
    """Brings the database in line with the list. `listed` maps a tenant to its place's code."""

    def __init__(self, database: Database, places: Places, listed: Mapping[str, str]) -> None:
        self.database = database
        self.places = places
        self.listed = dict(listed)

    async def follow(self) -> None:
        """To be called at the start; any number of processes may.

        A corrected code moves the tenant's channels, and its people who work where it was said to
        be. A tenant that is no longer listed gets nothing more, until it is listed again.
        """
        async with self.database.write() as tx:
            known = await tenants.read(tx)
            for tenant_id, place in sorted(self.listed.items()):
                await self._place(tx, tenant_id, known.get(tenant_id, ("", False))[0], place)
            gone = {*known, *await _met(tx)} - {*self.listed}
            for tenant_id in sorted(gone):
                place, was_in = known.get(tenant_id, ("", True))
                if was_in:
                    await tenants.note(tx, self.database, tenant_id, place, let_in=False)
                    log.warning("tenant_shut_out")
            await tenants.stop(tx)

    async def _place(self, tx: Writing, tenant_id: str, before: str, place: str) -> None:
        await tenants.note(tx, self.database, tenant_id, place, let_in=True)
        municipality = place if place in self.places.municipalities else ""
        its = (channels.c.tenant_id == tenant_id) & (channels.c.municipality != municipality)
        await tx.execute(update(channels).where(its).values(municipality=municipality))
        if municipality and before in self.places.municipalities and before != place:
            there = (people.c.tenant_id == tenant_id) & (people.c.municipality == before)
            await tx.execute(update(people).where(there).values(municipality=municipality))


async def _met(tx: Writing) -> set[str]:
    """Every tenant that we have met somebody in."""
    query = union(select(people.c.tenant_id), select(channels.c.tenant_id))
    return {*(await tx.execute(query)).scalars()}
