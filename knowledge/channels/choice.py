"""Choosing the channel that gets a team's announcements: by the team, or by its coordinator."""

from collections.abc import Callable
from datetime import UTC, datetime

from knowledge.audit import repository as audit
from knowledge.audit.models import Kind
from knowledge.channels import repository as rows
from knowledge.channels.models import Channel, TeamChannel
from knowledge.channels.moves import Moves
from knowledge.channels.wording import ChannelNews, Notice
from knowledge.directory import repository
from knowledge.directory.models import Person
from knowledge.errors import KnowledgeError
from knowledge.storage.database import Database, Reading, Writing


class TeamUnknown(KnowledgeError):
    """There is no such team, or none that this person may choose for."""


class ChannelUnknown(KnowledgeError):
    """The team has no such channel, or has it no more."""


class ChannelChoice:
    """Whoever writes in a team chooses for it; a coordinator for the teams of their counties.

    Either way the team is told, where announcements came and where they will come.
    """

    def __init__(
        self,
        database: Database,
        moves: Moves,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.database = database
        self._moves = moves
        self._now = now

    async def list_of(self, tenant_id: str, team_id: str) -> tuple[Channel, list[TeamChannel]]:
        """A team and its channels, General first. Raises TeamUnknown."""
        async with self.database.read() as tx:
            team = await rows.find_team(tx, tenant_id, team_id)
            if team is None:
                raise TeamUnknown(team_id)
            return team, await rows.list_channels_of(tx, tenant_id, team.team_id)

    async def choose(
        self,
        tenant_id: str,
        team_id: str,
        conversation_id: str,
        *,
        by: Person,
        at: datetime,
        heard_in: str,
    ) -> Channel:
        """Somebody who writes in the team chooses the channel.

        The channel that had been chosen is told, and the new one; not the one where it was said
        (`heard_in`) and is answered. Raises TeamUnknown, ChannelUnknown.
        """
        async with self.database.write() as tx:
            team = await rows.find_team(tx, tenant_id, team_id, for_update=True)
            if team is None:
                raise TeamUnknown(team_id)
            team = await self._choose(tx, team, conversation_id, at, by.name, "", heard_in)
        self._moves.wake()
        return team

    async def _choose(
        self,
        tx: Writing,
        team: Channel,
        conversation_id: str,
        at: datetime,
        by: str,
        county: str,
        heard_in: str = "",
    ) -> Channel:
        known = await rows.find_channel_of(tx, team.tenant_id, team.team_id, conversation_id)
        if known is None or known.gone:
            raise ChannelUnknown(conversation_id)
        if team.chosen_at and at < team.chosen_at:
            return team
        old = team.conversation_id
        team = await self._moves.named(tx, await self._moves.point(tx, team, conversation_id, at))
        await rows.save_team(tx, team)
        if old != conversation_id and team.installed:
            news = {old: Notice.ELSEWHERE, conversation_id: Notice.HERE}
            for where, notice in news.items():
                if where and where != heard_in:
                    key = f"{at.isoformat()}:{notice}"
                    await self._moves.tell(tx, where, ChannelNews(notice, team, by, county), key)
        return team

    async def list_in_counties(self, person: Person) -> list[Channel]:
        """The teams in the municipalities of the counties that the person coordinates."""
        async with self.database.read() as tx:
            counties = await repository.list_counties_of(tx, person.tenant_id, person.object_id)
            return await rows.list_teams_in(tx, counties)

    async def list_for(self, person: Person, team: int) -> tuple[Channel, list[TeamChannel]]:
        """The same as `list_of`, for a coordinator of the team's county. Raises TeamUnknown."""
        async with self.database.read() as tx:
            found = await self._get_for(tx, person, team)
            return found, await rows.list_channels_of(tx, found.tenant_id, found.team_id)

    async def choose_for(self, person: Person, team: int, channel: int, at: datetime) -> Channel:
        """A coordinator chooses among the channels of a team in their county. The team is told.

        Raises TeamUnknown, also for who is no coordinator of that county, and ChannelUnknown.
        """
        async with self.database.write() as tx:
            found = await self._get_for(tx, person, team, for_update=True)
            known = await rows.list_channels_of(tx, found.tenant_id, found.team_id)
            wanted = next((one.conversation_id for one in known if one.id == channel), "")
            county = found.municipality[:2]
            before = found.conversation_id
            found = await self._choose(tx, found, wanted, at, person.name, county)
            if found.conversation_id != before:
                await _note(tx, Kind.CHANNEL_CHOOSE, person, found)
        self._moves.wake()
        return found

    async def ask_to_choose(self, person: Person, team: int) -> bool:
        """Ask the team, in the channel of now, to choose for itself; at most once a day.

        False when it was asked already, or cannot be reached. Raises TeamUnknown.
        """
        async with self.database.write() as tx:
            found = await self._get_for(tx, person, team, for_update=True)
            if not found.installed:
                return False
            news = ChannelNews(Notice.CHOOSE, found, person.name, found.municipality[:2])
            asked = await self._moves.tell(
                tx, found.conversation_id, news, f"{self._now().date()}:{Notice.CHOOSE}"
            )
            if asked:
                await _note(tx, Kind.CHANNEL_ASK, person, found)
        self._moves.wake()
        return asked

    async def _get_for(
        self, tx: Reading | Writing, person: Person, team: int, *, for_update: bool = False
    ) -> Channel:
        """The team, when the person coordinates its county at this moment. Raises TeamUnknown."""
        found = await rows.find_row(tx, team, for_update=for_update)
        counties = await repository.list_counties_of(tx, person.tenant_id, person.object_id)
        if found is None or found.municipality[:2] not in counties:
            raise TeamUnknown(team)
        return found


async def _note(tx: Writing, kind: Kind, by: Person, team: Channel) -> None:
    place = team.municipality
    await audit.note(tx, kind, by, f"team:{team.id}", counties=[place[:2]], place=place)
