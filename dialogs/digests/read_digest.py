"""Reading the announcements that a weekly message told of."""

from typing import ClassVar

from dialogs.conversation import inputs
from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.understanding.effect import Effect
from knowledge.digests.service import DigestService, NotGathered


class ReadDigest(Dialog):
    """ "Läs utskick 2": the whole of what the weekly message names."""

    name: ClassVar[str] = "read_digest"

    def __init__(self, digests: DigestService) -> None:
        self.digests = digests

    @tapped("read_announcement", effect=Effect.NONE, personal=True)
    async def tapped_read(self, heard: Heard) -> Answer | None:
        id_ = heard.number("id")
        return await self._read(heard, id_) if id_ else None

    @hears("read_announcement", effect=Effect.NONE, personal=True)
    async def typed_read(self, heard: Heard) -> Answer:
        """By its number in the latest weekly message."""
        ids = await self.digests.list_latest(heard.person)
        number = inputs.number(heard.rest or "1")
        if number is None or not 1 <= number <= len(ids):
            return Answer(Reply(text("digests.not_found")))
        return await self._read(heard, ids[number - 1])

    async def _read(self, heard: Heard, id_: int) -> Answer:
        try:
            post = await self.digests.read(heard.person, id_)
        except NotGathered:
            return Answer(Reply(text("digests.not_found")))
        return Answer(Reply(post.text, post.card, post.summary))
