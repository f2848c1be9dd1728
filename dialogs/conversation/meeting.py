"""Who is met and where: people, their chats and the channels of teams are remembered."""

from datetime import UTC, datetime

from dialogs.conversation.talk import Kind, Place, Scope, Turn
from dialogs.conversation.texts import text
from knowledge.channels.models import Seen
from knowledge.channels.service import ChannelService
from knowledge.directory.models import Met, Person
from knowledge.directory.service import DirectoryService

_ADDED = (Kind.INSTALLED, Kind.ADDED)


class Meeting:
    """What every turn tells the directory before it is answered."""

    def __init__(self, directory: DirectoryService, channels: ChannelService) -> None:
        self.directory = directory
        self.channels = channels

    async def meet(self, turn: Turn) -> Person | None:
        """Remember who and where; None for guests, who have no Entra identity."""
        place, speaker = turn.place, turn.speaker
        if turn.kind is Kind.UNINSTALLED:
            await self._part(turn)
            return None
        if turn.change:
            await self.channels.change(seen_in(turn), turn.change)
            return None
        if place.scope is Scope.CHANNEL:
            await self.channels.hear(seen_in(turn))
        if not speaker.object_id:
            return None
        is_own = place.scope is Scope.PERSONAL
        return await self.directory.meet(
            Met(
                tenant_id=speaker.tenant_id,
                object_id=speaker.object_id,
                teams_id=speaker.teams_id,
                name=speaker.name,
                conversation_id=place.conversation_id if is_own else "",
                service_url=place.service_url,
                at=moment_of(turn),
                added=is_own and turn.kind in _ADDED,
            )
        )

    async def news_for(self, person: Person | None, turn: Turn) -> str:
        """What the person is told once, before anything else: where the person works now."""
        if person is None or not person.moved_from or turn.place.scope is not Scope.PERSONAL:
            return ""
        await self.directory.forget_move(person)
        places = self.directory.places
        now = {"chosen": places.name_of(person.moved_from)}
        if person.municipality:
            municipality = places.municipalities[person.municipality].genitive
            return text("conversation.moved_home", municipality=municipality, **now)
        county = places.counties.get(self.directory.tenants.get(person.tenant_id, ""))
        return text("conversation.moved_county", county=county.name, **now) if county else ""

    async def _part(self, turn: Turn) -> None:
        place, at = turn.place, moment_of(turn)
        if place.scope is Scope.PERSONAL:
            await self.directory.mark_installed(place.tenant_id, place.conversation_id, False, at)
        else:
            await self.channels.leave(place.tenant_id, home_of(place), at)


def seen_in(turn: Turn) -> Seen:
    """The channel that the turn came from or is about."""
    place = turn.place
    return Seen(
        tenant_id=place.tenant_id,
        team_id=home_of(place),
        conversation_id=place.channel_id,
        at=moment_of(turn),
        team_name=place.team_name,
        name=place.channel_name,
        kind=place.channel_kind,
        service_url=place.service_url,
        added=turn.kind in _ADDED,
        chosen=place.channel_is_chosen,
    )


def moment_of(turn: Turn) -> datetime:
    """When it happened in Teams; now when Teams does not say."""
    return turn.at or datetime.now(UTC)


def home_of(place: Place) -> str:
    """What the app was installed in: the team, or the chat itself."""
    return place.team_id or place.conversation_id
