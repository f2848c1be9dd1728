"""Which announcements do you want, and how? Role, themes, once a week, or none."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from dialogs.announcements.audience_form import position_in
from dialogs.conversation import fields, inputs
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.fields import Picked
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.recipients import cards
from dialogs.understanding.effect import Effect
from knowledge.answers.library import CurrentLibrary
from knowledge.directory.models import Position
from knowledge.recipients.models import Choices
from knowledge.recipients.service import RecipientService


class ChooseAnnouncements(Dialog):
    """Everything that a recipient decides; each in a tap, and each in a few words."""

    name: ClassVar[str] = "choose_announcements"

    def __init__(self, recipients: RecipientService, library: CurrentLibrary) -> None:
        self.recipients = recipients
        self.library = library

    @hears("my_position", effect=Effect.MINE, personal=True)
    @tapped("my_position", effect=Effect.MINE, personal=True)
    async def my_position(self, heard: Heard) -> Answer | None:
        """ "Min roll", or at once "jag är kommunpolis"; "jag är ny här" is for somebody else."""
        if not heard.rest:
            return Answer(cards.positions(), then="position")
        return await self._take(heard, position_in(heard.rest))

    async def position(self, heard: Heard) -> Answer | None:
        """Hears the role. Whatever else is said is answered as if nothing had been asked."""
        return await self._take(heard, position_in(heard.text))

    @tapped("position", effect=Effect.MINE, personal=True)
    async def tapped_position(self, heard: Heard) -> Answer | None:
        titles = {one.value: text(f"recipients.{one.value}") for one in Position}
        known = fields.one(heard.turn.data.get("code"), titles).only
        return await self._take(heard, Position(known) if known else None)

    @hears("my_themes", effect=Effect.NONE, personal=True)
    @tapped("my_themes", effect=Effect.NONE, personal=True)
    async def my_themes(self, heard: Heard) -> Answer:
        return self._show(await self.recipients.choices_of(heard.person), saved=False)

    @tapped("themes", effect=Effect.MINE, personal=True)
    async def tapped_themes(self, heard: Heard) -> Answer:
        """The themes that are chosen in the card, and no others; none are saved with one that is
        no theme."""
        picked = self._picked(heard.turn.data.get("themes"))
        if not picked.unread:
            return self._show(await self.recipients.follow_only(heard.person, picked.values))
        chosen = await self.recipients.choices_of(heard.person)
        asked = replace(chosen, themes=picked.values)
        topics = self.library.base.topics
        return Answer(cards.choices(asked, topics, unread=picked.unread))

    @hears("follow", effect=Effect.MINE, personal=True)
    async def follow(self, heard: Heard) -> Answer | None:
        """ "Följ lägesbild och sekretess"; "följ upp …" is a question."""
        themes = self._themes(heard.rest)
        if not themes:
            return None
        return self._show(await self.recipients.follow(heard.person, themes))

    @hears("unfollow", effect=Effect.MINE, personal=True)
    async def unfollow(self, heard: Heard) -> Answer:
        themes = self._themes(heard.rest)
        if not themes:
            return Answer(Reply(text("recipients.which_theme")))
        return self._show(await self.recipients.unfollow(heard.person, themes))

    @hears("mute", effect=Effect.MINE, personal=True)
    @tapped("mute", effect=Effect.MINE, personal=True)
    async def mute(self, heard: Heard) -> Answer:
        return self._show(await self.recipients.mute(heard.person))

    @hears("unmute", effect=Effect.MINE, personal=True)
    @tapped("unmute", effect=Effect.MINE, personal=True)
    async def unmute(self, heard: Heard) -> Answer:
        return self._show(await self.recipients.unmute(heard.person))

    @hears("gather", effect=Effect.MINE, personal=True)
    @tapped("gather", effect=Effect.MINE, personal=True)
    async def gather(self, heard: Heard) -> Answer:
        return self._show(await self.recipients.gather(heard.person))

    @hears("scatter", effect=Effect.MINE, personal=True)
    @tapped("scatter", effect=Effect.MINE, personal=True)
    async def scatter(self, heard: Heard) -> Answer:
        return self._show(await self.recipients.scatter(heard.person))

    async def _take(self, heard: Heard, position: Position | None) -> Answer | None:
        if position is None:
            return None
        return self._show(await self.recipients.take_position(heard.person, position))

    def _themes(self, typed: str) -> Sequence[str]:
        """The slugs of the themes in a list such as "lägesbild och unga"; none when one of them
        is no theme."""
        picked = self._picked(typed)
        return () if picked.unread else picked.values

    def _picked(self, written: Any) -> Picked:
        topics = self.library.base.topics
        return fields.several(written, topics, named=partial(inputs.themes_called, topics=topics))

    def _show(self, chosen: Choices, *, saved: bool = True) -> Answer:
        return Answer(cards.choices(chosen, self.library.base.topics, saved=saved))
