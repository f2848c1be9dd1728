"""While an announcement is sent, a card in its author's chat shows how it goes."""

from dialogs.announcements.status import StatusCards
from knowledge.announcements.models import Announcement
from knowledge.announcements.progress import Watched
from knowledge.announcements.refusals import NotFound
from knowledge.delivery.messenger import Message
from knowledge.directory.models import Person
from knowledge.directory.service import DirectoryService
from knowledge.follow_up.models import Report
from knowledge.follow_up.progress import ShownProgress

EVERY = 5.0
"""How often, in seconds, the card is edited at most. What is over sooner needs no card."""


class ProgressCards:
    """Edits the cards. Of several processes, one at a time sees to each."""

    def __init__(
        self,
        shown: ShownProgress,
        status_cards: StatusCards,
        directory: DirectoryService,
        every: float = EVERY,
    ) -> None:
        self.shown = shown
        self.status_cards = status_cards
        self.directory = directory
        self.every = every

    async def show(self) -> None:
        """Bring every card up to date whose time has come."""
        for watched in await self.shown.take_due(self.every):
            await self._show(watched)

    async def _show(self, watched: Watched) -> None:
        try:
            author, announcement = await self._find(watched)
            report = await self.status_cards.follow_up.report(author, announcement.id)
        except NotFound:  # the author is no coordinator any more
            await self.shown.skip(watched, done=True)
            return
        told = _in_short(announcement, report)
        nothing_new = told == watched.shown or (report.finished and not watched.shown)
        if nothing_new:
            await self.shown.skip(watched, done=report.at_rest)
            return
        reply = await self.status_cards.show(announcement, report)
        message = Message(card=reply.card, summary=reply.summary)
        await self.shown.show(watched, author, message, told, done=report.at_rest)

    async def _find(self, watched: Watched) -> tuple[Person, Announcement]:
        """The author as a person, and the announcement as the author may see it now."""
        who = (watched.author_tenant_id, watched.author_object_id)
        author = await self.directory.find_person(*who)
        if author is None:
            raise NotFound(watched.announcement_id)
        return author, await self.status_cards.announcements.get(author, watched.announcement_id)


def _in_short(announcement: Announcement, report: Report) -> str:
    """What the card says, to see whether there is something new."""
    states = [announcement.status, announcement.version]
    figures = [*sorted(report.counts.items()), *sorted(report.changes.items())]
    return " ".join(map(str, [*states, *figures, report.acknowledged]))
