"""Who people are, where they work, and who may act for a county."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from knowledge.delivery import waiting
from knowledge.delivery.models import Status
from knowledge.directory import repository
from knowledge.directory.models import Met, Person
from knowledge.directory.places import Places, load_places
from knowledge.errors import DatabaseBusy, KnowledgeError
from knowledge.storage.database import Database

SEEN_EVERY = timedelta(days=7)


class UnknownPlace(KnowledgeError):
    """There is no municipality or county with that code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class DirectoryService:
    """The directory of people, municipalities and counties.

    `tenants` maps a tenant id to the municipality (four digits) or county (two digits) it
    belongs to; it decides which municipality a channel belongs to.
    """

    def __init__(
        self,
        database: Database,
        tenants: Mapping[str, str] | None = None,
        places: Places | None = None,
    ) -> None:
        self.database = database
        self.tenants = dict(tenants or {})
        self.places = places or load_places()

    async def meet(self, met: Met) -> Person:
        """The person with this identity, remembered when new or changed.

        A chat that was left later than the activity was in Teams stays left.
        """
        known = await repository.find_person(self.database, met.tenant_id, met.object_id)
        met = _as_known(met, known)
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

    async def choose_municipality(self, person: Person, code: str) -> bool:
        """Remember where the person works. Raises UnknownPlace.

        True once in a lifetime: now is the moment to ask what the person does there.
        """
        if code not in self.places.municipalities:
            raise UnknownPlace(code)
        async with self.database.write() as tx:
            await repository.set_municipality(tx, person.id, code)
            return await repository.set_position_asked(tx, person.id)

    async def find_person(self, tenant_id: str, object_id: str) -> Person | None:
        return await repository.find_person(self.database, tenant_id, object_id)

    async def person(self, person_id: int) -> Person | None:
        """The person with this number, for links that we have made."""
        async with self.database.read() as tx:
            identity = await repository.find_identity(tx, person_id)
        return await self.find_person(*identity) if identity else None

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

    async def grant(self, tenant_id: str, object_id: str, county: str) -> None:
        """Make somebody coordinator of a county, or of the nation. Raises UnknownPlace."""
        if not self.places.is_coordinated(county):
            raise UnknownPlace(county)
        async with self.database.write() as tx:
            await repository.add_role(tx, self.database, tenant_id, object_id, county)

    async def revoke(self, tenant_id: str, object_id: str, county: str) -> bool:
        """Take the role back. False when the person did not have it."""
        async with self.database.write() as tx:
            return await repository.remove_role(tx, tenant_id, object_id, county)

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
