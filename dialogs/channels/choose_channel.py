"""A team chooses which of its channels gets announcements. Whoever writes in the team may."""

from typing import Any, ClassVar

from dialogs.channels import cards
from dialogs.conversation import fields, inputs
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.meeting import home_of, moment_of
from dialogs.conversation.talk import Reply, Scope
from dialogs.conversation.texts import text
from dialogs.understanding.effect import Effect
from knowledge.channels.choice import ChannelChoice, ChannelUnknown, TeamUnknown
from knowledge.channels.models import TeamChannel


class ChooseChannel(Dialog):
    """ "Utskick hit" in the channel itself, or a choice from the list."""

    name: ClassVar[str] = "choose_channel"

    def __init__(self, choice: ChannelChoice) -> None:
        self.choice = choice

    @hears("announcements_here", effect=Effect.MINE)
    async def here(self, heard: Heard) -> Answer:
        return await self._choose(heard, heard.turn.place.channel_id)

    @hears("choose_channel", effect=Effect.NONE)
    async def start(self, heard: Heard) -> Answer:
        """The team's channels, to choose from."""
        if not _is_in_team(heard):
            return Answer(Reply(text("channels.choose.only_in_teams")))
        team, channels = await self.choice.list_of(*_team_of(heard))
        return Answer(cards.choose(team, channels), then="pick")

    @tapped("channel_pick", effect=Effect.MINE)
    async def tapped_pick(self, heard: Heard) -> Answer | None:
        if not _is_in_team(heard):
            return None
        _, channels = await self.choice.list_of(*_team_of(heard))
        wanted = picked_in(heard.turn.data.get("channel"), channels)
        return await self._choose(heard, wanted.conversation_id if wanted else "")

    async def pick(self, heard: Heard) -> Answer | None:
        """Hears the name of the channel."""
        _, channels = await self.choice.list_of(*_team_of(heard))
        wanted = named_in(heard.text, channels)
        return None if wanted is None else await self._choose(heard, wanted.conversation_id)

    async def again(self, heard: Heard) -> Answer | None:
        return Answer(Reply(text("channels.choose.pick_again")), then="pick")

    async def _choose(self, heard: Heard, conversation_id: str) -> Answer:
        if not _is_in_team(heard):
            return Answer(Reply(text("channels.choose.only_in_teams")))
        try:
            team = await self.choice.choose(
                *_team_of(heard),
                conversation_id,
                by=heard.person,
                at=moment_of(heard.turn),
                heard_in=heard.turn.place.channel_id,
            )
        except (TeamUnknown, ChannelUnknown):
            return Answer(Reply(text("channels.choose.no_channel")))
        return Answer(cards.chosen(team))


def named_in(typed: str, channels: list[TeamChannel]) -> TeamChannel | None:
    """The channel that is meant, by its name or its number in the list; None when none is."""
    titles = cards.titles(channels)
    exact = [title for title in titles if title.casefold() == typed.strip(" ”\"'.").casefold()]
    number = inputs.number(typed)
    if not exact and number is not None:
        return channels[number - 1] if 1 <= number <= len(channels) else None
    place = titles.index(exact[0]) if exact else inputs.title_in(typed, titles)
    return None if place is None else channels[place]


def picked_in(written: Any, channels: list[TeamChannel]) -> TeamChannel | None:
    """The channel that is chosen in the card, by its id or by its name."""
    by_id = {str(one.id): one for one in channels}
    titles = dict(zip(by_id, cards.titles(channels), strict=True))
    return by_id.get(fields.one(written, titles).only)


def _is_in_team(heard: Heard) -> bool:
    return heard.turn.place.scope is Scope.CHANNEL


def _team_of(heard: Heard) -> tuple[str, str]:
    return heard.turn.place.tenant_id, home_of(heard.turn.place)
