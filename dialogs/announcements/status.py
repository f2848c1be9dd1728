"""Shows how an announcement goes: the same card wherever it is asked for, and in the live card."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from dialogs.announcements.cards import outcome
from dialogs.announcements.cards import status as cards
from dialogs.conversation.dialog import Answer
from dialogs.conversation.talk import Reply
from dialogs.conversation.texts import text
from knowledge.announcements.models import Announcement
from knowledge.announcements.refusals import NotFound
from knowledge.announcements.service import AnnouncementService
from knowledge.directory.models import Person
from knowledge.follow_up.models import Report
from knowledge.follow_up.service import FollowUpService

MOMENTS = 5
"""Tenths of a second that the sender gets before the card is shown."""

PictureLink = Callable[[outcome.Figures], Awaitable[str]]
"""Where a picture of these figures can be fetched."""

LedTo = Callable[[Announcement], Awaitable[cards.Effects]]
"""What people have done since they got it."""


@dataclass(frozen=True)
class StatusCards:
    """Puts together what the status card tells."""

    announcements: AnnouncementService
    follow_up: FollowUpService
    picture_link: PictureLink
    led_to: LedTo

    async def show(
        self, announcement: Announcement, report: Report, *, already: bool = False
    ) -> Reply:
        """The card as things stand in the report."""
        picture = None
        figures = outcome.figures(report)
        if report.finished and figures:
            picture = outcome.Picture(await self.picture_link(figures), outcome.described(figures))
        effects = await self.led_to(announcement)
        return cards.status(announcement, report, already=already, effects=effects, picture=picture)

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
            announcement = await self.announcements.get(person, id_)
            report = await self.follow_up.report(person, id_)
        except NotFound:
            return not_found()
        reply = await self.show(announcement, report, already=already)
        return Answer(reply, about={"announcement": id_})


def not_found() -> Answer:
    """It does not exist, or is none of this person's business."""
    return Answer(Reply(text("announcements.write.not_found")))
