"""What follows when the list of organisations has changed: in the settings, or by a command.

What a command has said counts before the settings. Else these are followed: what is new in them is
let in, a corrected code moves, and what is no longer there is shut out. Settings that list nobody
say nothing: then the database's list stays as it is.
"""

from collections.abc import Mapping

import structlog
from sqlalchemy import case, select, union, update

from knowledge.channels.models import channels
from knowledge.checksums import checksum
from knowledge.delivery import tenants
from knowledge.delivery.tenants import State, Tenant
from knowledge.directory.models import GONE, people
from knowledge.directory.places import Places
from knowledge.storage.database import Database, Reading, Writing

EVERY = 5.0
"""Seconds until each process has seen what a command has changed."""

log = structlog.get_logger()


class TenantList:
    """Brings the database in line with the settings, and this process with the database.

    `listed` maps a tenant to its place's code, as the settings say. `let_in` does the same as it
    counts at this moment, and is shared with all who ask: it is changed in its place.
    """

    def __init__(
        self,
        database: Database,
        places: Places,
        listed: Mapping[str, str],
        let_in: dict[str, str] | None = None,
    ) -> None:
        self.database = database
        self.places = places
        self.listed = dict(listed)
        self.let_in = {} if let_in is None else let_in

    async def follow(self) -> None:
        """To be called at the start; any number of processes may."""
        async with self.database.write() as tx:
            known = await tenants.read(tx)
            for tenant_id, place in sorted(self.listed.items()):
                before = known.get(tenant_id)
                if before is None or not before.by_command:
                    new = Tenant(tenant_id, place, State.LET_IN)
                    await settle(tx, self.database, self.places, before, new)
                elif (before.place, before.let_in) != (place, True):
                    log.warning("tenant_setting_overruled", tenant=checksum(tenant_id))
            left_out = {*known, *await _met(tx)} - {*self.listed} if self.listed else set()
            for tenant_id in sorted(left_out):
                before = known.get(tenant_id, Tenant(tenant_id, "", State.LET_IN))
                if before.let_in and not before.by_command:
                    gone = Tenant(tenant_id, before.place, State.REMOVED)
                    await tenants.note(tx, self.database, gone)
                    log.warning("tenant_shut_out", tenant=checksum(tenant_id))
            await tenants.stop(tx)
            await self._leave_what_is_no_place(tx)
        await self.look()

    async def look(self) -> None:
        """Take up what has been changed since, here or by another process."""
        async with self.database.read() as tx:
            now = {
                one.tenant_id: one.place for one in (await tenants.read(tx)).values() if one.let_in
            }
        if now != self.let_in:
            self.let_in.clear()
            self.let_in.update(now)
            log.info("tenants", let_in=len(now))

    async def _leave_what_is_no_place(self, tx: Writing) -> None:
        """Municipalities are merged, and a later version knows the old one no more: whoever worked
        there is asked again where. Where the organisation is, only the operator can say."""
        known = ["", *self.places.municipalities]
        nowhere = {"municipality": ""}
        for table, values in ((people, {**nowhere, "moved_from": ""}), (channels, nowhere)):
            lost = update(table).where(table.c.municipality.not_in(known))
            await tx.execute(lost.values(values))
        forgotten = update(people).where(people.c.moved_from.not_in(known))
        await tx.execute(forgotten.values(moved_from=""))
        for one in (await tenants.read(tx)).values():
            if one.let_in and not self.places.name_of(one.place):
                log.warning("tenant_place_unknown", tenant=checksum(one.tenant_id))


async def let_in_by(tx: Reading | Writing, listed: Mapping[str, str]) -> dict[str, str]:
    """Who is let in, as a start with these settings would have it."""
    known = await tenants.read(tx)
    commanded = {one.tenant_id for one in known.values() if one.by_command}
    stay = commanded if listed else {*known}
    told = {id_: one.place for id_, one in known.items() if one.let_in and id_ in stay}
    return told | {one: place for one, place in listed.items() if one not in commanded}


async def settle(
    tx: Writing, database: Database, places: Places, before: Tenant | None, new: Tenant
) -> None:
    """Keep it, with its channels and its people where it is.

    Whoever has chosen a municipality that is not the tenant's is moved there, and told the next
    time.
    """
    await tenants.note(tx, database, new)
    municipality = new.place if new.place in places.municipalities else ""
    its = (channels.c.tenant_id == new.tenant_id) & (channels.c.municipality != municipality)
    await tx.execute(update(channels).where(its).values(municipality=municipality))
    row = people.c
    theirs = update(people).where(row.tenant_id == new.tenant_id)
    was = before.place if before else ""
    if municipality and was in places.municipalities and was != municipality:
        corrected = theirs.where(row.municipality == was)
        await tx.execute(corrected.values(municipality=municipality))
    if municipality:
        strangers = theirs.where(row.municipality != municipality)
    elif new.place in places.counties:
        chosen = row.municipality != ""
        strangers = theirs.where(chosen, ~row.municipality.startswith(new.place))
    else:
        return
    # Who has moved twice without having been here is told of what had been chosen.
    chosen_last = case((row.municipality != "", row.municipality), else_=row.moved_from)
    moved = {"municipality": municipality, "moved_from": chosen_last}
    await tx.execute(strangers.values(moved))


async def _met(tx: Writing) -> set[str]:
    """Every tenant that we have met somebody in."""
    somebody = select(people.c.tenant_id).where(people.c.tenant_id != GONE)
    query = union(somebody, select(channels.c.tenant_id))
    return {*(await tx.execute(query)).scalars()}
