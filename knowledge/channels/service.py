"""Which channel of a team gets its announcements, through everything that happens to teams.

Teams tells about changes late, twice and out of order. Every change carries its time there, and
what is older than what is known changes nothing.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from knowledge.channels import readings
from knowledge.channels import repository as rows
from knowledge.channels.models import Away, Change, Channel, Seen
from knowledge.channels.moves import Moves
from knowledge.channels.readings import ListToRead, Page
from knowledge.channels.wording import ChannelNews, Notice
from knowledge.delivery import tenant_pace, waiting
from knowledge.delivery.models import Status
from knowledge.directory.service import DirectoryService
from knowledge.storage.database import Database, Writing

_AWAY = {Change.TEAM_DELETED: Away.DELETED, Change.TEAM_ARCHIVED: Away.ARCHIVED}
_BACK = {Change.TEAM_RESTORED: Away.DELETED, Change.TEAM_UNARCHIVED: Away.ARCHIVED}


class ChannelService:
    """Remembers what Teams tells about teams. `wanted` says that a list of channels is wanted."""

    def __init__(
        self,
        database: Database,
        directory: DirectoryService,
        moves: Moves,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        wanted: Callable[[], None] = lambda: None,
    ) -> None:
        self.database = database
        self.directory = directory
        self._moves = moves
        self._now = now
        self._wanted = wanted

    async def hear(self, seen: Seen) -> None:
        """Something was written in a channel, or the bot was added to its team.

        Announcements go to the channel that the bot was added to; when nobody said which, to the
        one it is first heard from.
        """
        if not seen.added and await self._is_known(seen):
            return
        async with self.database.write() as tx:
            team = await self._hold(tx, seen)
            channel = await rows.note_channel(tx, self.database, seen)
            was_there, old_url = team.installed, team.service_url
            team = _met(team, seen)
            choice = seen.added and seen.chosen and _is_newer(seen.at, team.chosen_at)
            if choice and not channel.gone:
                team = await self._moves.point(tx, team, channel.conversation_id, seen.at)
            elif not team.conversation_id:
                team = await self._moves.point(tx, team, seen.conversation_id, None)
            await rows.save_team(tx, await self._moves.named(tx, team))
            if old_url and team.service_url != old_url:
                where = team.tenant_id, team.conversation_id
                await waiting.send_by(tx, *where, team.service_url)
            if team.installed and (seen.added or not was_there):
                await readings.ask(tx, self.database, team, self._now())
        self._wanted()

    async def leave(self, tenant_id: str, home: str, at: datetime) -> None:
        """The app was taken out of a team: nothing is sent to it until it is added again."""
        async with self.database.write() as tx:
            team = await rows.find_team(tx, tenant_id, home, for_update=True)
            if team and _is_newer(at, team.changed_at):
                await self._part(tx, replace(team, changed_at=at), Away.REMOVED)

    async def change(self, seen: Seen, change: Change) -> None:
        """Something happened to a team or a channel.

        Of a lost channel its announcements go to General, and the team is told there, once. A
        deleted channel that comes back gets them again when somebody chooses it; one that only had
        let us out, when it lets us in, unless somebody has chosen since.
        """
        async with self.database.write() as tx:
            team = await self._hold(tx, seen)
            if change in _AWAY or change in _BACK or change is Change.TEAM_RENAMED:
                await self._change_team(tx, team, seen, change)
                return
            is_new = not team.conversation_id
            team = _met(team, seen) if is_new else team
            stands_in = await self._stands_in(tx, team, seen)
            channel = await rows.note_channel(
                tx, self.database, seen, gone=change is Change.CHANNEL_DELETED
            )
            if is_new:
                team = await self._moves.point(tx, team, team.team_id, None)
            if channel.gone and team.conversation_id == channel.conversation_id:
                team = await self._fall_back(tx, team, channel.changed_at)
            elif channel.gone and stands_in:
                team = replace(team, chosen_at=channel.changed_at)
            elif stands_in and change is Change.CHANNEL_LET_IN:
                team = await self._go_back(tx, team, channel.conversation_id, seen.at)
            await rows.save_team(tx, await self._moves.named(tx, team))
        self._moves.wake()

    async def refuse(
        self, tenant_id: str, conversation_id: str, *, lost: bool, left_out: bool = False
    ) -> bool:
        """Teams would not take a message for the channel; `lost` when it does not know it.

        `left_out` is when the bot is no member: of a private or shared channel it may still be one
        of the team. Returns False when it is no team's channel.
        """
        at = self._now()
        async with self.database.write() as tx:
            team = await rows.find_team(tx, tenant_id, conversation_id, for_update=True)
            if team is None:
                return False
            if left_out:
                channel = await rows.find_channel_of(tx, tenant_id, team.team_id, conversation_id)
                lost = channel is not None and channel.kind in ("private", "shared")
            if lost and conversation_id != team.team_id:
                gone = Seen(tenant_id, team.team_id, conversation_id, at)
                await rows.note_channel(tx, self.database, gone, gone=True)
                team = await self._fall_back(tx, team, at)
                await rows.save_team(tx, await self._moves.named(tx, team))
            else:
                await self._part(tx, replace(team, changed_at=at), Away.REFUSED)
        self._moves.wake()
        return True

    async def next_list(self) -> ListToRead | None:
        """A team whose list of channels is wanted now, in its place in the tenant's line."""
        async with self.database.read() as tx:
            if not await readings.is_due(tx):
                return None
        async with self.database.write() as tx:
            return await readings.claim(tx, self.database)

    async def keep_page(self, item: ListToRead, page: Page) -> None:
        """Remember a page of the list; after the last one, also what it did not name.

        When that is the channel that was chosen, it was deleted while nobody told.
        """
        async with self.database.write() as tx:
            team = await self._hold(tx, item.seen(item.team_id))
            for listed in page.channels:
                found = item.seen(listed.conversation_id, listed.name, listed.kind)
                await rows.note_channel(tx, self.database, found)
            if not page.token and await rows.is_listed(tx, item.seen(item.team_id)):
                await rows.forget_unlisted(tx, team.tenant_id, team.team_id, item.started_at)
            chosen = await rows.find_channel_of(
                tx, team.tenant_id, team.team_id, team.conversation_id
            )
            if chosen and chosen.gone:
                team = await self._fall_back(tx, team, item.started_at)
            await rows.save_team(tx, await self._moves.named(tx, team))
            await readings.keep_place(tx, item, page.token)
        self._moves.wake()

    async def put_off(self, item: ListToRead, seconds: float, *, hold: bool) -> None:
        """Read on later, from the same page. `hold` lets the whole tenant wait."""
        async with self.database.write() as tx:
            await readings.put_off(tx, item, seconds)
            if hold:
                await tenant_pace.hold(tx, self.database, {item.tenant_id: seconds})

    async def give_up(self, item: ListToRead) -> None:
        """The list cannot be read; what Teams tells by itself is all there is."""
        async with self.database.write() as tx:
            await readings.drop(tx, item)

    async def _is_known(self, seen: Seen) -> bool:
        async with self.database.read() as tx:
            team = await rows.find_team(tx, seen.tenant_id, seen.team_id)
            if team is None or not team.installed or team != self._here(_met(team, seen)):
                return False
            channel = await rows.find_channel_of(
                tx, seen.tenant_id, seen.team_id, seen.conversation_id
            )
        said = (seen.name or (channel and channel.name), seen.kind or (channel and channel.kind))
        return channel is not None and not channel.gone and said == (channel.name, channel.kind)

    async def _hold(self, tx: Writing, seen: Seen) -> Channel:
        return self._here(await rows.hold_team(tx, self.database, seen))

    def _here(self, team: Channel) -> Channel:
        """The team in the municipality that its tenant belongs to by now."""
        return replace(team, municipality=self.directory.municipality_of(team.tenant_id))

    async def _change_team(self, tx: Writing, team: Channel, seen: Seen, change: Change) -> None:
        if not _is_newer(seen.at, team.changed_at):
            return
        if change in _AWAY:
            await self._part(tx, replace(team, changed_at=seen.at), _AWAY[change])
            return
        renamed = replace(team, team_name=seen.team_name or team.team_name, changed_at=seen.at)
        if not team.conversation_id:
            renamed = replace(_met(renamed, seen), conversation_id=team.team_id)
        if change in _BACK and team.away == _BACK[change]:
            renamed = replace(renamed, installed=True, away="")
        await rows.save_team(tx, renamed)

    async def _part(self, tx: Writing, team: Channel, away: Away) -> None:
        await rows.save_team(tx, replace(team, installed=False, away=away))
        known = await rows.list_channels_of(tx, team.tenant_id, team.team_id)
        there = {team.team_id, team.conversation_id, *(one.conversation_id for one in known)}
        ended = (Status.NOT_INSTALLED, away.value)
        await waiting.stop(tx, team.tenant_id, there, *ended)

    async def _stands_in(self, tx: Writing, team: Channel, seen: Seen) -> bool:
        """Whether General has its announcements since it was lost: nobody has chosen since."""
        where = (team.tenant_id, team.team_id, seen.conversation_id)
        known = await rows.find_channel_of(tx, *where)
        if known is None or not known.gone or team.conversation_id != team.team_id:
            return False
        return team.chosen_at == known.changed_at

    async def _go_back(
        self, tx: Writing, team: Channel, conversation_id: str, at: datetime
    ) -> Channel:
        """The channel that General stood in for has let us in again."""
        team = await self._moves.named(tx, await self._moves.point(tx, team, conversation_id, at))
        if team.installed:
            news = ChannelNews(Notice.BACK, team)
            await self._moves.tell(tx, team.team_id, news, f"{at.isoformat()}:{Notice.BACK}")
        return team

    async def _fall_back(self, tx: Writing, team: Channel, at: datetime) -> Channel:
        """The chosen channel is gone: General is always there."""
        team = await self._moves.named(tx, await self._moves.point(tx, team, team.team_id, at))
        if team.installed:
            news = ChannelNews(Notice.LOST, team)
            await self._moves.tell(tx, team.team_id, news, f"{at.isoformat()}:{Notice.LOST}")
        return team


def _met(team: Channel, seen: Seen) -> Channel:
    """The team after something was heard from it: it can be reached, unless it was left later."""
    if not _is_newer(seen.at, team.changed_at):
        return replace(team, service_url=team.service_url or seen.service_url)
    return replace(
        team,
        # Teams leaves names out of most activities.
        team_name=seen.team_name or team.team_name,
        service_url=seen.service_url or team.service_url,
        installed=True,
        away="",
        changed_at=seen.at if seen.added else team.changed_at,
    )


def _is_newer(at: datetime, known: datetime | None) -> bool:
    return known is None or at >= known
