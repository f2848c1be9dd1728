"""Who people are, where they work, and who may act for a county."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from knowledge.audit import repository as audit
from knowledge.audit.models import Account, Kind, Operator
from knowledge.delivery import tenants, waiting
from knowledge.delivery.models import Status
from knowledge.directory import repository
from knowledge.directory.models import NATIONAL, Grant, Met, Person, Role
from knowledge.directory.places import Places, load_places
from knowledge.errors import DatabaseBusy, KnowledgeError
from knowledge.storage.database import Database

SEEN_EVERY = timedelta(days=7)


class UnknownPlace(KnowledgeError):
    """There is no municipality or county with that code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotOfTenant(KnowledgeError):
    """People of this tenant work elsewhere: in the municipality or county with the code `place`."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


class DirectoryService:
    """The directory of people, municipalities and counties.

    `tenants` maps a tenant id to the municipality (four digits) or county (two digits) it
    belongs to, as it is at this moment; it decides which municipality a channel belongs to, and
    where its people work. `anywhere`: they may work anywhere, as in the demo.
    """

    def __init__(
        self,
        database: Database,
        tenants: Mapping[str, str] | None = None,
        places: Places | None = None,
        *,
        anywhere: bool = True,
    ) -> None:
        self.database = database
        self.tenants = {} if tenants is None else tenants
        self.places = places or load_places()
        self._anywhere = anywhere

    async def meet(self, met: Met) -> Person:
        """The person with this identity, remembered when new or changed.

        A chat that was left later than the activity was in Teams stays left.
        """
        known = await repository.find_person(self.database, met.tenant_id, met.object_id)
        met = _as_known(replace(met, municipality=self.home_of(met.tenant_id)), known)
        if known and known == _changed(known, met):
            return known
        async with self.database.write() as tx:
            await repository.save_person(tx, self.database, met)
            if known and met.conversation_id and known.service_url != met.service_url:
                await waiting.send_by(tx, met.tenant_id, met.conversation_id, met.service_url)
        person = await repository.find_person(self.database, met.tenant_id, met.object_id)
        if person is None:  # written a line ago, and erased since
            raise DatabaseBusy
        return person

    def municipality_of(self, tenant_id: str) -> str:
        """The municipality that the tenant belongs to; empty for others, such as county boards."""
        place = self.tenants.get(tenant_id, "")
        return place if place in self.places.municipalities else ""

    def home_of(self, tenant_id: str) -> str:
        """The municipality that everybody of the tenant works in; empty where they may choose."""
        return "" if self._anywhere else self.municipality_of(tenant_id)

    def may_work_in(self, person: Person, code: str) -> bool:
        """Whether the person's organisation has people in the municipality: a municipality only in
        itself, a county board in its county, the nation everywhere."""
        place = self.tenants.get(person.tenant_id, "")
        return self._anywhere or place == NATIONAL or bool(place and code.startswith(place))

    async def choose_municipality(self, person: Person, code: str) -> bool:
        """Remember where the person works. Raises UnknownPlace and NotOfTenant.

        True once in a lifetime: now is the moment to ask what the person does there.
        """
        if code not in self.places.municipalities:
            raise UnknownPlace(code)
        if not self.may_work_in(person, code):
            raise NotOfTenant(self.tenants.get(person.tenant_id, ""))
        async with self.database.write() as tx:
            await repository.set_municipality(tx, person.id, code)
            return await repository.set_position_asked(tx, person.id)

    async def find_person(self, tenant_id: str, object_id: str) -> Person | None:
        return await repository.find_person(self.database, tenant_id, object_id)

    async def person(self, person_id: int) -> Person | None:
        """The person with this number, for links that we have made. They open for nobody whose
        organisation is shut out."""
        async with self.database.read() as tx:
            identity = await repository.find_identity(tx, person_id)
            is_out = identity is not None and await tenants.is_shut_out(tx, identity[0])
        return await self.find_person(*identity) if identity and not is_out else None

    async def remember_chat(self, person_id: int, conversation_id: str) -> None:
        """Keep the id of the person's own chat with the bot."""
        async with self.database.write() as tx:
            await repository.set_conversation(tx, person_id, conversation_id)

    async def mark_installed(
        self, tenant_id: str, conversation_id: str, here: bool, at: datetime | None = None
    ) -> None:
        """The app was added to, or removed from, a person's chat.

        `at` is when that was in Teams: what is older than the latest known changes nothing. What
        waits for a chat that was left is not sent.
        """
        at = at or datetime.now(UTC)
        async with self.database.write() as tx:
            changed = await repository.set_installed(tx, tenant_id, conversation_id, here, at)
            if changed and not here:
                ended = (Status.NOT_INSTALLED, "not_installed")
                await waiting.stop(tx, tenant_id, [conversation_id], *ended)

    async def mark_blocked(self, tenant_id: str, conversation_id: str) -> None:
        """The app is still there, but shut out of the person's chat; writing there opens it again.

        What waits for the chat is not sent.
        """
        now = datetime.now(UTC)
        async with self.database.write() as tx:
            chat = (tenant_id, conversation_id)
            if await repository.set_installed(tx, *chat, False, now, blocked=True):
                ended = (Status.BLOCKED, "blocked")
                await waiting.stop(tx, tenant_id, [conversation_id], *ended)

    async def forget_chat(self, tenant_id: str, conversation_id: str) -> None:
        """Teams no longer knows the person's chat."""
        async with self.database.write() as tx:
            await repository.forget_chat(tx, tenant_id, conversation_id)

    async def forget_move(self, person: Person) -> None:
        """It has been told that the person was moved to where the tenant is."""
        async with self.database.write() as tx:
            await repository.forget_move(tx, person.id)

    async def grant(
        self, tenant_id: str, object_id: str, county: str, by: Operator | None = None
    ) -> None:
        """Make somebody coordinator of a county, or of the nation. Raises UnknownPlace."""
        if not self.places.is_coordinated(county):
            raise UnknownPlace(county)
        whom, giver = Account(tenant_id, object_id), by.object_id if by else ""
        async with self.database.write() as tx:
            if await repository.add_role(tx, self.database, whom, county, giver):
                granted = (tx, Kind.ROLE_GRANT, by)
                await audit.note(*granted, counties=[county], whom=whom)

    async def revoke(
        self, tenant_id: str, object_id: str, county: str, by: Operator | None = None
    ) -> bool:
        """Take the role back. False when the person did not have it."""
        async with self.database.write() as tx:
            gone = await repository.remove_role(tx, tenant_id, object_id, county)
            if gone:
                revoked, whom = (
                    (tx, Kind.ROLE_REVOKE, by),
                    Account(tenant_id, object_id),
                )
                await audit.note(*revoked, counties=[county], whom=whom)
            return gone

    async def list_grants(self, county: str = "") -> list[Grant]:
        """Every coordinator's role, or those for a county."""
        async with self.database.read() as tx:
            return await repository.list_grants(tx, county)

    async def list_roles(self) -> set[Role]:
        """Every coordinator's role."""
        async with self.database.read() as tx:
            return await repository.list_roles(tx)

    async def list_revoked(self) -> set[Role]:
        """Roles that were taken back, and have not been given again, as the log has it."""
        async with self.database.read() as tx:
            taken = await audit.list_whom(tx, Kind.ROLE_REVOKE)
            given = await repository.list_roles(tx)
        gone = {
            Role(whom.tenant_id, whom.object_id, county)
            for whom, counties in taken
            for county in counties
        }
        return gone - given

    async def count_coordinators(self) -> int:
        """How many people coordinate some county."""
        async with self.database.read() as tx:
            return await repository.count_coordinators(tx)


def _as_known(met: Met, known: Person | None) -> Met:
    """With a time, and with what is known already where Teams leaves it out or is late."""
    met = replace(
        met, at=met.at or datetime.now(UTC), name=met.name or (known.name if known else "")
    )
    if known and known.changed_at and met.at and met.at < known.changed_at:
        return replace(met, conversation_id="", added=False)
    return met


def _changed(known: Person, met: Met) -> Person:
    return replace(
        known,
        teams_id=met.teams_id,
        name=met.name,
        service_url=met.service_url,
        conversation_id=met.conversation_id or known.conversation_id,
        installed=bool(met.conversation_id) or known.installed,
        changed_at=met.at if met.added else known.changed_at,
        blocked=known.blocked and not met.conversation_id,
        muted=known.muted and known.seen_at is not None,
        seen_at=met.at if _is_long_ago(known, met) else known.seen_at,
    )


def _is_long_ago(known: Person, met: Met) -> bool:
    """Noted to the week only: nobody is purged by the day, and a turn writes nothing."""
    return known.seen_at is None or (met.at is not None and met.at - known.seen_at > SEEN_EVERY)
