"""Shows how an announcement goes, wherever it is asked for."""

import asyncio
from dataclasses import dataclass

from dialogs.announcements.cards import proposal
from dialogs.announcements.wording import AnnouncementWording
from dialogs.conversation.dialog import Answer
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from knowledge.announcements.refusals import AnotherChangeWaits, NotFound
from knowledge.directory.models import Person
from knowledge.follow_up.service import FollowUpService

MOMENTS = 5
"""Tenths of a second that the sender gets before the card is shown."""


@dataclass(frozen=True)
class StatusCards:
    """Shows the status card, as things stand when it is shown."""

    follow_up: FollowUpService
    wording: AnnouncementWording

    async def after_a_moment(self, person: Person, id_: int) -> Answer:
        """The card when something was just begun: better to show it done than to ask for a tap."""
        try:
            for _ in range(MOMENTS):
                if (await self.follow_up.report(person, id_)).finished:
                    break
                await asyncio.sleep(0.1)
        except NotFound:
            return not_found()
        return await self.answer(person, id_)

    async def answer(self, person: Person, id_: int, *, already: bool = False) -> Answer:
        """The card of an announcement that the person may see."""
        try:
            followed = await self.follow_up.follow(person, id_)
        except NotFound:
            return not_found()
        reply = self.wording.status(followed, already=already)
        return Answer(reply, about={"announcement": id_})


def another_waits(refusal: AnotherChangeWaits) -> Answer:
    """Something else to be done with it waits for a colleague already."""
    what = proposal.what(refusal.announcement, refusal.proposal)
    said = text("announcements.approve.another_waits", what=what)
    id_, has_left = refusal.announcement.id, refusal.announcement.has_left
    return Answer(Reply(said), about={"announcement" if has_left else "draft": id_})


def not_found() -> Answer:
    """It does not exist, or is none of this person's business."""
    return Answer(Reply(text("announcements.write.not_found")))
