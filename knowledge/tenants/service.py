"""Letting organisations in and shutting them out, while everything runs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import delete

from knowledge.audit import repository as audit
from knowledge.audit.models import Kind, Operator
from knowledge.delivery import tenants
from knowledge.delivery.tenants import State, Tenant
from knowledge.directory.models import NATIONAL
from knowledge.directory.places import Places
from knowledge.directory.repository import list_roles
from knowledge.directory.service import UnknownPlace
from knowledge.errors import KnowledgeError
from knowledge.storage.database import Database, Reading, Writing
from knowledge.tenants import refused
from knowledge.tenants.following import settle
from knowledge.tenants.refused import RefusedTenant


class UnknownTenant(KnowledgeError):
    """No such organisation is known here."""


class TenantService:
    """What an operator does with the list; each method is one transaction.

    What it says counts from then on, before what the settings say. Running processes take it up
    within seconds. `listed` is what the settings say, which the next start takes up.
    """

    def __init__(
        self, database: Database, places: Places, listed: Mapping[str, str] | None = None
    ) -> None:
        self.database = database
        self.places = places
        self._listed = dict(listed or {})

    async def list_all(self) -> tuple[Sequence[Tenant], Sequence[RefusedTenant]]:
        """Every organisation that is known, and those that were turned away lately."""
        async with self.database.read() as tx:
            known = await self._read(tx)
            return [*known.values()], await refused.list_refused(tx)

    async def add(self, by: Operator, tenant_id: str, place: str) -> int:
        """Let it in, or in again, or correct where it is. Raises UnknownPlace.

        Returns how many coordinators' roles there have power again.
        """
        if not self.places.name_of(place):
            raise UnknownPlace(place)
        async with self.database.write() as tx:
            before = (await tenants.read(tx)).get(tenant_id)
            new = Tenant(tenant_id, place, State.LET_IN, by_command=True)
            await settle(tx, self.database, self.places, before, new)
            table = refused.refused_tenants
            await tx.execute(delete(table).where(table.c.tenant_id == tenant_id))
            await self._note(tx, Kind.TENANT_ADD, by, new)
            if before and before.let_in:
                return 0
            return sum(role.tenant_id == tenant_id for role in await list_roles(tx))

    async def suspend(self, by: Operator, tenant_id: str) -> Tenant:
        """Shut it out for now. Raises UnknownTenant."""
        return await self._shut_out(by, tenant_id, State.SUSPENDED)

    async def remove(self, by: Operator, tenant_id: str) -> Tenant:
        """Shut it out for good; what it has done stays. Raises UnknownTenant."""
        return await self._shut_out(by, tenant_id, State.REMOVED)

    async def bar(self, by: Operator, tenant: Tenant) -> None:
        """Shut it out as it was shut out before, whether it is known any more or not."""
        async with self.database.write() as tx:
            await self._bar(tx, by, tenant)

    async def _read(self, tx: Reading | Writing) -> dict[str, Tenant]:
        listed = {id_: Tenant(id_, place, State.LET_IN) for id_, place in self._listed.items()}
        return listed | await tenants.read(tx)

    async def _shut_out(self, by: Operator, tenant_id: str, state: State) -> Tenant:
        async with self.database.write() as tx:
            before = (await self._read(tx)).get(tenant_id)
            if before is None:
                raise UnknownTenant
            now = Tenant(tenant_id, before.place, state)
            await self._bar(tx, by, now)
            return now

    async def _bar(self, tx: Writing, by: Operator, tenant: Tenant) -> None:
        kinds = {State.SUSPENDED: Kind.TENANT_SUSPEND, State.REMOVED: Kind.TENANT_REMOVE}
        await tenants.note(tx, self.database, replace(tenant, by_command=True))
        await tenants.stop(tx)
        await self._note(tx, kinds[tenant.state], by, tenant)

    async def _note(self, tx: Writing, kind: Kind, by: Operator, tenant: Tenant) -> None:
        place = tenant.place
        counties = [] if place in ("", NATIONAL) else [place[:2]]
        act = (tx, kind, by, f"tenant:{tenant.tenant_id}")
        await audit.note(*act, counties=counties, place=place)
