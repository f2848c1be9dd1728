"""The card in the author's chat that shows how it goes, and is edited until nothing moves."""

from collections.abc import Callable
from contextlib import suppress

from knowledge.announcements import progress
from knowledge.announcements.models import Announcement
from knowledge.announcements.progress import Watched
from knowledge.announcements.refusals import NotFound
from knowledge.delivery import changes, outbox
from knowledge.delivery.messenger import Message
from knowledge.directory.models import Person
from knowledge.directory.service import DirectoryService
from knowledge.errors import DatabaseBusy
from knowledge.follow_up.models import Followed, Report
from knowledge.follow_up.service import FollowUpService
from knowledge.follow_up.wording import Wording
from knowledge.storage.database import Database

EVERY = 5.0
"""How often, in seconds, the card is edited at most. What is over sooner needs no card."""


class ShownProgress:
    """One card for each announcement. `wake` tells the sender that there is work."""

    def __init__(self, database: Database, wake: Callable[[], None]) -> None:
        self.database = database
        self._wake = wake

    async def take_due(self, every: float) -> list[Watched]:
        """The announcements not looked at for so many seconds. No other process gets them now."""
        async with self.database.write() as tx:
            return await progress.take_due(tx, every)

    async def show(
        self, watched: Watched, author: Person, message: Message, shown: str, *, done: bool
    ) -> None:
        """Bring the card to the author the first time, and edit it from then on."""
        key = f"progress:{watched.announcement_id}"
        async with self.database.write() as tx:
            if watched.shown:
                await changes.correct(tx, self.database, f"notice:{key}", message)
            else:
                await outbox.enqueue_notice(tx, self.database, author, message, key)
            await progress.note(tx, watched, shown, done=done)
        self._wake()

    async def skip(self, watched: Watched, *, done: bool) -> None:
        """There is nothing new to show."""
        async with self.database.write() as tx:
            await progress.note(tx, watched, watched.shown, done=done)


class ProgressCards:
    """Edits the cards. Of several processes, one at a time sees to each."""

    def __init__(
        self,
        shown: ShownProgress,
        follow_up: FollowUpService,
        directory: DirectoryService,
        wording: Wording,
        every: float = EVERY,
    ) -> None:
        self.shown = shown
        self.follow_up = follow_up
        self.directory = directory
        self.wording = wording
        self.every = every

    async def show_due(self) -> None:
        """Bring every card up to date whose time has come."""
        for watched in await self.shown.take_due(self.every):
            with suppress(DatabaseBusy):  # the next time makes up for it; others go on
                await self._show(watched)

    async def _show(self, watched: Watched) -> None:
        try:
            author, followed = await self._find(watched)
        except NotFound:  # the author is no coordinator any more
            await self.shown.skip(watched, done=True)
            return
        report = followed.report
        told = _in_short(followed.announcement, report)
        nothing_new = told == watched.shown or (report.finished and not watched.shown)
        if nothing_new:
            await self.shown.skip(watched, done=report.at_rest)
            return
        message = self.wording.progress(followed)
        await self.shown.show(watched, author, message, told, done=report.at_rest)

    async def _find(self, watched: Watched) -> tuple[Person, Followed]:
        """The author as a person, and the announcement as the author may see it now."""
        who = (watched.author_tenant_id, watched.author_object_id)
        author = await self.directory.find_person(*who)
        if author is None:
            raise NotFound(watched.announcement_id)
        return author, await self.follow_up.follow(author, watched.announcement_id)


def _in_short(announcement: Announcement, report: Report) -> str:
    """What the card says, to see whether there is something new."""
    states = [announcement.status, announcement.version]
    figures = [*sorted(report.counts.items()), *sorted(report.changes.items())]
    return " ".join(map(str, [*states, *figures, report.acknowledged]))
