"""A coordinator's teams: where announcements go, choosing for a team, or asking it to choose."""

from dataclasses import replace
from typing import ClassVar

from dialogs.channels import cards
from dialogs.channels.choose_channel import named_in, picked_in
from dialogs.conversation import inputs, paging, swedish
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.meeting import moment_of
from dialogs.conversation.paging import Page
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text, texts
from dialogs.understanding.effect import Effect
from knowledge.channels.choice import ChannelChoice, ChannelUnknown, TeamUnknown
from knowledge.channels.models import Channel
from knowledge.directory.models import Person
from knowledge.directory.places import Places, fold

OTHERS_HEAR = "channels.teams.not_a_coordinator"


class TeamChannels(Dialog):
    """The list, one team of it, and what can be done about that."""

    name: ClassVar[str] = "team_channels"

    def __init__(self, choice: ChannelChoice, places: Places) -> None:
        self.choice = choice
        self.places = places

    @hears("my_channels", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    @tapped("my_channels", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def mine(self, heard: Heard) -> Answer:
        return await self._list(heard, self._beginning())

    @hears("more_channels", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def more(self, heard: Heard) -> Answer:
        goes_on = await paging.onward(heard, self, "channels.teams.says_more")
        return goes_on or await self._list(heard, self._beginning())

    @tapped("more_channels", effect=Effect.NONE, personal=True, others_hear=OTHERS_HEAR)
    async def tapped_more(self, heard: Heard) -> Answer:
        """On cards from before all lists were turned alike."""
        return await self._list(heard, self._beginning().turned(heard.number("first") or 0))

    async def page(self, heard: Heard, page: Page) -> Answer | None:
        heard.must_be_private()
        return await self._list(heard, page)

    async def pick_team(self, heard: Heard) -> Answer | None:
        """Hears which team: "3", "visa 3", its name or its municipality."""
        found = await self.choice.list_in_counties(heard.person)
        number = inputs.number(heard.text.rpartition(" ")[2])
        if number is None:
            named = [f"{self.places.name_of(one.municipality)} {one.team_name}" for one in found]
            place = inputs.title_near(heard.text, named)
            number = 0 if place is None else place + 1
        if not 1 <= number <= len(found):
            return None
        return await self._open(heard.person, found[number - 1].id)

    @tapped("team_open", effect=Effect.NONE, personal=True)
    async def tapped_open(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self._open(heard.person, id_) if id_ else None

    @tapped("team_channel", effect=Effect.OTHERS, personal=True)
    async def tapped_channel(self, heard: Heard) -> Answer | None:
        id_, written = heard.number("id"), heard.turn.data.get("channel")
        if not id_ or not written:
            return None
        try:
            _, channels = await self.choice.list_for(heard.person, id_)
        except TeamUnknown:
            return _not_found(heard.person)
        channel = picked_in(written, channels)
        return await self._choose(heard, id_, channel.id) if channel else None

    @tapped("team_ask", effect=Effect.OTHERS, personal=True)
    async def tapped_ask(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self._ask(heard.person, id_) if id_ else None

    async def pick_channel(self, heard: Heard) -> Answer | None:
        """Hears the name of a channel, or that the team is to be asked."""
        id_ = int(heard.values["team"])
        said = fold(heard.text, strip=False)
        if said in {fold(words, strip=False) for words in texts("channels.teams.words_ask")}:
            return await self._ask(heard.person, id_)
        try:
            _, channels = await self.choice.list_for(heard.person, id_)
        except TeamUnknown:
            return _not_found(heard.person)
        wanted = named_in(heard.text, channels)
        return None if wanted is None else await self._choose(heard, id_, wanted.id)

    async def again(self, heard: Heard) -> Answer | None:
        if "team" in heard.values:
            reply = Reply(text("channels.teams.channel_again"))
            return Answer(reply, then="pick_channel", values=heard.values)
        return Answer(Reply(text("channels.teams.pick_again")), then="pick_team")

    def _beginning(self) -> Page:
        return Page(self.name, 0)

    async def _list(self, heard: Heard, page: Page) -> Answer:
        person = heard.person
        found = await self.choice.list_in_counties(person)
        counties = swedish.joined([self.places.name_of(code) for code in person.counties])
        if not found:
            return Answer(Reply(text("channels.teams.none", counties=counties)))
        without = self._without(person, found)
        page = replace(page, total=len(found), ids=tuple(one.id for one in found))
        page, reply = paging.fitted(
            page if page.first < page.total else page.turned(0),
            lambda some: cards.teams(some, found, without, counties, self.places),
        )
        titles = [one.team_name for one in found[page.first : page.last]]
        return paging.answer(page.shown(titles), reply, then="pick_team")

    def _without(self, person: Person, found: list[Channel]) -> int:
        """How many of the counties' municipalities no announcement in a channel would reach."""
        reached = {team.municipality for team in found if team.installed}
        inside = [one for code in person.counties for one in self.places.municipalities_of(code)]
        return sum(one.code not in reached for one in inside)

    async def _open(self, person: Person, id_: int) -> Answer:
        try:
            team, channels = await self.choice.list_for(person, id_)
        except TeamUnknown:
            return _not_found(person)
        reply = cards.team(team, channels, self.places)
        return Answer(reply, then="pick_channel", values={"team": id_})

    async def _choose(self, heard: Heard, id_: int, channel: int) -> Answer:
        try:
            team = await self.choice.choose_for(heard.person, id_, channel, moment_of(heard.turn))
        except TeamUnknown:
            return _not_found(heard.person)
        except ChannelUnknown:
            return Answer(Reply(text("channels.choose.no_channel")))
        return Answer(Reply(self._about(team, "changed")))

    async def _ask(self, person: Person, id_: int) -> Answer:
        try:
            asked = await self.choice.ask_to_choose(person, id_)
            team, _ = await self.choice.list_for(person, id_)
        except TeamUnknown:
            return _not_found(person)
        if not asked:
            return Answer(Reply(text("channels.teams.not_asked")))
        return Answer(Reply(self._about(team, "asked")))

    def _about(self, team: Channel, key: str) -> str:
        return text(
            f"channels.teams.{key}",
            team=cards.team_name(team),
            municipality=self.places.name_of(team.municipality),
            channel=cards.channel_name(team.name),
        )


def _not_found(person: Person) -> Answer:
    """No such team for this person; who has lost the role is told so."""
    key = "not_found" if person.is_coordinator else "not_a_coordinator"
    return Answer(Reply(text(f"channels.teams.{key}")))
