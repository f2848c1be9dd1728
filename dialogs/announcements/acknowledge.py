"""“Jag har läst”: one tap under an announcement, or one word in the own chat."""

from typing import ClassVar

from dialogs.conversation.dialog import Answer, Dialog, Heard, hears, tapped
from dialogs.conversation.swedish import plain
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from dialogs.understanding.effect import Effect
from knowledge.announcements.models import Announcement
from knowledge.announcements.refusals import NothingToAcknowledge
from knowledge.follow_up.acknowledgements import AcknowledgementService


class Acknowledge(Dialog):
    """Notes that somebody has read. The post stays as it is, for everybody."""

    name: ClassVar[str] = "acknowledge"

    def __init__(self, acknowledgements: AcknowledgementService) -> None:
        self.acknowledgements = acknowledgements

    @hears("acknowledge", effect=Effect.MINE, personal=True)
    async def latest(self, heard: Heard) -> Answer:
        """The announcement that came last."""
        try:
            known = await self.acknowledgements.acknowledge_latest(heard.person)
        except NothingToAcknowledge:
            return Answer(Reply(text("announcements.acknowledge.nothing")))
        return Answer(_thanks(known))

    @tapped("acknowledge", effect=Effect.MINE)
    async def tapped_acknowledge(self, heard: Heard) -> Answer | None:
        """The thanks are for who tapped: beside the card, or else in their own chat."""
        id_ = heard.number("announcement")
        if not id_:
            return None
        if not heard.turn.awaits_card:
            heard.must_be_private()
        try:
            known = await self.acknowledgements.acknowledge(heard.person, id_)
        except NothingToAcknowledge:
            return Answer(Reply(text("announcements.acknowledge.gone")))
        return Answer(_thanks(known))


def _thanks(known: Announcement) -> Reply:
    return Reply(text("announcements.acknowledge.thanks", heading=plain(known.heading)))
