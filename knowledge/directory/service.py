"""Who people are, where they work, and who may act for a county."""

from collections.abc import Mapping
from dataclasses import replace

from knowledge.directory import repository
from knowledge.directory.models import Channel, Person
from knowledge.directory.places import Places, load_places
from knowledge.errors import KnowledgeError
from knowledge.storage.database import Database


class UnknownPlace(KnowledgeError):
    """There is no municipality or county with that code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class DirectoryService:
    """The directory of people, channels, municipalities and counties.

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

    async def meet(
        self,
        *,
        tenant_id: str,
        object_id: str,
        teams_id: str,
        name: str = "",
        conversation_id: str = "",
        service_url: str = "",
    ) -> Person:
        """The person with this identity, remembered when new or changed.

        `conversation_id` is the person's own chat with the bot; leave it empty elsewhere.
        """
        known = await repository.find_person(self.database, tenant_id, object_id)
        name = name or (known.name if known else "")  # Teams leaves it out of some activities
        if known and known == replace(
            known,
            teams_id=teams_id,
            name=name,
            service_url=service_url,
            conversation_id=conversation_id or known.conversation_id,
            installed=bool(conversation_id) or known.installed,
            blocked=known.blocked and not conversation_id,
        ):
            return known
        async with self.database.write() as tx:
            await repository.save_person(
                tx,
                self.database,
                tenant_id=tenant_id,
                object_id=object_id,
                teams_id=teams_id,
                name=name,
                conversation_id=conversation_id,
                service_url=service_url,
            )
        person = await repository.find_person(self.database, tenant_id, object_id)
        assert person is not None  # noqa: S101 - written a line ago, and rows of people stay
        return person

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

    async def remember_chat(self, person_id: int, conversation_id: str) -> None:
        """Keep the id of the person's own chat with the bot."""
        async with self.database.write() as tx:
            await repository.set_conversation(tx, person_id, conversation_id)

    async def add_channel(
        self,
        *,
        tenant_id: str,
        team_id: str,
        team_name: str,
        conversation_id: str,
        name: str,
        service_url: str,
        chosen: bool,
    ) -> None:
        """Remember the channel that gets the team's announcements.

        It is the one that was `chosen` by adding the bot there; else, when none is known, the one
        it is heard from. A team gets each announcement once, however many channels talk to the bot.
        """
        async with self.database.read() as tx:
            known = await repository.find_channel(tx, tenant_id, team_id)
        if known and known.installed and not chosen and known.conversation_id != conversation_id:
            return
        same = known if known and known.conversation_id == conversation_id else None
        place = self.tenants.get(tenant_id, "")
        channel = Channel(
            id=known.id if known else 0,
            tenant_id=tenant_id,
            team_id=team_id,
            # Teams leaves names out of most activities.
            team_name=team_name or (known.team_name if known else ""),
            conversation_id=conversation_id,
            name=name or (same.name if same else ""),
            service_url=service_url,
            municipality=place if place in self.places.municipalities else "",
            installed=True,
        )
        if channel != known:
            async with self.database.write() as tx:
                await repository.save_channel(tx, self.database, channel)

    async def mark_installed(self, tenant_id: str, home: str, here: bool) -> None:
        """The app was added to, or removed from, a chat, a team or a channel."""
        async with self.database.write() as tx:
            await repository.set_installed(tx, tenant_id, home, here)

    async def mark_blocked(self, tenant_id: str, home: str) -> None:
        """The app is still there, but shut out from the chat, the team or the channel."""
        async with self.database.write() as tx:
            await repository.set_installed(tx, tenant_id, home, False)
            await repository.set_blocked(tx, tenant_id, home)

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
